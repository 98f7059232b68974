//! Watching a micro-video: opening the playback that counts, and reporting what was played.

use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, Path, Posted, Problem, SignedIn};
use kernel::Timestamp;
use kernel::id::{PlaybackId, TaskId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Shared;
use super::named::TaskNamed;
use crate::model::TaskKind;
use crate::model::watching::{RefusedStretch, Report};
use crate::service::open_playback::open_playback as open_one;
use crate::service::report_watching::report_watching as report;

/// How somebody watches.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct PlaybackInput {
    /// Audio mode, declared before: listening with the page out of sight counts.
    #[garde(skip)]
    #[serde(default)]
    is_audio: bool,
}

/// A playback that was opened. A newer one, on whatever device, ends it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PlaybackView {
    id: PlaybackId,
    length_ms: u32,
    opened_at: Timestamp,
    credited_ms: u64,
    #[schema(value_type = Vec<Vec<u32>>)]
    covered: Vec<(u32, u32)>,
}

/// What a device played since the last report.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct WatchEvidenceInput {
    #[garde(skip)]
    playback_id: PlaybackId,
    #[garde(length(min = 1, max = 200), dive)]
    records: Vec<WatchRecordInput>,
}

/// One stretch that was played at one speed.
#[derive(Debug, Clone, Copy, Deserialize, Validate, ToSchema)]
pub(super) struct WatchRecordInput {
    /// Counts up within the playback; sending one again changes nothing.
    #[garde(range(max = 10_000_000))]
    counter: u32,
    #[garde(skip)]
    from_ms: u32,
    #[garde(skip)]
    to_ms: u32,
    /// 100 is the normal speed; more than 200 earns nothing.
    #[garde(skip)]
    rate_hundredths: u16,
    /// How long it took on the device.
    #[garde(skip)]
    wall_ms: u32,
    #[garde(skip)]
    is_visible: bool,
    /// When the stretch ended, in milliseconds since the playback was opened, by the device's running clock: what was watched in time without
    /// network is in time when its report comes late.
    #[garde(skip)]
    #[serde(default)]
    ended_ms: Option<u32>,
}

/// Where the task stands after a report.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WatchedView {
    credited_ms: u64,
    gained_ms: u64,
    #[schema(value_type = Vec<Vec<u32>>)]
    covered: Vec<(u32, u32)>,
    /// What was not credited, each with its reason.
    refused: Vec<RefusedStretch>,
    is_done: bool,
    /// A newer playback has taken the place of this one, or the seat in the class is gone.
    is_ended: bool,
}

#[utoipa::path(post, path = "/api/v1/tasks/{task_id}/playbacks", params(("task_id" = TaskId, Path)),
    request_body = PlaybackInput, responses((status = 201, body = PlaybackView)), tag = "task-board")]
pub(super) async fn open_playback(
    State(shared): State<Shared>,
    task: TaskNamed,
    sent: Result<Posted<PlaybackInput>, Problem>,
) -> Result<Answer, Halt> {
    let watch = Some(TaskKind::Watch);
    let Posted { input, once } = task.or_closed(watch, sent).await?;
    let mut tx = task.or_closed(watch, once.begin().await).await?;
    let open = task.watched(&mut tx).await?;
    let (playback, covered) = open_one(&mut tx, &shared.platform.ambient, &open, input.is_audio).await?;
    let view = PlaybackView {
        id: playback.id,
        length_ms: playback.length_ms,
        opened_at: playback.at,
        credited_ms: covered.total(),
        covered: covered.as_pairs().to_vec(),
    };
    once.created(tx, &view).await
}

#[utoipa::path(post, path = "/api/v1/tasks/{task_id}/watch-evidence", params(("task_id" = TaskId, Path)),
    request_body = WatchEvidenceInput, responses((status = 200, body = WatchedView)), tag = "task-board")]
pub(super) async fn report_watching(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(task): Path<TaskId>,
    Posted { input, once }: Posted<WatchEvidenceInput>,
) -> Result<Answer, Halt> {
    // A playback is its viewer's proof: it was opened while the task was open. Reports of it may come when the week is over, and when the
    // seat is gone: what was played until then counts.
    let reports: Vec<Report> = input.records.into_iter().map(Report::from).collect();
    let mut tx = once.begin().await?;
    let watched =
        report(&mut tx, &shared.platform.ambient, task, actor.person, input.playback_id, &reports).await?;
    let view = WatchedView {
        credited_ms: watched.covered.total(),
        gained_ms: watched.gained_ms,
        covered: watched.covered.as_pairs().to_vec(),
        refused: watched.refused,
        is_done: watched.is_done,
        is_ended: watched.is_ended,
    };
    once.ok(tx, &view).await
}

impl From<WatchRecordInput> for Report {
    fn from(input: WatchRecordInput) -> Self {
        let WatchRecordInput { counter, from_ms, to_ms, rate_hundredths, wall_ms, is_visible, ended_ms } =
            input;
        Self { counter, from_ms, to_ms, rate_hundredths, wall_ms, is_visible, ended_ms }
    }
}
