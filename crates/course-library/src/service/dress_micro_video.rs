//! A micro-video gets its poster or its subtitles; what it had before, and was seen, is let go.

use kernel::Ambient;
use kernel::id::MicroVideoId;
use storage::Tx;
use storage::blobs::{Blob, Blobs};
use training_plan::access::{Granted, Guide};

use super::relied;
use crate::error::LibraryError;
use crate::model::limits::AREA;
use crate::store::micro_videos::{self, MicroVideo};

/// Which file is given.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Piece {
    Poster,
    Subtitles,
}

pub(crate) async fn dress_micro_video(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    (id, version): (MicroVideoId, i64),
    piece: Piece,
    blob: &Blob,
) -> Result<MicroVideo, LibraryError> {
    relied(tx, expert.training).await?;
    let new = Blobs::keep(tx, ambient, AREA, blob.id).await?.ok_or(LibraryError::NoFile)?.id;
    let before = micro_videos::hold(tx, id, version).await?.ok_or(LibraryError::Stale)?;
    let old = match piece {
        Piece::Poster => {
            micro_videos::set_poster(tx, id, new).await?;
            before.poster_blob_id
        }
        Piece::Subtitles => {
            micro_videos::set_subtitles(tx, id, new).await?;
            before.subtitles_blob_id
        }
    };
    if let Some(old) = old {
        Blobs::release(tx, ambient, old).await?;
    }
    let action = match piece {
        Piece::Poster => "course_library.set_poster",
        Piece::Subtitles => "course_library.set_subtitles",
    };
    let by = expert.actor.person;
    super::note(tx, ambient, expert.training, by, action, id.to_string(), serde_json::json!({})).await?;
    micro_videos::find(tx, id).await?.ok_or(LibraryError::NoSuchMicroVideo)
}
