//! How long events are kept: a client that was away for longer fetches its state anyway.

use kernel::Ambient;
use storage::{Db, StorageError};

use crate::store;

const DAYS: i64 = 30;

/// Removes events older than 30 days; the number of those removed. Numbers go on, so clients notice what is gone and
/// resync. Run it daily.
pub async fn remove_old_events(db: &Db, ambient: &Ambient) -> Result<u64, StorageError> {
    let mut tx = db.begin_write().await?;
    let removed = store::remove_events_before(&mut tx, ambient.now().plus_days(-DAYS)).await?;
    tx.commit().await?;
    Ok(removed)
}
