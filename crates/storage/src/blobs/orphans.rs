//! Removing the files that no action kept.

use async_trait::async_trait;
use kernel::id::BlobId;
use kernel::{Ambient, Timestamp};

use super::error::BoxError;
use super::{Blobs, holds, rows, shares};
use crate::error::StorageError;
use crate::jobs::{Job, JobHandler, Kind};

/// The kind of job that [`CollectOrphans`] does.
pub const COLLECT_ORPHANS: Kind = Kind::heavy("storage.collect_orphans");

/// How long a file may be without anybody who wants it.
pub(super) const ORPHAN_SECONDS: i64 = 86_400;

/// A file can no longer be kept in its last hour, so that keeping and collecting never meet.
pub(super) const KEEPABLE_SECONDS: i64 = ORPHAN_SECONDS - 3_600;

const AT_ONCE: i64 = 100;
const DAYS_AT_ONCE: i64 = 500;

impl Blobs {
    /// Removes every file that was let go of or that nobody kept within a day; how many there were. It may be stopped anywhere and run again. A file that the
    /// store does not let go of holds up no other.
    pub async fn collect_orphans(&self, now: Timestamp) -> Result<usize, StorageError> {
        let until = now.plus_seconds(-ORPHAN_SECONDS);
        let (mut collected, mut refused) = (0, None);
        let mut after = None;
        loop {
            let mut conn = self.db().read().await?;
            if holds::is_held(&mut conn, now).await? {
                break;
            }
            let orphans = rows::orphans(&mut conn, until, after, AT_ONCE).await?;
            drop(conn);
            let Some(last) = orphans.last() else { break };
            after = Some((last.at, last.id));
            for orphan in orphans {
                match self.collect(orphan.id).await {
                    Ok(()) => collected += 1,
                    Err(error) => refused = Some(error),
                }
            }
        }
        refused.map_or(Ok(collected), Err)
    }

    /// Forgets what was sent on days that are over.
    async fn forget_days(&self, now: Timestamp) -> Result<(), StorageError> {
        loop {
            let mut tx = self.db().begin_write().await?;
            let forgotten = shares::forget(&mut tx, now, DAYS_AT_ONCE).await?;
            tx.commit().await?;
            if i64::try_from(forgotten).unwrap_or(i64::MAX) < DAYS_AT_ONCE {
                return Ok(());
            }
        }
    }

    pub(super) async fn collect(&self, id: BlobId) -> Result<(), StorageError> {
        // The bytes first: a row without bytes is found again, bytes without a row never.
        self.delete(id).await?;
        let mut tx = self.db().begin_write().await?;
        rows::delete_pending(&mut tx, id).await?;
        tx.commit().await
    }
}

/// Does the jobs of kind [`COLLECT_ORPHANS`].
pub struct CollectOrphans {
    pub blobs: Blobs,
    pub ambient: Ambient,
}

#[async_trait]
impl JobHandler for CollectOrphans {
    async fn run(&self, _job: &Job) -> Result<(), BoxError> {
        self.blobs.forget_days(self.ambient.now()).await?;
        let collected = self.blobs.collect_orphans(self.ambient.now()).await?;
        if collected > 0 {
            tracing::info!(collected, "files that nobody kept were removed");
        }
        Ok(())
    }
}
