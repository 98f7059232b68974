//! The allocation of a training, held for a change.

use kernel::id::TrainingId;
use storage::{StorageError, Tx};
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

/// Refuses when the board has changed since it was read. The row is the one that was just taken, which raised its version.
pub(crate) fn as_read(row: &AllocationRow, read: i64) -> Result<(), Stale> {
    if row.version == read + 1 { Ok(()) } else { Err(Stale) }
}
