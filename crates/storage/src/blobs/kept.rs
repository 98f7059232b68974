//! All kept files, looked through: whether their bytes are there and are what they were.

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use kernel::id::BlobId;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::error::{PutError, failed};
use super::incoming::Incoming;
use super::rows::{self, Blob};
use super::{Blobs, Content};
use crate::error::StorageError;

const AT_ONCE: i64 = 200;

/// Files whose bytes are good, and those whose bytes are not.
#[derive(Debug, Default)]
pub struct CheckedFiles {
    pub good: u64,
    pub wrong: Vec<BlobId>,
}

impl Blobs {
    /// Reads every kept file and compares its bytes with their hash.
    pub async fn check_kept(&self) -> Result<CheckedFiles, StorageError> {
        let mut checked = CheckedFiles::default();
        let mut after = BlobId::from_uuid(Uuid::nil());
        loop {
            let blobs = rows::kept_after(&mut self.db().read().await?, after, AT_ONCE).await?;
            let Some(last) = blobs.last() else { return Ok(checked) };
            after = last.id;
            for blob in &blobs {
                if self.is_whole(blob).await {
                    checked.good += 1;
                } else {
                    checked.wrong.push(blob.id);
                }
            }
        }
    }

    /// Puts the bytes of a file back whose row is restored. They must be those that it had.
    pub async fn put_back(&self, id: BlobId, sha256: &[u8], content: Content) -> Result<(), PutError> {
        let mut incoming = Incoming::new(content, u64::MAX);
        self.store().write(id, &mut incoming).await?;
        let (_, measured) = incoming.measured();
        if measured != sha256 {
            return Err(failed(format!("the bytes of {id} are not those that it had")).into());
        }
        Ok(())
    }

    /// Whether nothing is kept in the place yet.
    pub fn is_empty(&self) -> BoxFuture<'_, Result<bool, StorageError>> {
        self.store().is_empty()
    }

    /// Whether the bytes are there and have the hash that they had.
    async fn is_whole(&self, blob: &Blob) -> bool {
        let Ok(mut content) = self.get(blob, None).await else { return false };
        let mut hasher = Sha256::new();
        while let Some(chunk) = content.next().await {
            let Ok(chunk) = chunk else { return false };
            hasher.update(&chunk);
        }
        hasher.finalize()[..] == blob.sha256[..]
    }
}
