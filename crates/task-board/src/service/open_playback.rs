//! A learner begins to watch: the one playback that counts for them is this one.

use course_library::micro_videos;
use kernel::Ambient;
use kernel::id::MicroVideoId;
use storage::{Json, Tx};

use super::start_task::start_task;
use crate::access::OpenTask;
use crate::error::BoardError;
use crate::model::Ranges;
use crate::store::progress;
use crate::store::watching::{self, PlaybackRow};

/// Ends the playback that the person had open anywhere, and opens one. What was covered so far comes along.
pub(crate) async fn open_playback(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    is_audio: bool,
) -> Result<(PlaybackRow, Ranges), BoardError> {
    let person = open.actor.person;
    watching::hold_viewer(tx, person).await?;
    start_task(tx, ambient, open).await?;
    let video = MicroVideoId::from_uuid(open.ref_id.ok_or(BoardError::WrongReference)?);
    let video = micro_videos::find(tx, video).await?.ok_or(BoardError::WrongReference)?;
    let now = ambient.now();
    watching::end_open(tx, person, now).await?;
    let playback = PlaybackRow {
        id: ambient.new_id(),
        task_id: open.task,
        class_id: open.class,
        micro_video_id: video.id,
        length_ms: u32::try_from(video.length_ms).unwrap_or(u32::MAX),
        mode: if is_audio { "audio" } else { "video" }.to_owned(),
        opened_at: now,
        ended_at: None,
        seen: Json(Ranges::default()),
        spent_ms: 0,
        credited_ms: 0,
    };
    watching::insert(tx, &playback, person).await?;
    let covered = progress::find(tx, open.task, person).await?.map(|row| row.covered.0).unwrap_or_default();
    Ok((playback, covered))
}
