//! A micro-video gets another title, is withdrawn from the choice, or comes back.

use kernel::Ambient;
use kernel::id::MicroVideoId;
use storage::Tx;
use training_plan::access::{Granted, Guide};

use super::relied;
use crate::error::LibraryError;
use crate::store::micro_videos::{self, MicroVideo, MicroVideoState};

/// A withdrawn micro-video can no longer be chosen for a task; tasks that name it keep playing it.
pub(crate) async fn edit_micro_video(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    id: MicroVideoId,
    version: i64,
    title: &str,
    is_withdrawn: bool,
) -> Result<MicroVideo, LibraryError> {
    relied(tx, expert.training).await?;
    let state = if is_withdrawn { MicroVideoState::Withdrawn } else { MicroVideoState::Ready };
    if !micro_videos::edit(tx, id, version, title, state).await? {
        return Err(LibraryError::Stale);
    }
    let detail = serde_json::json!({ "state": state });
    let by = expert.actor.person;
    super::note(tx, ambient, expert.training, by, "course_library.edit_micro_video", id.to_string(), detail)
        .await?;
    micro_videos::find(tx, id).await?.ok_or(LibraryError::NoSuchMicroVideo)
}
