//! A device reports what it played; what the server's clock allows is credited, the rest is refused with its reason.

use kernel::id::{PersonId, PlaybackId, TaskId};
use kernel::{Ambient, Timestamp};
use serde_json::json;
use storage::{StorageError, Tx};
use training_plan::training::Closed;

use crate::access::is_over;
use crate::error::BoardError;
use crate::model::Ranges;
use crate::model::watching::{RefusedStretch, Report, Watching};
use crate::progress::with_late;
use crate::store::progress;
use crate::store::watching::{self, Evidence, Finish, WatchedRow};

/// Where the task stands after a batch.
pub(crate) struct Watched {
    pub covered: Ranges,
    pub gained_ms: u64,
    pub refused: Vec<RefusedStretch>,
    pub is_done: bool,
    /// A newer playback has taken its place, or its viewer's seat is gone: reports of what was played before still count.
    pub is_ended: bool,
}

/// A playback that is being reported of.
struct Played {
    id: PlaybackId,
    length_ms: u32,
    is_audio: bool,
    /// From here on its time counts: it was opened then.
    counts_from: Timestamp,
    ended_at: Option<Timestamp>,
    /// How many batches came before.
    batches: i64,
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
    watching::hold_viewer(tx, task, person).await?;
    let mut found = watching::find(tx, playback, task, person).await?.ok_or(BoardError::NoSuchTask)?;
    // Results stand once the training is over: what comes after that is not credited.
    if is_over(&found.training_state) {
        return Err(Closed.into());
    }
    let mut played = Played::of(playback, &found).ok_or(BoardError::NoSuchPlayback)?;
    let covered = found.covered.take().ok_or(BoardError::NoSuchPlayback)?.0;
    let mut viewing = Watching {
        length_ms: played.length_ms,
        is_audio: played.is_audio,
        covered,
        seen: found.seen.take().map(|seen| seen.0).unwrap_or_default(),
        spent_ms: found.spent_ms.map_or(0, |spent| u64::try_from(spent).unwrap_or(u64::MAX)),
    };
    let now = ambient.now();
    played.end_with_the_seat(tx, found.left_at).await?;
    // Opened by a clock that was set back since: from here on time counts again, after what was spent.
    if now < played.counts_from {
        played.counts_from = now.plus_micros(-1_000 * as_i64(viewing.spent_ms));
    }
    let deadline = found.deadline()?;
    let verdict = viewing.judge(reports, played.allowed_ms(now, deadline.ends));

    if found.class() != found.claimed_in {
        progress::go_along(tx, task, person).await?;
    }
    let was_done = found.state.as_deref() == Some("done");
    let is_done = was_done || viewing.is_enough();
    let finishes = (is_done && !was_done).then(|| {
        let done_at = verdict.enough_ms.map_or(now, |enough_ms| played.at(enough_ms).min(now));
        Finish { id: ambient.new_id(), done_at, late: deadline.is_late(done_at) }
    });
    let figures = json!({ "credited_ms": viewing.covered.total(), "length_ms": played.length_ms });
    let evidence = Evidence {
        id: ambient.new_id(),
        playback,
        number: played.batches + 1,
        task,
        person,
        class: found.class(),
        training: found.training_id,
        reports: json!(reports),
        gained_ms: as_i64(verdict.gained_ms),
        refused: json!(verdict.refused),
        seen: viewing.seen,
        spent_ms: as_i64(viewing.spent_ms),
        counts_from: played.counts_from,
        result: match finishes {
            Some(finish) => with_late(figures, finish.late),
            None => figures,
        },
        covered: viewing.covered,
        finishes,
        at: now,
    };
    if verdict.gained_ms > 0 || finishes.is_some() {
        watching::credit(tx, &evidence).await?;
    } else {
        watching::keep_evidence(tx, &evidence).await?;
    }
    Ok(Watched {
        covered: evidence.covered,
        gained_ms: verdict.gained_ms,
        refused: verdict.refused,
        is_done,
        is_ended: played.ended_at.is_some(),
    })
}

impl Played {
    /// None when the playback is another's, or of another task.
    fn of(id: PlaybackId, found: &WatchedRow) -> Option<Self> {
        Some(Self {
            id,
            length_ms: found.length_ms?,
            is_audio: found.mode.as_deref() == Some("audio"),
            counts_from: found.counts_from.or(found.opened_at)?,
            ended_at: found.ended_at,
            batches: found.number.unwrap_or_default(),
        })
    }

    /// A playback ends with the seat for which it was opened, also where the report comes when its viewer sits there again.
    async fn end_with_the_seat(
        &mut self,
        tx: &mut Tx,
        left_at: Option<Timestamp>,
    ) -> Result<(), StorageError> {
        let Some(left_at) = left_at else { return Ok(()) };
        if left_at >= self.counts_from && self.ended_at.is_none_or(|ended_at| ended_at > left_at) {
            watching::end(tx, self.id, left_at).await?;
            self.ended_at = Some(left_at);
        }
        Ok(())
    }

    /// The instant of the playback's own clock.
    fn at(&self, own_ms: u64) -> Timestamp {
        self.counts_from.plus_micros(1_000 * as_i64(own_ms))
    }

    /// The server's wall clock from the opening of the playback to its end, the week's end or now, whichever came first.
    fn allowed_ms(&self, now: Timestamp, week_ends: Timestamp) -> u64 {
        let until = now.min(week_ends).min(self.ended_at.unwrap_or(now));
        u64::try_from((until.micros() - self.counts_from.micros()) / 1000).unwrap_or(0)
    }
}

fn as_i64(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}
