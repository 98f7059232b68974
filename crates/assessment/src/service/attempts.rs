//! A learner takes a test: begins or resumes, saves on the way, submits once.

use kernel::id::{AttemptId, ClassId, ItemId, PersonId, TaskId, TestPaperId, TrainingId};
use kernel::{Actor, Ambient, LearningRecord, Role, Scope, Timestamp, Verb};
use serde_json::json;
use storage::{Conn, StorageError, Tx};
use task_board::access::OpenTask;
use task_board::progress::{self, Deed, TestResult};

use crate::error::AttemptError;
use crate::model::answers::{self, Choice, Sent, Strange};
use crate::model::grading::{self, grade, in_hundredths};
use crate::model::paper::{PaperState, settles_at};
use crate::store::attempt_rows::{Attempt, Beside, Saved, Sitting, Taken, Unsubmitted};
use crate::store::attempts::{self, Beginning, SeatRow};
use crate::store::papers;

/// So much is kept of saves as they came; then the answers that they make are written down in their place.
const MOST_LINES: usize = 16 * 1024;

/// Begins an attempt at the paper that the task names, in one statement. None where that cannot be: an attempt is open, none is left, or
/// the task is not open, and [`go_on`] says which.
pub(crate) async fn begin(
    tx: &mut Tx,
    ambient: &Ambient,
    person: PersonId,
    task: TaskId,
    paper: TestPaperId,
) -> Result<Option<Sitting>, AttemptError> {
    let new = Beginning { id: ambient.new_id(), paper, task, person, at: ambient.now() };
    let begun = attempts::begin(tx, new).await?;
    Ok(begun.filter(|begun| begun.attempt.time.task.phase(new.at).takes_work()))
}

/// Gives back the open attempt at the paper that the task names, also when its time is over: as long as what was chosen in time may still
/// arrive, it is its learner who hands it in. After that it makes room for another.
pub(crate) async fn go_on(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    paper: TestPaperId,
) -> Result<Sitting, AttemptError> {
    let person = open.actor.person;
    if open.ref_id != Some(paper.uuid()) {
        return Err(AttemptError::NoSuchAttempt);
    }
    let Some(id) = attempts::open_one(tx, open.task, person).await? else {
        is_asked(tx, open, paper).await?;
        return begin_or_join(tx, ambient, open, paper).await;
    };
    let mut taken = taken(tx, id, person).await?;
    let sitting = &mut taken.sitting;
    if sitting.attempt.paper_id != paper {
        is_asked(tx, open, paper).await?;
    }
    let is_open = sitting.attempt.submitted_at.is_none();
    if is_open && ambient.now() < settles_at(sitting.attempt.time.deadline) {
        if sitting.attempt.class_id != open.class {
            attempts::follow(tx, id, open.class).await?;
        }
        return Ok(taken.sitting);
    }
    if is_open {
        sitting.attempt.class_id = open.class;
        complete(tx, ambient, taken, Vec::new()).await?;
    }
    begin_or_join(tx, ambient, open, paper).await
}

/// Of two devices that begin at once both get the one that is open then.
async fn begin_or_join(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    paper: TestPaperId,
) -> Result<Sitting, AttemptError> {
    let person = open.actor.person;
    if let Some(begun) = begin(tx, ambient, person, open.task, paper).await? {
        return Ok(begun);
    }
    if let Some(id) = attempts::open_one(tx, open.task, person).await? {
        return Ok(taken(tx, id, person).await?.sitting);
    }
    let is_known = attempts::is_key_known(tx, paper, open.task, person).await?;
    Err(if is_known { AttemptError::KeyKnown } else { AttemptError::NoneLeft })
}

/// Notes that a learner is shown the right answers of a paper: from now on they begin no attempt at it, and no page offers one. False when
/// one was begun meanwhile.
pub(crate) async fn show_key(
    tx: &mut Tx,
    ambient: &Ambient,
    person: PersonId,
    paper: TestPaperId,
) -> Result<bool, StorageError> {
    if !attempts::note_key(tx, paper, person, ambient.now()).await? {
        return Ok(false);
    }
    progress::used_up(tx, paper.uuid(), person).await?;
    Ok(true)
}

/// Whether the paper may be asked in the training.
async fn is_asked(tx: &mut Tx, open: &OpenTask, paper: TestPaperId) -> Result<(), AttemptError> {
    let found = papers::find(tx, paper).await?;
    found
        .filter(|p| p.training == open.training && p.state == PaperState::Published)
        .map(drop)
        .ok_or(AttemptError::NoSuchAttempt)
}

/// The class in which an attempt goes on: its own, or another one of the training where its learner sits now, once they signed its
/// charter; what was submitted is read without that. None when they learn in the training no more: what was saved by who left is settled
/// without them.
pub(crate) async fn goes_on_in(
    conn: &mut Conn,
    actor: &Actor,
    (training, class): (TrainingId, ClassId),
    is_submitted: bool,
) -> Result<Option<ClassId>, StorageError> {
    if actor.holds(Role::Learner, Scope::Class(class)) {
        return Ok(Some(class));
    }
    let now = attempts::seat_now(conn, training, actor.person).await?;
    let goes_on = |seat: &SeatRow| is_submitted || seat.charter_signed_at.is_some();
    let class = now.filter(goes_on).map(|seat| seat.class_id);
    Ok(class.filter(|class| actor.holds(Role::Learner, Scope::Class(*class))))
}

/// Stores answers. An older save of a page never overwrites a newer one of it; between two devices the later save wins. What arrives after
/// the deadline counts if it was chosen before, and what arrives when the attempt is handed in is kept beside what counts.
///
/// They are put behind what came before, and only then looked at: what is refused is rolled back with the rest.
pub(crate) async fn save(
    tx: &mut Tx,
    ambient: &Ambient,
    actor: &Actor,
    id: AttemptId,
    sent: &[(ItemId, Choice)],
) -> Result<Saved, AttemptError> {
    let now = ambient.now();
    let line = answers::line(sent, now).map_err(|error| StorageError::Decode(error.to_string()))?;
    let saved = attempts::save(tx, id, actor.person, &line).await?.ok_or(AttemptError::NoSuchAttempt)?;
    let place = (saved.training_id, saved.class_id);
    let class = goes_on_in(tx, actor, place, saved.submitted_at.is_some()).await?;
    let class = class.ok_or(AttemptError::NoSuchAttempt)?;
    saved.training.not_over()?;
    answers::check(&saved.items, sent)?;
    if saved.submitted_at.is_none() && class != saved.class_id {
        attempts::follow(tx, id, class).await?;
    }
    if saved.lines > MOST_LINES {
        attempts::fold(tx, id, &saved.answers).await?;
    }
    Ok(saved)
}

/// Hands an attempt in, which grades it for good: whoever does so again gets the same result.
pub(crate) async fn submit(
    tx: &mut Tx,
    ambient: &Ambient,
    actor: &Actor,
    id: AttemptId,
    sent: Sent,
) -> Result<Sitting, AttemptError> {
    let mut taken = taken(tx, id, actor.person).await?;
    let attempt = &mut taken.sitting.attempt;
    let place = (attempt.training_id, attempt.class_id);
    let class = goes_on_in(tx, actor, place, attempt.submitted_at.is_some()).await?;
    let class = class.ok_or(AttemptError::NoSuchAttempt)?;
    if attempt.submitted_at.is_none() {
        attempt.class_id = class;
    }
    complete(tx, ambient, taken, sent).await
}

/// Open attempts that may still change, by who learns in the training.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Open {
    pub attempts: u64,
    /// Until when the last of them may.
    pub until: Option<Timestamp>,
}

/// Grades what was saved in attempts that nobody handed in, once nothing that counts can arrive any more; what is open beside them. Who has
/// left sends nothing more.
pub(crate) async fn settle_overdue(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
) -> Result<Open, AttemptError> {
    let mut left = Open::default();
    for open in attempts::open_of(tx, training).await? {
        let until = settles_at(open.deadline);
        if until <= ambient.now() {
            settle(tx, ambient, open).await?;
        } else if open.seat.is_some() {
            left.attempts += 1;
            left.until = left.until.max(Some(until));
        }
    }
    Ok(left)
}

/// Grades what was saved in all open attempts, those of who has left among them: nothing is taken after the training's end.
pub(crate) async fn settle_last(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
) -> Result<(), AttemptError> {
    for open in attempts::open_of(tx, training).await? {
        settle(tx, ambient, open).await?;
    }
    Ok(())
}

/// In the class where its learner sits now, as everything else of theirs; who sits nowhere leaves it where they were.
pub(super) async fn settle(tx: &mut Tx, ambient: &Ambient, open: Unsubmitted) -> Result<(), AttemptError> {
    let mut taken = taken(tx, open.id, open.person).await?;
    let attempt = &mut taken.sitting.attempt;
    attempt.class_id = open.seat.unwrap_or(attempt.class_id);
    complete(tx, ambient, taken, Vec::new()).await.map(drop)
}

/// Somebody's attempt, held, and the training as it stays until the commit: a grade is either part of the final results, or refused.
async fn taken(tx: &mut Tx, id: AttemptId, person: PersonId) -> Result<Taken, AttemptError> {
    attempts::take(tx, id, person).await?.ok_or(AttemptError::NoSuchAttempt)
}

async fn complete(
    tx: &mut Tx,
    ambient: &Ambient,
    mut taken: Taken,
    sent: Sent,
) -> Result<Sitting, AttemptError> {
    let Sitting { attempt, paper, .. } = &mut taken.sitting;
    let (is_handed_in, now) = (attempt.submitted_at.is_some(), ambient.now());
    // After the end results stand: the one that counts is shown.
    if is_handed_in && (sent.is_empty() || taken.training.not_over().is_err()) {
        return Ok(taken.sitting);
    }
    taken.training.not_over()?;
    answers::check(&paper.items, &sent)?;
    let before = is_handed_in.then(|| attempt.answers.clone());
    attempt.answers.take(sent, now, attempt.time.taking(is_handed_in));
    match before {
        None => finish(tx, ambient, taken.sitting, now).await,
        Some(before) => {
            if before != attempt.answers {
                attempts::fold(tx, attempt.id, &attempt.answers).await?;
            }
            Ok(taken.sitting)
        }
    }
}

/// Grades what counts, and tells the board. Whoever is late to hand in what they had answered in time has done so in time.
async fn finish(
    tx: &mut Tx,
    ambient: &Ambient,
    mut sitting: Sitting,
    now: Timestamp,
) -> Result<Sitting, AttemptError> {
    let Sitting { attempt, paper, .. } = &mut sitting;
    let at = now.min(attempt.time.deadline);
    let graded = grade(&paper.items, paper.multiple_rule, &attempt.answers);
    let (score, most) = grading::total(&graded);
    let Beside { claimed_in, wanted, others, others_best } =
        attempts::submit(tx, attempt, &graded, at).await?;
    attempt.graded = graded;
    attempt.score = Some(score);
    attempt.most = most;
    attempt.submitted_at = Some(at);
    let result = json!({ "score": in_hundredths(score), "most": in_hundredths(most), "attempt": attempt.id });
    let best = others_best.map_or(score, |other| other.max(score));
    let attempts_left = paper.attempts_allowed.saturating_sub(others.saturating_add(1));
    let test = TestResult { score: best, most, minimum: wanted, attempts_left };
    let (deed, record) = evidence(attempt, claimed_in, at, result);
    progress::done(tx, ambient, Deed { test: Some(test), ..deed }, Some(record)).await?;
    Ok(sitting)
}

/// What an attempt is for its task, and what is kept of it beside that.
fn evidence(
    attempt: &Attempt,
    claimed_in: Option<ClassId>,
    at: Timestamp,
    result: serde_json::Value,
) -> (Deed, LearningRecord) {
    let record = LearningRecord {
        actor: attempt.person_id,
        verb: Verb::Answered,
        object_kind: "pap",
        object: attempt.paper_id.uuid(),
        training: Some(attempt.training_id),
        class: Some(attempt.class_id),
        result: result.clone(),
        at,
    };
    let deed = Deed {
        task: attempt.task_id,
        person: attempt.person_id,
        class: attempt.class_id,
        claimed_in,
        training: attempt.training_id,
        at,
        late: attempt.time.task.is_late(at),
        awaits_review: false,
        test: None,
        result,
    };
    (deed, record)
}

impl From<Strange> for AttemptError {
    fn from(strange: Strange) -> Self {
        Self::StrangeAnswer(strange.0)
    }
}
