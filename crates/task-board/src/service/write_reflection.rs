//! A learner writes a reflection: saved as it grows, handed in, handed in again until somebody has graded it.

use kernel::{Ambient, Verb};
use serde_json::json;
use storage::Tx;

use super::start_task::start_task;
use crate::access::OpenTask;
use crate::error::BoardError;
use crate::model::MOST_HAND_INS;
use crate::progress::{Deed, done, record};
use crate::store::reflections::{self, Place, ReflectionRow};

/// Saves what is being written over the version that the writer saw.
pub(crate) async fn save_draft(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    based_on: i64,
    draft: &str,
) -> Result<ReflectionRow, BoardError> {
    let now = ambient.now();
    // Mostly it goes on from what its writer saw.
    if open.started_at.is_some()
        && let Some(saved) = reflections::save_over(tx, &place_of(open), based_on, draft, now).await?
    {
        open.step(tx).await?;
        return Ok(saved);
    }
    let held = hold(tx, ambient, open).await?;
    start_task(tx, ambient, open).await?;
    over_newest(&held, based_on, draft)?;
    if held.draft == draft {
        return Ok(held);
    }
    reflections::set_draft(tx, held.id, draft, now).await?;
    Ok(ReflectionRow { draft: draft.to_owned(), version: held.version + 1, saved_at: now, ..held })
}

/// Hands in; the text keeps the bounds of the task.
pub(crate) async fn hand_in(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    based_on: i64,
    body: &str,
) -> Result<ReflectionRow, BoardError> {
    let chars = i64::try_from(body.chars().count()).unwrap_or(i64::MAX);
    if chars < open.least_chars {
        return Err(BoardError::TooShort { least: open.least_chars, chars });
    }
    if chars > open.most_chars {
        return Err(BoardError::TooLong { most: open.most_chars, chars });
    }
    let held = hold(tx, ambient, open).await?;
    start_task(tx, ambient, open).await?;
    if held.draft == body && held.body.as_deref() == Some(body) && held.returned_at.is_none() {
        // Handed in already, and nobody asked for another: an answer may be lost on a weak network.
        return Ok(held);
    }
    if hand_ins_left(&held) == 0 {
        return Err(BoardError::NoHandInLeft);
    }
    over_newest(&held, based_on, body)?;
    let now = ambient.now();
    reflections::hand_in(tx, held.id, body, now).await?;
    reflections::keep_hand_in(tx, held.id, open.wording, now).await?;
    let (person, result) =
        (open.actor.person, json!({ "chars": chars, "again": held.submitted_at.is_some() }));
    let place = (open.class, open.training);
    let record = record(Verb::Submitted, open.task, person, place, now, result.clone());
    done(tx, ambient, Deed { awaits_review: true, ..open.did(now, result) }, Some(record)).await?;
    let body = body.to_owned();
    Ok(ReflectionRow {
        draft: body.clone(),
        body: Some(body),
        submitted_at: Some(now),
        version: held.version + 1,
        saved_at: now,
        hand_ins: held.hand_ins + 1,
        returned_at: None,
        ..held
    })
}

/// How often the reflection can be handed in still. Whatever was sent back can be handed in once more.
pub(crate) fn hand_ins_left(reflection: &ReflectionRow) -> i64 {
    let at_least = i64::from(reflection.returned_at.is_some());
    (MOST_HAND_INS - reflection.hand_ins).max(at_least)
}

/// Another device's newer words are never overwritten. The same words sent again are kept already, whatever version the sender
/// knows: an answer may be lost on a weak network.
fn over_newest(held: &ReflectionRow, based_on: i64, text: &str) -> Result<(), BoardError> {
    if based_on == held.version || text == held.draft {
        return Ok(());
    }
    Err(BoardError::ReflectionChanged { version: held.version, draft: held.draft.clone() })
}

/// The work before its claim, as everybody takes them who writes, grades or gives back.
async fn hold(tx: &mut Tx, ambient: &Ambient, open: &OpenTask) -> Result<ReflectionRow, BoardError> {
    let held = reflections::hold(tx, ambient.new_id(), &place_of(open), ambient.now()).await?;
    if held.closed_at.is_some() {
        return Err(BoardError::ReflectionClosed);
    }
    Ok(held)
}

fn place_of(open: &OpenTask) -> Place {
    Place { task: open.task, person: open.actor.person, class: open.class, training: open.training }
}
