//! What people do with batches, certificates and the ledger: one action, one transaction.

pub(crate) mod change_draft;
pub(crate) mod check;
pub(crate) mod decide_batch;
pub(crate) mod decide_change;
pub(crate) mod issue_batch;
pub(crate) mod make_batch;
pub(crate) mod propose_change;
pub(crate) mod reserve;
pub(crate) mod submit_batch;

use kernel::TimeZone;
use kernel::id::{CertificateBatchId, TrainingId};
use storage::audit::of_training as note;
use storage::{Conn, StorageError, Tx};

use crate::error::BatchActionError;
use crate::model::CertificateBatch;
use crate::store;

/// The batch, in the version that the caller read.
async fn take_as_read(
    tx: &mut Tx,
    batch: CertificateBatchId,
    read: i64,
) -> Result<CertificateBatch, BatchActionError> {
    let taken = store::batches::take(tx, batch).await?.ok_or(BatchActionError::NoSuchBatch)?;
    if taken.version == read { Ok(taken.batch) } else { Err(BatchActionError::Stale) }
}

/// The batch as it is now, where the action means the same whatever has changed.
async fn take(tx: &mut Tx, batch: CertificateBatchId) -> Result<CertificateBatch, BatchActionError> {
    Ok(store::batches::take(tx, batch).await?.ok_or(BatchActionError::NoSuchBatch)?.batch)
}

/// The calendar in which the certificate's day is written.
pub(crate) async fn zone_of(conn: &mut Conn, training: TrainingId) -> Result<TimeZone, StorageError> {
    let training = training_plan::training::find(conn, training).await?;
    Ok(training.ok_or(StorageError::RowMissing)?.time_zone)
}
