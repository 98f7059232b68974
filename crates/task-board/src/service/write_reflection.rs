//! A learner writes a reflection: saved as it grows, handed in, handed in again until somebody has graded it.

use kernel::{Ambient, Verb};
use serde_json::json;
use storage::Tx;

use super::start_task::start_task;
use crate::access::OpenTask;
use crate::error::BoardError;
use crate::progress::{finish, keep};
use crate::store::reflections::{self, ReflectionRow};

/// Saves what is being written. `based_on` is the version that the writer saw: another device's words are never overwritten.
pub(crate) async fn save_draft(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    based_on: Option<i64>,
    draft: &str,
) -> Result<ReflectionRow, BoardError> {
    start_task(tx, ambient, open).await?;
    let held = hold(tx, ambient, open).await?;
    // Holding counted one up.
    let current = held.version - 1;
    if based_on.is_some_and(|version| version != current) && held.draft != draft {
        return Err(BoardError::ReflectionChanged { version: current, draft: held.draft });
    }
    let now = ambient.now();
    reflections::set_draft(tx, held.id, draft, now).await?;
    Ok(ReflectionRow { draft: draft.to_owned(), saved_at: now, ..held })
}

/// Hands in; the text keeps the bounds of the task.
pub(crate) async fn hand_in(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    body: &str,
) -> Result<ReflectionRow, BoardError> {
    let chars = i64::try_from(body.chars().count()).unwrap_or(i64::MAX);
    if chars < open.least_chars {
        return Err(BoardError::TooShort { least: open.least_chars, chars });
    }
    if chars > open.most_chars {
        return Err(BoardError::TooLong { most: open.most_chars, chars });
    }
    let claim = start_task(tx, ambient, open).await?;
    let held = hold(tx, ambient, open).await?;
    let now = ambient.now();
    reflections::hand_in(tx, held.id, body, now).await?;
    let (person, result) =
        (open.actor.person, json!({ "chars": chars, "again": held.submitted_at.is_some() }));
    keep(tx, ambient, Verb::Submitted, open.task, person, claim, now, result.clone()).await?;
    finish(tx, ambient, open.task, person, claim, now, result).await?;
    let body = body.to_owned();
    Ok(ReflectionRow {
        draft: body.clone(),
        body: Some(body),
        submitted_at: Some(now),
        saved_at: now,
        ..held
    })
}

async fn hold(tx: &mut Tx, ambient: &Ambient, open: &OpenTask) -> Result<ReflectionRow, BoardError> {
    let (id, person) = (ambient.new_id(), open.actor.person);
    reflections::open(tx, id, open.task, person, open.class, open.training, ambient.now()).await?;
    let held = reflections::hold(tx, open.task, person).await?;
    if held.closed_at.is_some() {
        return Err(BoardError::ReflectionClosed);
    }
    Ok(held)
}
