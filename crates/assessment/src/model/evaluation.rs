//! From records to a result: a pure function over integers, the same whatever order the records come in.

use kernel::Timestamp;
use kernel::id::{AttemptId, PersonId, PostId, ReviewId, TaskId, TrainingId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use task_board::model::TaskKind;

use super::grading::share;
use super::scheme::{ComponentKind, Grade, Scheme};

/// A required task of a list that the learner's class has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFact {
    pub task: TaskId,
    pub week: u16,
    pub position: i64,
    pub kind: TaskKind,
    /// How long its micro-video is, for a task to watch.
    pub seconds: u32,
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
    pub credited_seconds: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptFact {
    pub attempt: AttemptId,
    pub task: TaskId,
    /// Hundredths of a point, as `most`.
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

/// One learner's outcome. Scores are hundredths of a percent.
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RecordRef {
    Watched {
        credited_seconds: u32,
        seconds: u32,
    },
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
    let mut evidence = Vec::new();
    for component in &scheme.components {
        let counted: Vec<Counted> =
            tasks.iter().filter_map(|task| count(component.kind, scheme, task, records)).collect();
        let score = mean(&counted);
        let missed = score.zip(component.minimum).is_some_and(|(score, gate)| score < u32::from(gate) * 100);
        components.push(ComponentScore {
            kind: component.kind,
            weight: component.weight,
            minimum: component.minimum,
            score,
            missed,
        });
        evidence.extend(counted.into_iter().map(|counted| counted.evidence));
    }
    let total = total(&components);
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
    evidence: Evidence,
}

/// The mean of the tasks, rounded down, so that a gate is reached only by what truly reaches it.
fn mean(counted: &[Counted]) -> Option<u32> {
    let weight: u64 = counted.iter().map(|c| c.weight).sum();
    let earned: u64 = counted.iter().map(|c| c.weight * u64::from(c.evidence.score)).sum();
    (weight > 0).then(|| u32::try_from(earned / weight).unwrap_or(10_000))
}

/// The weighted mean of the components that have a score.
fn total(components: &[ComponentScore]) -> Option<u32> {
    let scored = || components.iter().filter_map(|c| c.score.map(|score| (u32::from(c.weight), score)));
    let weight: u32 = scored().map(|(weight, _)| weight).sum();
    (weight > 0).then(|| scored().map(|(weight, score)| weight * score).sum::<u32>() / weight)
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
    let (score, mut refs, weight) = match kind {
        ComponentKind::Watch => {
            let credited_seconds = progress.map_or(0, |progress| progress.credited_seconds).min(task.seconds);
            let score = share(credited_seconds.into(), task.seconds.into());
            let watched = RecordRef::Watched { credited_seconds, seconds: task.seconds };
            (done.map_or(task.due, |_| true).then_some(score), vec![watched], u64::from(task.seconds))
        }
        ComponentKind::Tests => {
            let attempts = records.attempts.iter().filter(|attempt| attempt.task == task.task);
            let best = attempts.clone().map(|attempt| share(attempt.score.into(), attempt.most.into())).max();
            let refs = attempts.map(|a| RecordRef::Attempt { id: a.attempt, score: a.score, most: a.most });
            (best.or(task.due.then_some(0)), refs.collect(), 1)
        }
        ComponentKind::Assignments | ComponentKind::Reflections => reviewed(task, records),
        ComponentKind::Discussion => {
            let posts = records.posts.iter().filter(|post| post.task == task.task);
            let refs: Vec<RecordRef> = posts.map(|post| RecordRef::Post { id: post.post }).collect();
            let score = share(refs.len() as u64, u64::from(scheme.posts_wanted.max(1)));
            ((task.due || done.is_some()).then_some(score), refs, 1)
        }
        ComponentKind::Tasks => match done {
            Some((at, late)) => {
                let score = if late { u32::from(scheme.late_percent) * 100 } else { 10_000 };
                (Some(score), vec![RecordRef::Done { at, late }], 1)
            }
            None => (task.due.then_some(0), Vec::new(), 1),
        },
    };
    refs.sort();
    let evidence = Evidence { component: kind, task: task.task, score: score?, records: refs };
    Some(Counted { weight, evidence })
}

/// The graded review of a task's work; work that waits for one is marked.
fn reviewed(task: &TaskFact, records: &Records) -> (Option<u32>, Vec<RecordRef>, u64) {
    let reviews = records.reviews.iter().filter(|review| review.task == task.task);
    let best = reviews.clone().map(|review| share(review.points.into(), review.most.into())).max();
    if best.is_none() && records.waiting.contains(&task.task) {
        return (task.due.then_some(0), vec![RecordRef::WaitingForReview], 1);
    }
    let refs = reviews.map(|r| RecordRef::Review { id: r.review, points: r.points, most: r.most }).collect();
    (best.or(task.due.then_some(0)), refs, 1)
}

#[cfg(test)]
mod tests;
