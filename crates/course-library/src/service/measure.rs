//! Looks into an uploaded MP4: whether browsers play it, how long it is and how large; and lets a player begin before all of it has come.

use kernel::Ambient;
use storage::blobs::mp4::{Movie, Mp4Error};
use storage::blobs::{Blob, Blobs, MovieError};

use crate::error::LibraryError;
use crate::model::limits::{MICRO_VIDEO, MOST_SECONDS, RESOURCE};

/// The video with its movie box first, which is the file that was sent unless that had it last, as cameras write it.
#[tracing::instrument(name = "course_library.measure", skip_all, fields(blob.id = %blob.id))]
pub(crate) async fn measure(
    blobs: &Blobs,
    ambient: &Ambient,
    blob: Blob,
) -> Result<(Blob, Movie), LibraryError> {
    let measured = blobs.measure(&blob).await?;
    let movie = measured.movie;
    let seconds = movie.length_ms / 1000;
    if seconds > MOST_SECONDS {
        return Err(LibraryError::TooLong { seconds });
    }
    let blob = blobs.with_box_first(ambient, &MICRO_VIDEO, blob, measured).await?;
    Ok((blob, movie))
}

/// A file of the extension library: a video is one that browsers play, with its movie box first, and as long as it is. What does not tell how
/// it is coded stays as it is, like any other file.
pub(crate) async fn playable(blobs: &Blobs, ambient: &Ambient, blob: Blob) -> Result<Blob, LibraryError> {
    if blob.content_type != "video/mp4" {
        return Ok(blob);
    }
    match blobs.measure(&blob).await {
        Ok(measured) => Ok(blobs.with_box_first(ambient, &RESOURCE, blob, measured).await?),
        Err(MovieError::Mp4(coding @ (Mp4Error::Hevc | Mp4Error::Picture | Mp4Error::Sound))) => {
            Err(coding.into())
        }
        Err(MovieError::Mp4(_)) => Ok(blob),
        Err(MovieError::Storage(error)) => Err(error.into()),
    }
}
