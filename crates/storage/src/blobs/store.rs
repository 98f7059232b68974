//! What a place for files has to do. Its futures are boxed, so that what is behind them is compiled once, here.

use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::BlobId;

use super::Content;
use super::disposition::Disposition;
use super::error::PutError;
use super::folder::FreeSpace;
use super::incoming::Incoming;
use super::range::ByteRange;
use super::rows::Blob;
use crate::error::StorageError;

#[async_trait]
pub(super) trait Store: Send + Sync {
    /// Makes the folder or the bucket if it is absent.
    async fn prepare(&self) -> Result<(), StorageError>;

    /// Whether the place answers.
    async fn ready(&self) -> Result<(), StorageError>;

    /// Whether nothing is kept in the place yet.
    async fn is_empty(&self) -> Result<bool, StorageError>;

    /// What is free in the place; nothing when that is not this machine's disk.
    fn free_space(&self) -> Result<Option<FreeSpace>, StorageError> {
        Ok(None)
    }

    async fn write(&self, id: BlobId, incoming: &mut Incoming<'_>) -> Result<(), PutError>;

    async fn read(&self, id: BlobId, range: ByteRange) -> Result<Content, StorageError>;

    /// Removes the bytes, whole or unfinished; does nothing when there are none.
    async fn delete(&self, id: BlobId) -> Result<(), StorageError>;

    /// The place's own address of a file, for so many seconds if it lets them be so many; nothing where this server gives its files out.
    async fn own_address(
        &self,
        _blob: &Blob,
        _disposition: Disposition,
        _now: Timestamp,
        _seconds: i64,
    ) -> Result<Option<String>, StorageError> {
        Ok(None)
    }
}
