//! The name of the database's event history, and its change when history is lost.

use kernel::Ambient;
use storage::{Db, StorageError, Tx};

use crate::store;

/// The epoch of this database; made at first use, by whichever process comes first.
pub(crate) async fn current(db: &Db, ambient: &Ambient) -> Result<String, StorageError> {
    if let Some(epoch) = store::epoch(&mut db.read().await?).await? {
        return Ok(epoch);
    }
    let mut tx = db.begin_write().await?;
    store::begin_epoch(&mut tx, &random(ambient)).await?;
    let epoch = store::epoch(&mut tx).await?.ok_or(StorageError::RowMissing)?;
    tx.commit().await?;
    Ok(epoch)
}

/// Begins a new epoch: every client that remembers numbers will fetch its state anew. To be called when a backup is
/// restored and before the server starts, because the restored counters repeat numbers that clients have already seen.
/// Unused tickets go with it: their sessions belong to the lost history.
pub async fn renew_epoch(tx: &mut Tx, ambient: &Ambient) -> Result<(), StorageError> {
    store::replace_epoch(tx, &random(ambient)).await?;
    store::remove_all_tickets(tx).await
}

fn random(ambient: &Ambient) -> String {
    hex::encode(ambient.random_bytes::<12>())
}
