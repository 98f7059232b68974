//! What can go wrong in the library.

use storage::StorageError;
use storage::blobs::mp4::Mp4Error;
use storage::blobs::{MovieError, PutError};
use training_plan::training::Closed;

use crate::model::subtitles::SubtitleError;

#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("no such micro-video")]
    NoSuchMicroVideo,
    #[error("no such resource")]
    NoSuchResource,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("the file is gone or belongs to another action")]
    NoFile,
    #[error("the file is not an mp4 that plays")]
    NotAMovie(#[from] Mp4Error),
    #[error("the subtitles are not taken")]
    Subtitles(#[from] SubtitleError),
    #[error("the movie is {seconds} seconds long")]
    TooLong { seconds: u64 },
    #[error("somebody else changed it meanwhile")]
    Stale,
    #[error("the file was not taken in")]
    Put(#[from] PutError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<MovieError> for LibraryError {
    fn from(error: MovieError) -> Self {
        match error {
            MovieError::Mp4(error) => error.into(),
            MovieError::Storage(error) => error.into(),
        }
    }
}
