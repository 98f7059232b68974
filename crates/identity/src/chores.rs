//! What is deleted when it can be of no more use.

use kernel::Timestamp;
use storage::{StorageError, Tx};

use crate::store::{first_use, rosters, sessions};

/// Ended sessions stay a month for whoever looks into a theft.
const SESSIONS_KEPT_DAYS: i64 = 30;
/// Rosters hold what people typed, sealed; after three months nobody hands out links from them.
const ROSTERS_KEPT_DAYS: i64 = 90;

/// Deletes old sessions, links and rosters. Call it now and then.
pub async fn tidy(tx: &mut Tx, now: Timestamp) -> Result<(), StorageError> {
    sessions::forget(tx, now.plus_days(-SESSIONS_KEPT_DAYS)).await?;
    first_use::forget(tx, now.plus_days(-SESSIONS_KEPT_DAYS)).await?;
    rosters::forget(tx, now.plus_days(-ROSTERS_KEPT_DAYS)).await?;
    Ok(())
}
