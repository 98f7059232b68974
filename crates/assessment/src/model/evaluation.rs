//! From records to a result: a pure function over integers, the same whatever order the records come in.

use kernel::Timestamp;
use kernel::id::{AttemptId, PersonId, PostId, ReviewId, TaskId, TrainingId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use task_board::model::TaskKind;

use super::grading::{Share, share, told};
use super::scheme::{ComponentKind, Grade, Scheme};

/// A required task of a list that the learner's class has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFact {
    pub task: TaskId,
    pub week: u16,
    pub position: i64,
    pub kind: TaskKind,
    /// How long its micro-video is, in milliseconds, for a task to watch.
    pub length_ms: u32,
    /// It counts whether or not the learner did it: its week is over, or the training is.
    pub due: bool,
}

/// Everything that one learner did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    pub progress: Vec<ProgressFact>,
    pub attempts: Vec<AttemptFact>,
    pub reviews: Vec<ReviewFact>,
    pub posts: Vec<PostFact>,
    /// Tasks whose work was handed in and waits for its review.
    pub waiting: Vec<TaskId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressFact {
    pub task: TaskId,
    pub done_at: Option<Timestamp>,
    pub late: bool,
    pub credited_ms: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptFact {
    pub attempt: AttemptId,
    pub task: TaskId,
    /// Parts of a point, as `most`.
    pub score: u32,
    pub most: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewFact {
    pub review: ReviewId,
    pub task: TaskId,
    /// Hundredths of a point, as `most`.
    pub points: u32,
    pub most: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostFact {
    pub post: PostId,
    pub task: TaskId,
}

/// One learner's outcome. Scores are hundredths of a percent, rounded down once from what is exact; gates and grades are whole
/// percents, so that they are reached by the rounded score where they are reached by the exact one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    pub components: Vec<ComponentScore>,
    pub total: u32,
    pub grade: Grade,
    pub evidence: Vec<Evidence>,
}

/// One component's outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentScore {
    pub kind: ComponentKind,
    pub weight: u16,
    pub minimum: Option<u16>,
    /// None while nothing counts yet.
    pub score: Option<u32>,
    /// The gate is not reached.
    pub missed: bool,
}

/// What one task gave to a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub component: ComponentKind,
    pub task: TaskId,
    pub score: u32,
    pub records: Vec<RecordRef>,
}

/// A record behind a score, with the figures that were taken from it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RecordRef {
    Watched {
        credited_ms: u32,
        length_ms: u32,
    },
    /// In parts of a point.
    Attempt {
        id: AttemptId,
        score: u32,
        most: u32,
    },
    Review {
        id: ReviewId,
        points: u32,
        most: u32,
    },
    /// Handed in, and not yet reviewed.
    WaitingForReview,
    Post {
        id: PostId,
    },
    Done {
        at: Timestamp,
        late: bool,
    },
}

impl Evaluation {
    pub fn passed(&self) -> bool {
        self.grade != Grade::Fail
    }
}

/// Evaluates one learner. Whoever misses a gate fails, whatever the total.
pub fn evaluate(scheme: &Scheme, tasks: &[TaskFact], records: &Records) -> Evaluation {
    let mut tasks: Vec<&TaskFact> = tasks.iter().collect();
    tasks.sort_by_key(|task| (task.week, task.position, task.task));
    let mut components = Vec::new();
    let mut shares = Vec::new();
    let mut evidence = Vec::new();
    for component in &scheme.components {
        let counted: Vec<Counted> =
            tasks.iter().filter_map(|task| count(component.kind, scheme, task, records)).collect();
        let share = mean(counted.iter().map(|one| (one.weight, &one.share)));
        let score = share.as_ref().map(told);
        let missed = score.zip(component.minimum).is_some_and(|(score, gate)| score < u32::from(gate) * 100);
        components.push(ComponentScore {
            kind: component.kind,
            weight: component.weight,
            minimum: component.minimum,
            score,
            missed,
        });
        shares.extend(share.map(|share| (u64::from(component.weight), share)));
        evidence.extend(counted.into_iter().map(|counted| counted.evidence));
    }
    let total = mean(shares.iter().map(|(weight, share)| (*weight, share))).as_ref().map(told);
    let gated = components.iter().any(|component| component.missed);
    let grade = if gated { Grade::Fail } else { total.map_or(Grade::Fail, |total| scheme.grade(total)) };
    Evaluation { components, total: total.unwrap_or(0), grade, evidence }
}

/// SHA-256 in hex over everything that makes a result.
pub fn result_hash(
    training: TrainingId,
    person: PersonId,
    scheme: &Scheme,
    evaluation: &Evaluation,
) -> String {
    let whole = serde_json::json!([training, person, scheme, evaluation]);
    hex::encode(Sha256::digest(whole.to_string()))
}

/// One task's part in a component; `weight` is what it weighs beside the component's other tasks.
struct Counted {
    weight: u64,
    share: Share,
    evidence: Evidence,
}

/// The weighted mean, exact; none where nothing weighs anything.
fn mean<'s>(weighted: impl Iterator<Item = (u64, &'s Share)>) -> Option<Share> {
    let whole = |number: u64| Share::from_integer(number.into());
    let (mut weights, mut earned) = (0, whole(0));
    for (weight, share) in weighted {
        weights += weight;
        earned += share * whole(weight);
    }
    (weights > 0).then(|| earned / whole(weights))
}

/// The component that counts how tasks of a kind were done, beside *tasks*, which counts that each was done.
const fn own_component(kind: TaskKind) -> Option<ComponentKind> {
    match kind {
        TaskKind::Watch => Some(ComponentKind::Watch),
        TaskKind::Test => Some(ComponentKind::Tests),
        TaskKind::Assignment => Some(ComponentKind::Assignments),
        TaskKind::Reflect => Some(ComponentKind::Reflections),
        TaskKind::Discuss => Some(ComponentKind::Discussion),
        TaskKind::Read => None,
    }
}

/// What a task gives to a component; none when it has no part in it, or does not count yet.
fn count(kind: ComponentKind, scheme: &Scheme, task: &TaskFact, records: &Records) -> Option<Counted> {
    if kind != ComponentKind::Tasks && own_component(task.kind) != Some(kind) {
        return None;
    }
    let progress = records.progress.iter().find(|progress| progress.task == task.task);
    let done = progress.and_then(|progress| progress.done_at.map(|at| (at, progress.late)));
    let due = || task.due.then(|| share(0, 1));
    let (share, mut refs, weight) = match kind {
        ComponentKind::Watch => {
            let credited_ms = progress.map_or(0, |progress| progress.credited_ms).min(task.length_ms);
            let watched = share(credited_ms.into(), task.length_ms.into());
            let refs = vec![RecordRef::Watched { credited_ms, length_ms: task.length_ms }];
            (done.map_or(task.due, |_| true).then_some(watched), refs, u64::from(task.length_ms))
        }
        ComponentKind::Tests => {
            let attempts = records.attempts.iter().filter(|attempt| attempt.task == task.task);
            let best = attempts.clone().map(|attempt| share(attempt.score.into(), attempt.most.into())).max();
            let refs = attempts.map(|a| RecordRef::Attempt { id: a.attempt, score: a.score, most: a.most });
            (best.or_else(due), refs.collect(), 1)
        }
        ComponentKind::Assignments | ComponentKind::Reflections => reviewed(task, records),
        ComponentKind::Discussion => {
            let posts = records.posts.iter().filter(|post| post.task == task.task);
            let refs: Vec<RecordRef> = posts.map(|post| RecordRef::Post { id: post.post }).collect();
            let posted = share(refs.len() as u64, u64::from(scheme.posts_wanted.max(1)));
            ((task.due || done.is_some()).then_some(posted), refs, 1)
        }
        ComponentKind::Tasks => match done {
            Some((at, late)) => {
                let percent = if late { scheme.late_percent } else { 100 };
                (Some(share(percent.into(), 100)), vec![RecordRef::Done { at, late }], 1)
            }
            None => (due(), Vec::new(), 1),
        },
    };
    refs.sort();
    let share = share?;
    let evidence = Evidence { component: kind, task: task.task, score: told(&share), records: refs };
    Some(Counted { weight, share, evidence })
}

/// The graded review of a task's work; work that waits for one is marked.
fn reviewed(task: &TaskFact, records: &Records) -> (Option<Share>, Vec<RecordRef>, u64) {
    let due = task.due.then(|| share(0, 1));
    let reviews = records.reviews.iter().filter(|review| review.task == task.task);
    let best = reviews.clone().map(|review| share(review.points.into(), review.most.into())).max();
    if best.is_none() && records.waiting.contains(&task.task) {
        return (due, vec![RecordRef::WaitingForReview], 1);
    }
    let refs = reviews.map(|r| RecordRef::Review { id: r.review, points: r.points, most: r.most }).collect();
    (best.or(due), refs, 1)
}

#[cfg(test)]
mod tests;
