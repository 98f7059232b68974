//! A learner takes a test: begins or resumes, saves on the way, submits once.

use kernel::id::{AttemptId, ClassId, ItemId, TestPaperId, TrainingId};
use kernel::{Actor, Ambient, LearningRecord, Role, Scope, Timestamp, Verb};
use serde_json::json;
use storage::{Conn, Json, StorageError, Tx, learning_records};
use task_board::access::OpenTask;
use task_board::progress;
use training_plan::training::{self, Training};

use crate::error::AttemptError;
use crate::model::answers::{Answers, Choice};
use crate::model::grading::{self, grade};
use crate::model::paper::{GRACE_SECONDS, PaperState, deadline, takes_answers};
use crate::store::attempts::{self, Attempt, SeatRow};
use crate::store::papers::{self, Paper};

/// Answers as a device sends them.
pub(crate) type Sent = Vec<(ItemId, Choice)>;

/// Begins an attempt at the paper that the task names, or gives back the open one.
pub(crate) async fn start(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    paper: TestPaperId,
) -> Result<(Paper, Attempt), AttemptError> {
    let person = open.actor.person;
    relied(tx, open.training).await?.not_over()?;
    let found = papers::find(tx, paper).await?;
    let paper = found
        .filter(|p| open.ref_id == Some(p.id.uuid()) && p.training == open.training)
        .filter(|p| p.state == PaperState::Published)
        .ok_or(AttemptError::NoSuchAttempt)?;
    let now = ambient.now();
    if let Some(mut attempt) = attempts::open_one(tx, open.task, person).await? {
        attempts::follow(tx, attempt.id, open.class).await?;
        attempt.class_id = open.class;
        if takes_answers(now, attempt.deadline) {
            return Ok((paper, attempt));
        }
        // Nobody submitted it in time: what was saved counts, and the next one may begin.
        settle(tx, ambient, attempt).await?;
    }
    let attempt = Attempt {
        id: ambient.new_id(),
        paper_id: paper.id,
        task_id: open.task,
        person_id: person,
        class_id: open.class,
        training_id: open.training,
        number: 0,
        answers: Json(Answers::default()),
        started_at: now,
        deadline: deadline(paper.content.minutes, now, open.ends),
        ends_at: open.ends,
        submitted_at: None,
        graded: None,
        score: None,
        most: paper.content.points() * 100,
    };
    // The database decides between two devices that begin at once: both get the one that is open.
    attempts::begin(tx, &attempt, paper.content.attempts_allowed).await?;
    let attempt = attempts::open_one(tx, open.task, person).await?.ok_or(AttemptError::NoneLeft)?;
    Ok((paper, attempt))
}

/// The class in which the attempt goes on: its own, or another one of the training where its learner sits now, once they signed its
/// charter; what was submitted is read without that. None when they learn in the training no more: what was saved by who left is settled
/// without them.
pub(crate) async fn goes_on_in(
    conn: &mut Conn,
    actor: &Actor,
    attempt: &Attempt,
) -> Result<Option<ClassId>, StorageError> {
    if actor.holds(Role::Learner, Scope::Class(attempt.class_id)) {
        return Ok(Some(attempt.class_id));
    }
    let now = attempts::seat_now(conn, attempt.training_id, attempt.person_id).await?;
    let goes_on = |seat: &SeatRow| attempt.submitted_at.is_some() || seat.charter_signed_at.is_some();
    let class = now.filter(goes_on).map(|seat| seat.class_id);
    Ok(class.filter(|class| actor.holds(Role::Learner, Scope::Class(*class))))
}

/// An attempt of the caller's own, in the class where they learn now, behind its training.
async fn own(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<(Training, Attempt), AttemptError> {
    let known = attempts::find(tx, id).await?.filter(|known| known.person_id == actor.person);
    let mut known = known.ok_or(AttemptError::NoSuchAttempt)?;
    let training = relied(tx, known.training_id).await?;
    let class = goes_on_in(tx, actor, &known).await?.ok_or(AttemptError::NoSuchAttempt)?;
    if class != known.class_id && known.submitted_at.is_none() {
        attempts::follow(tx, id, class).await?;
        known.class_id = class;
    }
    Ok((training, known))
}

/// Stores answers. An older save of a page never overwrites a newer one of it; between two devices the later save wins.
pub(crate) async fn save(
    tx: &mut Tx,
    ambient: &Ambient,
    actor: &Actor,
    id: AttemptId,
    sent: Sent,
) -> Result<Attempt, AttemptError> {
    let (training, _) = own(tx, actor, id).await?;
    let taken = attempts::take(tx, id, actor.person).await?;
    let mut attempt = taken.ok_or(AttemptError::NoSuchAttempt)?;
    if attempt.submitted_at.is_some() {
        return Err(AttemptError::Submitted);
    }
    training.not_over()?;
    if !takes_answers(ambient.now(), attempt.deadline) {
        return Err(AttemptError::Over);
    }
    let paper = paper_of(tx, &attempt).await?;
    merge(&mut attempt, &paper, sent)?;
    attempts::save(tx, id, &attempt.answers.0).await?;
    Ok(attempt)
}

/// Grades an attempt, once: whoever submits it again gets the same result.
pub(crate) async fn submit(
    tx: &mut Tx,
    ambient: &Ambient,
    actor: &Actor,
    id: AttemptId,
    sent: Sent,
) -> Result<(Paper, Attempt), AttemptError> {
    let (_, known) = own(tx, actor, id).await?;
    complete(tx, ambient, &known, sent).await
}

async fn complete(
    tx: &mut Tx,
    ambient: &Ambient,
    known: &Attempt,
    sent: Sent,
) -> Result<(Paper, Attempt), AttemptError> {
    let training = relied(tx, known.training_id).await?;
    let taken = attempts::take(tx, known.id, known.person_id).await?;
    let mut attempt = taken.ok_or(AttemptError::NoSuchAttempt)?;
    let paper = paper_of(tx, &attempt).await?;
    if attempt.submitted_at.is_some() {
        return Ok((paper, attempt));
    }
    training.not_over()?;
    let now = ambient.now();
    let in_time = takes_answers(now, attempt.deadline);
    if in_time {
        merge(&mut attempt, &paper, sent)?;
    }
    let at = if in_time { now } else { attempt.deadline };
    let attempt = finish(tx, ambient, &paper, attempt, at).await?;
    Ok((paper, attempt))
}

/// Grades what was saved in attempts whose time ran out before anybody submitted them.
pub(crate) async fn settle_overdue(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
) -> Result<(), AttemptError> {
    let due = ambient.now().plus_seconds(-GRACE_SECONDS);
    for attempt in attempts::overdue(tx, training, due).await? {
        settle(tx, ambient, attempt).await?;
    }
    Ok(())
}

/// Grades what was saved in all open attempts, those whose time is not over among them: nothing is taken after the training's end.
pub(crate) async fn settle_last(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
) -> Result<(), AttemptError> {
    for attempt in attempts::open_of(tx, training).await? {
        settle(tx, ambient, attempt).await?;
    }
    Ok(())
}

/// The training as it stays until the commit: a grade is either part of the final results, or refused.
async fn relied(tx: &mut Tx, training: TrainingId) -> Result<Training, AttemptError> {
    training::rely_on(tx, training).await?.ok_or(AttemptError::NoSuchAttempt)
}

async fn settle(tx: &mut Tx, ambient: &Ambient, attempt: Attempt) -> Result<(), AttemptError> {
    complete(tx, ambient, &attempt, Vec::new()).await.map(drop)
}

async fn finish(
    tx: &mut Tx,
    ambient: &Ambient,
    paper: &Paper,
    mut attempt: Attempt,
    at: Timestamp,
) -> Result<Attempt, AttemptError> {
    let graded = grade(&paper.content.items, paper.content.multiple_rule, &attempt.answers.0);
    let (score, most) = grading::total(&graded);
    attempts::submit(tx, attempt.id, &attempt.answers.0, &graded, at).await?;
    let result = json!({ "score": score, "most": most, "attempt": attempt.id });
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
    match progress::deed(tx, attempt.task_id, attempt.person_id, at, result).await? {
        Some(deed) => progress::done(tx, ambient, deed, Some(record)).await.map(drop)?,
        None => learning_records::keep(tx, ambient, record).await.map(drop)?,
    }
    attempt.graded = Some(Json(graded));
    attempt.score = Some(score);
    attempt.most = most;
    attempt.submitted_at = Some(at);
    Ok(attempt)
}

fn merge(attempt: &mut Attempt, paper: &Paper, sent: Sent) -> Result<(), AttemptError> {
    let merged = attempt.answers.0.merge(&paper.content.items, sent);
    merged.map_err(|strange| AttemptError::StrangeAnswer(strange.0))
}

async fn paper_of(tx: &mut Tx, attempt: &Attempt) -> Result<Paper, AttemptError> {
    papers::find(tx, attempt.paper_id).await?.ok_or(AttemptError::NoSuchAttempt)
}
