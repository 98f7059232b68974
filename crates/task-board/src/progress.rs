//! What later areas tell the board: a learner did what a task asked for.

use kernel::id::{PersonId, TaskId};
use kernel::{Ambient, LearningRecord, TimeZone, Timestamp, Verb};
use storage::{StorageError, Tx, learning_records};

use crate::model::WeekClock;
use crate::model::week::DEFAULT_GRACE_DAYS;
use crate::store::progress::{self, ClaimRow};

/// Notes that somebody did a task, in the transaction of what they did. True when it was not done before.
///
/// `result` is a JSON object with the figures of it. Nothing happens when the person has not claimed the list (a post by staff,
/// say): whether they may do it at all is proved by [`OpenTask`](crate::access::OpenTask) before.
pub async fn done(
    tx: &mut Tx,
    ambient: &Ambient,
    task: TaskId,
    person: PersonId,
    at: Timestamp,
    result: serde_json::Value,
) -> Result<bool, StorageError> {
    let Some(claim) = progress::step(tx, task, person).await? else { return Ok(false) };
    finish(tx, ambient, task, person, claim, at, result).await
}

/// Notes that what somebody handed in for a task is back with them: until they hand in again it waits for them.
pub async fn returned(
    tx: &mut Tx,
    task: TaskId,
    person: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    if progress::step(tx, task, person).await?.is_some() {
        progress::give_back(tx, task, person, at).await?;
    }
    Ok(())
}

/// The same for a claim that is already held.
pub(crate) async fn finish(
    tx: &mut Tx,
    ambient: &Ambient,
    task: TaskId,
    person: PersonId,
    claim: ClaimRow,
    at: Timestamp,
    result: serde_json::Value,
) -> Result<bool, StorageError> {
    progress::start(tx, task, person, claim, at).await?;
    let calendar = progress::calendar(tx, task).await?;
    let zone = TimeZone::parse(&calendar.time_zone)
        .ok_or_else(|| StorageError::Decode(format!("time_zone: {}", calendar.time_zone)))?;
    let grace = calendar.grace_days.unwrap_or(DEFAULT_GRACE_DAYS);
    let late = at >= WeekClock::of(calendar.starts_on, calendar.week, &zone, grace).closes;
    let first = progress::finish(tx, task, person, at, late, &result).await?;
    if first {
        keep(tx, ambient, Verb::Completed, task, person, claim, at, with_late(result, late)).await?;
    }
    Ok(first)
}

/// Keeps a learning record about a task.
#[expect(clippy::too_many_arguments, reason = "a record has that many parts")]
pub(crate) async fn keep(
    tx: &mut Tx,
    ambient: &Ambient,
    verb: Verb,
    task: TaskId,
    person: PersonId,
    claim: ClaimRow,
    at: Timestamp,
    result: serde_json::Value,
) -> Result<(), StorageError> {
    let record = LearningRecord {
        actor: person,
        verb,
        object_kind: "tsk",
        object: task.uuid(),
        training: Some(claim.training_id),
        class: Some(claim.class_id),
        result,
        at,
    };
    learning_records::keep(tx, ambient, record).await.map(drop)
}

fn with_late(mut result: serde_json::Value, late: bool) -> serde_json::Value {
    if let Some(fields) = result.as_object_mut() {
        fields.insert("late".to_owned(), late.into());
    }
    result
}
