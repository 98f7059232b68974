//! A learner begins to watch: the one playback that counts for them is this one.

use kernel::Ambient;
use kernel::id::MicroVideoId;
use storage::Tx;

use super::start_task::start_task;
use crate::access::OpenTask;
use crate::error::BoardError;
use crate::model::Ranges;
use crate::store::watching::{self, NewPlayback};

/// Ends the playback that the person had open anywhere, and opens one. What was covered so far comes along.
pub(crate) async fn open_playback(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    is_audio: bool,
) -> Result<(NewPlayback, Ranges), BoardError> {
    start_task(tx, ambient, open).await?;
    let person = open.actor.person;
    let (Some(video), Some(length_ms)) = (open.ref_id, open.video_ms) else {
        return Err(BoardError::WrongReference);
    };
    let now = ambient.now();
    watching::end_open(tx, person, now).await?;
    let playback = NewPlayback {
        id: ambient.new_id(),
        task: open.task,
        person,
        class: open.class,
        micro_video: MicroVideoId::from_uuid(video),
        length_ms,
        mode: if is_audio { "audio" } else { "video" },
        at: now,
    };
    let covered = watching::insert(tx, &playback).await?;
    Ok((playback, covered))
}
