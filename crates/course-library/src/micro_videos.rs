//! Micro-videos as later areas meet them.

use kernel::id::MicroVideoId;
use storage::{Conn, StorageError};

pub use crate::store::micro_videos::MicroVideo;

/// One micro-video, or none with this id. Withdrawn ones are found too: tasks that name them still play.
pub async fn find(conn: &mut Conn, id: MicroVideoId) -> Result<Option<MicroVideo>, StorageError> {
    crate::store::micro_videos::find(conn, id).await
}
