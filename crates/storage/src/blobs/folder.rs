//! Files in a local folder: written beside, made durable, then moved to their place in one step.

use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use futures_util::StreamExt as _;
use kernel::id::BlobId;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};
use tokio_util::io::ReaderStream;

use super::error::{PutError, failed};
use super::incoming::Incoming;
use super::range::ByteRange;
use super::store::Store;
use super::{Content, key};
use crate::error::StorageError;

const CHUNK: usize = 64 * 1024;
const WRITE_CHUNK: usize = 1024 * 1024;

pub(super) struct Folder {
    root: PathBuf,
    free_space_floor: u64,
}

/// What is free on the disk of the files, and below what no upload is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreeSpace {
    pub bytes: u64,
    pub floor: u64,
}

impl FreeSpace {
    /// Whether so many more bytes leave the floor untouched.
    pub const fn holds(self, more: u64) -> bool {
        self.bytes.saturating_sub(more) >= self.floor
    }
}

/// A file that is being written; it goes when its writer goes away before the end.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // It is not there when it was moved to its place; what is left when this fails is removed together with the pending row.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Folder {
    pub fn new(root: PathBuf, free_space_floor: u64) -> Self {
        Self { root, free_space_floor }
    }

    fn unfinished(&self, id: BlobId) -> PathBuf {
        self.root.join(UNFINISHED).join(id.to_string())
    }
}

#[async_trait]
impl Store for Folder {
    fn free_space(&self) -> Result<Option<FreeSpace>, StorageError> {
        let disk = rustix::fs::statvfs(&self.root).map_err(failed)?;
        let bytes = disk.f_bavail.saturating_mul(disk.f_frsize);
        Ok(Some(FreeSpace { bytes, floor: self.free_space_floor }))
    }

    async fn prepare(&self) -> Result<(), StorageError> {
        tokio::fs::create_dir_all(self.root.join(UNFINISHED)).await.map_err(failed)
    }

    async fn ready(&self) -> Result<(), StorageError> {
        tokio::fs::metadata(self.root.join(UNFINISHED)).await.map(drop).map_err(failed)
    }

    async fn write(&self, id: BlobId, incoming: &mut Incoming<'_>) -> Result<(), PutError> {
        let unfinished = Unfinished(self.unfinished(id));
        write_all(&unfinished.0, incoming).await?;
        let (root, target) = (self.root.clone(), self.root.join(key(id)));
        tokio::task::spawn_blocking(move || move_durably(&unfinished.0, &root, &target))
            .await
            .map_err(failed)?
            .map_err(failed)?;
        Ok(())
    }

    async fn read(&self, id: BlobId, range: ByteRange) -> Result<Content, StorageError> {
        let mut file = File::open(self.root.join(key(id))).await.map_err(failed)?;
        file.seek(io::SeekFrom::Start(range.first)).await.map_err(failed)?;
        Ok(ReaderStream::with_capacity(file.take(range.len()), CHUNK).boxed())
    }

    async fn delete(&self, id: BlobId) -> Result<(), StorageError> {
        for path in [self.unfinished(id), self.root.join(key(id))] {
            match tokio::fs::remove_file(path).await {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
                _ => {}
            }
        }
        Ok(())
    }

    async fn is_empty(&self) -> Result<bool, StorageError> {
        let mut entries = match tokio::fs::read_dir(&self.root).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(failed(error)),
        };
        while let Some(entry) = entries.next_entry().await.map_err(failed)? {
            if entry.file_name() != UNFINISHED {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

const UNFINISHED: &str = "unfinished";

async fn write_all(path: &Path, incoming: &mut Incoming<'_>) -> Result<(), PutError> {
    let mut file = File::create(path).await.map_err(failed)?;
    while let Some(part) = incoming.next_part(WRITE_CHUNK).await? {
        file.write_all(&part).await.map_err(failed)?;
    }
    file.sync_all().await.map_err(failed)?;
    Ok(())
}

/// A rename is one step, but survives power loss only when the folders were written too.
fn move_durably(from: &Path, root: &Path, to: &Path) -> io::Result<()> {
    let folder = to.parent().unwrap_or(root);
    std::fs::create_dir_all(folder)?;
    std::fs::rename(from, to)?;
    for folder in folder.ancestors().take_while(|f| f.starts_with(root)) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
