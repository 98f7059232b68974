//! Fixing the classes before they are published, and loosening them again.

use kernel::Ambient;
use kernel::id::{PersonId, TrainingId};
use storage::Tx;

use super::{held, note};
use crate::error::AllocationError;
use crate::model::board_change::BoardChangeKind;
use crate::store::changes::NewChange;
use crate::store::{allocations, changes, placements};

/// Nobody is moved any more; who leads may still change.
pub async fn lock(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    by: PersonId,
    read: i64,
) -> Result<(), AllocationError> {
    let row =
        held::take_open::<AllocationError>(tx, training).await?.ok_or(AllocationError::NothingAllocated)?;
    let state = row.state.lock()?;
    held::as_read::<AllocationError>(tx, training, &row, read).await?;
    placements::free_withdrawn(tx, training).await?;
    allocations::set_state(tx, training, state, Some(ambient.now()), None).await?;
    let locked = NewChange::of_board(training, row.version, BoardChangeKind::Locked, by);
    changes::keep(tx, locked, ambient.now()).await?;
    let detail = serde_json::json!({ "version": row.version });
    note(tx, ambient, training, by, "class_allocation.lock", training.to_string(), detail).await?;
    Ok(())
}

pub async fn unlock(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    by: PersonId,
    read: i64,
) -> Result<(), AllocationError> {
    let row =
        held::take_open::<AllocationError>(tx, training).await?.ok_or(AllocationError::NothingAllocated)?;
    let state = row.state.unlock()?;
    held::as_read::<AllocationError>(tx, training, &row, read).await?;
    allocations::set_state(tx, training, state, None, None).await?;
    let unlocked = NewChange::of_board(training, row.version, BoardChangeKind::Unlocked, by);
    changes::keep(tx, unlocked, ambient.now()).await?;
    let detail = serde_json::json!({ "version": row.version });
    note(tx, ambient, training, by, "class_allocation.unlock", training.to_string(), detail).await?;
    Ok(())
}
