//! Reads how long an uploaded MP4 is, a few small pieces at a time: the movie box may stand at either end of the file.

use futures_util::TryStreamExt as _;
use storage::StorageError;
use storage::blobs::{Blob, Blobs, ByteRange};

use crate::error::LibraryError;
use crate::model::limits::MOST_SECONDS;
use crate::model::mp4::{self, HEAD_BYTES, MOST_MOVIE_BYTES, Movie, Mp4Error};

/// Boxes at the top of a file; a fragmented one would have thousands.
const MOST_BOXES: usize = 64;

#[tracing::instrument(name = "course_library.measure", skip_all, fields(blob.id = %blob.id))]
pub(crate) async fn measure(blobs: &Blobs, blob: &Blob) -> Result<Movie, LibraryError> {
    let movie = find_movie(blobs, blob).await?;
    let seconds = movie.length_ms / 1000;
    if seconds > MOST_SECONDS {
        return Err(LibraryError::TooLong { seconds });
    }
    Ok(movie)
}

async fn find_movie(blobs: &Blobs, blob: &Blob) -> Result<Movie, LibraryError> {
    let mut at = 0;
    for _ in 0..MOST_BOXES {
        let left = blob.size - at;
        if left == 0 {
            break;
        }
        let start = read(blobs, blob, at, left.min(HEAD_BYTES)).await?;
        let head = mp4::box_head(&start, left)?;
        if &head.kind == b"moov" {
            if head.size > MOST_MOVIE_BYTES {
                return Err(Mp4Error::Broken.into());
            }
            let content = read(blobs, blob, at + head.head, head.size - head.head).await?;
            return Ok(mp4::movie(&content)?);
        }
        at += head.size;
    }
    Err(Mp4Error::NoMovie.into())
}

async fn read(blobs: &Blobs, blob: &Blob, first: u64, length: u64) -> Result<Vec<u8>, LibraryError> {
    if length == 0 {
        return Ok(Vec::new());
    }
    let part = ByteRange { first, last: first + length - 1 };
    let content = blobs.get(blob, Some(part)).await?;
    let pieces: Vec<_> = content.try_collect().await.map_err(|error| StorageError::Blobs(Box::new(error)))?;
    Ok(pieces.concat())
}
