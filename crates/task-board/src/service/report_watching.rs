//! A device reports what it played; what the server's clock allows is credited, the rest is refused with its reason.

use kernel::id::{PersonId, PlaybackId, TaskId, TrainingId};
use kernel::{Ambient, TimeZone, Timestamp, Verb};
use serde_json::json;
use storage::{StorageError, Tx};

use super::relied;
use crate::error::BoardError;
use crate::model::Ranges;
use crate::model::WeekClock;
use crate::model::watching::{RefusedStretch, Report, Watching};
use crate::model::week::DEFAULT_GRACE_DAYS;
use crate::progress::{finish, keep};
use crate::store::progress;
use crate::store::watching::{self, Evidence, PlaybackRow};

/// Where the task stands after a batch.
pub(crate) struct Watched {
    pub covered: Ranges,
    pub gained_ms: u64,
    pub refused: Vec<RefusedStretch>,
    pub is_done: bool,
    /// A newer playback has taken its place, or its viewer's seat is gone: reports of what was played before still count.
    pub is_ended: bool,
}

/// Late reports are taken: the playback was opened while the task was open, and time after the week's end buys nothing.
#[tracing::instrument(name = "task_board.report_watching", skip_all, fields(task.id = %task))]
pub(crate) async fn report_watching(
    tx: &mut Tx,
    ambient: &Ambient,
    task: TaskId,
    person: PersonId,
    playback: PlaybackId,
    reports: &[Report],
) -> Result<Watched, BoardError> {
    // Results stand once the training is over: what comes after that is not credited.
    let training = watching::training_of(tx, task, person).await?.ok_or(BoardError::NoSuchTask)?;
    relied(tx, training).await?;
    watching::hold_viewer(tx, person).await?;
    let claim = progress::step(tx, task, person).await?.ok_or(BoardError::NoSuchTask)?;
    let mut playback = watching::find(tx, playback, task, person).await?.ok_or(BoardError::NoSuchPlayback)?;
    let before = watching::covered(tx, task, person).await?.ok_or(BoardError::NoSuchPlayback)?;
    let now = ambient.now();
    let mut viewing = Watching {
        length_ms: playback.length_ms,
        is_audio: playback.mode == "audio",
        covered: before.covered.0,
        seen: std::mem::take(&mut playback.seen.0),
        spent_ms: u64::try_from(playback.spent_ms).unwrap_or(u64::MAX),
    };
    end_with_the_seat(tx, training, person, &mut playback).await?;
    // Opened by a clock that was set back since: from here on time counts again, after what was spent.
    if now < playback.opened_at {
        playback.opened_at = now.plus_micros(-1_000 * playback.spent_ms);
    }
    let allowed_ms = allowed_ms(tx, task, &playback, now).await?;
    let verdict = viewing.judge(reports, allowed_ms);
    let gained_ms = i64::try_from(verdict.gained_ms).unwrap_or(i64::MAX);

    playback.seen.0 = viewing.seen.clone();
    playback.spent_ms = i64::try_from(viewing.spent_ms).unwrap_or(i64::MAX);
    playback.credited_ms += gained_ms;
    watching::spend(tx, &playback).await?;
    watching::keep_evidence(
        tx,
        Evidence {
            id: ambient.new_id(),
            playback: playback.id,
            task,
            person,
            reports: json!(reports),
            gained_ms,
            refused: json!(verdict.refused),
            at: now,
        },
    )
    .await?;
    let was_done = before.state == "done";
    let result = json!({ "credited_ms": viewing.covered.total(), "length_ms": playback.length_ms });
    if verdict.gained_ms > 0 {
        watching::set_covered(tx, task, person, &viewing.covered).await?;
        keep(tx, ambient, Verb::Progressed, task, person, claim, now, result.clone()).await?;
    }
    let is_done = was_done || viewing.is_enough();
    if is_done && !was_done {
        finish(tx, ambient, task, person, claim, now, result).await?;
    }
    Ok(Watched {
        covered: viewing.covered,
        gained_ms: verdict.gained_ms,
        refused: verdict.refused,
        is_done,
        is_ended: playback.ended_at.is_some(),
    })
}

/// A playback ends with the seat for which it was opened, also where the report comes when its viewer sits there again.
async fn end_with_the_seat(
    tx: &mut Tx,
    training: TrainingId,
    person: PersonId,
    playback: &mut PlaybackRow,
) -> Result<(), StorageError> {
    let Some(left_at) = watching::left_at(tx, training, person).await? else { return Ok(()) };
    if left_at >= playback.opened_at && playback.ended_at.is_none_or(|ended_at| ended_at > left_at) {
        watching::end(tx, playback.id, left_at).await?;
        playback.ended_at = Some(left_at);
    }
    Ok(())
}

/// The server's wall clock from the opening of the playback to its end, the week's end or now, whichever came first.
async fn allowed_ms(
    tx: &mut Tx,
    task: TaskId,
    playback: &PlaybackRow,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let calendar = progress::calendar(tx, task).await?;
    let zone = TimeZone::parse(&calendar.time_zone)
        .ok_or_else(|| StorageError::Decode(format!("time_zone: {}", calendar.time_zone)))?;
    let grace = calendar.grace_days.unwrap_or(DEFAULT_GRACE_DAYS);
    let ends = WeekClock::of(calendar.starts_on, calendar.week, &zone, grace).ends;
    let until = now.min(ends).min(playback.ended_at.unwrap_or(now));
    Ok(u64::try_from((until.micros() - playback.opened_at.micros()) / 1000).unwrap_or(0))
}
