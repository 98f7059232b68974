//! What of this crate's own rows is deleted when it can be of no more use; and how everything is deleted: in small bites.

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use kernel::Ambient;

use super::{Job, JobHandler, Kind, rows};
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

/// Calls `delete` in one short transaction after the other, each with the most rows that it may delete, until it finds fewer; the number
/// of rows deleted. Others get their turn in between.
pub async fn in_batches(
    db: &Db,
    delete: impl for<'t> Fn(&'t mut Tx, i64) -> BoxFuture<'t, Result<u64, StorageError>> + Send + Sync,
) -> Result<u64, StorageError> {
    let mut deleted = 0;
    loop {
        let mut tx = db.begin_write().await?;
        let count = delete(&mut tx, BATCH).await?;
        tx.commit().await?;
        deleted += count;
        if count < BATCH.unsigned_abs() {
            return Ok(deleted);
        }
    }
}

/// The kind of job that [`Tidy`] does.
pub const TIDY: Kind = Kind::heavy("storage.tidy");

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
        in_batches(&self.db, |tx, most| Box::pin(rows::forget_done(tx, done, most))).await?;
        in_batches(&self.db, |tx, most| Box::pin(idempotency::forget(tx, answered, most))).await?;
        Ok(())
    }
}
