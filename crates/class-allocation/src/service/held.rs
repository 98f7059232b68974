//! The allocation of a training, held for a change.

use kernel::id::TrainingId;
use storage::{Conn, StorageError, Tx};
use training_plan::training::{self, Closed};

use crate::error::Stale;
use crate::store::allocations::{self, AllocationRow};

/// Holds the training and then its allocation: who is admitted and who leads along does not change under the change.
pub(crate) async fn take(tx: &mut Tx, training: TrainingId) -> Result<Option<AllocationRow>, StorageError> {
    training::hold(tx, training).await?;
    allocations::take(tx, training).await
}

/// The same, refused once the training is over.
pub(crate) async fn take_open<E>(tx: &mut Tx, training: TrainingId) -> Result<Option<AllocationRow>, E>
where
    E: From<StorageError> + From<Closed>,
{
    if let Some(found) = training::hold(tx, training).await? {
        found.not_over()?;
    }
    Ok(allocations::take(tx, training).await?)
}

/// The same as it stands, held by nobody.
pub(crate) async fn look_open<E>(conn: &mut Conn, training: TrainingId) -> Result<Option<AllocationRow>, E>
where
    E: From<StorageError> + From<Closed>,
{
    if let Some(found) = training::find(conn, training).await? {
        found.not_over()?;
    }
    Ok(allocations::find(conn, training).await?)
}

/// Refuses when the board has changed since it was read. The row is the one that was just taken, which raised its version.
pub(crate) fn as_read(row: &AllocationRow, read: i64) -> Result<(), Stale> {
    if row.version == read + 1 { Ok(()) } else { Err(Stale) }
}

/// The same of a row that nobody has taken.
pub(crate) fn is_as_read(row: &AllocationRow, read: i64) -> Result<(), Stale> {
    if row.version == read { Ok(()) } else { Err(Stale) }
}
