//! What of this crate's own rows is deleted when it can be of no more use; and how everything is deleted: in small bites, and not too many
//! of them at a time.

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use kernel::Ambient;

use super::{Job, JobHandler, Kind, enqueue, rows};
use crate::conn::Tx;
use crate::db::Db;
use crate::error::StorageError;
use crate::idempotency;

/// Done jobs are of interest while somebody may ask whether they ran.
const DONE_KEPT_DAYS: i64 = 7;
/// Phones stay away for weeks: their repeated requests still get the first answer.
const ANSWERS_KEPT_DAYS: i64 = 30;
/// Rows that one transaction deletes: nobody waits long for it.
const BATCH: i64 = 500;
/// So many such transactions of one sort in one run: a chore stays a quick job, however much there is.
const BATCHES: u64 = 20;

/// What a chore has deleted of one sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deleted {
    pub rows: u64,
    /// It stopped before it found the end.
    pub is_more: bool,
}

/// Calls `delete` in one short transaction after the other, each with the most rows that it may delete, until it finds fewer, or has
/// done enough for one run (then [`go_on`]). Others get their turn in between.
pub async fn in_batches(
    db: &Db,
    delete: impl for<'t> Fn(&'t mut Tx, i64) -> BoxFuture<'t, Result<u64, StorageError>> + Send + Sync,
) -> Result<Deleted, StorageError> {
    let mut rows = 0;
    for _ in 0..BATCHES {
        let mut tx = db.begin_write().await?;
        let count = delete(&mut tx, BATCH).await?;
        tx.commit().await?;
        rows += count;
        if count < BATCH.unsigned_abs() {
            return Ok(Deleted { rows, is_more: false });
        }
    }
    Ok(Deleted { rows, is_more: true })
}

/// Enqueues a chore once more when one of its sorts has not come to its end.
pub async fn go_on(
    db: &Db,
    ambient: &Ambient,
    kind: Kind,
    deleted: impl IntoIterator<Item = Deleted>,
) -> Result<(), StorageError> {
    if !deleted.into_iter().any(|sort| sort.is_more) {
        return Ok(());
    }
    let mut tx = db.begin_write().await?;
    enqueue(&mut tx, ambient, kind, &serde_json::json!({}), ambient.now()).await?;
    tx.commit().await
}

/// The kind of job that [`Tidy`] does.
pub const TIDY: Kind = Kind::quick("storage.tidy");

/// Forgets done jobs and old answers.
pub struct Tidy {
    pub db: Db,
    pub ambient: Ambient,
}

#[async_trait]
impl JobHandler for Tidy {
    async fn run(&self, _job: &Job) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let now = self.ambient.now();
        let (done, answered) = (now.plus_days(-DONE_KEPT_DAYS), now.plus_days(-ANSWERS_KEPT_DAYS));
        let deleted = [
            in_batches(&self.db, |tx, most| Box::pin(rows::forget_done(tx, done, most))).await?,
            in_batches(&self.db, |tx, most| Box::pin(idempotency::forget(tx, answered, most))).await?,
        ];
        Ok(go_on(&self.db, &self.ambient, TIDY, deleted).await?)
    }
}
