//! The allocation of a training, held for a change.

use kernel::id::TrainingId;
use storage::{Conn, StorageError, Tx};
use training_plan::training::{self, Closed};

use crate::error::Stale;
use crate::model::board_change::MOST_TOLD;
use crate::store::allocations::{self, AllocationRow};
use crate::store::changes;

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
pub(crate) async fn as_read<E>(
    tx: &mut Tx,
    training: TrainingId,
    row: &AllocationRow,
    read: i64,
) -> Result<(), E>
where
    E: From<StorageError> + From<Stale>,
{
    is_as_read(tx, training, row.version - 1, read).await
}

/// The same of a board that nobody has taken, by its version.
pub(crate) async fn is_as_read<E>(
    conn: &mut Conn,
    training: TrainingId,
    version: i64,
    read: i64,
) -> Result<(), E>
where
    E: From<StorageError> + From<Stale>,
{
    if version == read {
        return Ok(());
    }
    let since = changes::since(conn, training, read, MOST_TOLD).await?;
    let all = changes::count_since(conn, training, read).await?;
    Err(Stale { since, all }.into())
}
