//! MP4 files that are here: measured in a few small pieces, as the movie box may stand at either end; and with that box brought to their
//! start, so that a player begins before all of the file has come.

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use kernel::Ambient;

use super::content_type::Limits;
use super::error::PutError;
use super::incoming::Incoming;
use super::mp4::{self, HEAD_BYTES, MOST_MOVIE_BYTES, Movie, Mp4Error};
use super::range::ByteRange;
use super::rows::Blob;
use super::{Blobs, Content};
use crate::error::StorageError;

/// Boxes at the top of a file; a fragmented one would have thousands.
const MOST_BOXES: usize = 64;

/// Why nothing is known of a movie.
#[derive(Debug, thiserror::Error)]
pub enum MovieError {
    #[error(transparent)]
    Mp4(#[from] Mp4Error),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A movie in its file.
#[derive(Debug, Clone)]
pub struct Measured {
    pub movie: Movie,
    /// Its box, where that stands behind the pictures.
    late: Option<LateBox>,
}

#[derive(Debug, Clone)]
struct LateBox {
    content: Vec<u8>,
    /// The box as it lies in the file.
    at: u64,
    size: u64,
    /// Where it belongs: behind the box that says what kind of file it is.
    place: u64,
}

impl Blobs {
    /// Reads what the movie box of a file says.
    pub async fn measure(&self, blob: &Blob) -> Result<Measured, MovieError> {
        let (mut at, mut place, mut has_pictures) = (0, 0, false);
        for _ in 0..MOST_BOXES {
            let left = blob.size - at;
            if left == 0 {
                break;
            }
            let head = mp4::box_head(&self.read(blob, at, HEAD_BYTES).await?, left)?;
            match &head.kind {
                b"moov" if head.size > MOST_MOVIE_BYTES => return Err(Mp4Error::Broken.into()),
                b"moov" => {
                    let content = self.read(blob, at + head.head, head.size - head.head).await?;
                    let movie = mp4::movie(&content)?;
                    let late = has_pictures.then_some(LateBox { content, at, size: head.size, place });
                    return Ok(Measured { movie, late });
                }
                b"ftyp" => place = at + head.size,
                b"mdat" => has_pictures = true,
                _ => {}
            }
            at += head.size;
        }
        Err(Mp4Error::NoMovie.into())
    }

    /// The same movie with its box before the pictures: the file itself where it stands there already, else a new one, pending too, in place
    /// of the old.
    pub async fn with_box_first(
        &self,
        ambient: &Ambient,
        limits: &Limits,
        blob: Blob,
        measured: Measured,
    ) -> Result<Blob, PutError> {
        let Some(LateBox { mut content, at, size, place }) = measured.late else { return Ok(blob) };
        let head = u32::try_from(content.len() + 8).unwrap_or(u32::MAX);
        // A head of the long form becomes one of the short.
        if mp4::shift_chunks(&mut content, place, at, head.into()).is_err() {
            return Ok(blob);
        }
        if self.free_space()?.is_some_and(|free| !free.holds(blob.size)) {
            return Err(PutError::NoRoom);
        }
        let moov = [&head.to_be_bytes()[..], b"moov", &content].concat();
        let moved = self
            .part(&blob, 0, place)
            .await?
            .chain(stream::iter([Ok(Bytes::from(moov))]))
            .chain(self.part(&blob, place, at).await?)
            .chain(self.part(&blob, at + size, blob.size).await?);
        let incoming = Incoming::new(moved, limits.most_bytes);
        let new = self.take_in(ambient, limits, &blob.file_name, incoming).await?;
        self.collect(blob.id).await?;
        Ok(new)
    }

    async fn part(&self, blob: &Blob, first: u64, end: u64) -> Result<Content, StorageError> {
        if first >= end {
            return Ok(stream::empty().boxed());
        }
        self.get(blob, Some(ByteRange { first, last: end - 1 })).await
    }
}
