//! What can go wrong with files.

use crate::error::StorageError;

/// An error of somebody else's making: the sender's stream, the disk, the object store.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a file was not taken in. Nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    #[error("the file is larger than {most_bytes} bytes")]
    TooLarge { most_bytes: u64 },
    #[error("the file is empty")]
    Empty,
    /// The bytes are of another kind than the use accepts; nothing when they are of no kind that we know.
    #[error("files of this kind are not accepted")]
    ContentType { found: Option<&'static str>, accepted: &'static [&'static str] },
    /// The sender has used up the day's share; the next one begins in so many seconds.
    #[error("the share of {bytes_a_day} bytes a day is used up")]
    ShareUsed { bytes_a_day: u64, again_in: i64 },
    /// What is left of the disk is kept for the database and for what is under way.
    #[error("too little space is left")]
    NoRoom,
    /// The sender went away before the end.
    #[error("the upload was cut")]
    Cut(#[source] BoxError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why a file is not given out.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("no such file")]
    Missing,
    /// 416, with the size for `Content-Range`.
    #[error("the range lies beyond the end of the file")]
    Unsatisfiable { size: u64 },
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The object store or the disk failed.
pub(super) fn failed(error: impl Into<BoxError>) -> StorageError {
    StorageError::Blobs(error.into())
}
