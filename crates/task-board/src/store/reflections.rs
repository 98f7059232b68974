//! Reflections: what is being written, what was handed in.

use kernel::Timestamp;
use kernel::id::ReflectionId;
use storage::{StorageError, Tx, sql};

pub(crate) async fn close(tx: &mut Tx, id: ReflectionId, at: Timestamp) -> Result<bool, StorageError> {
    let closed = sql("update reflections set closed_at = $2 \
         where id = $1 and closed_at is null and submitted_at is not null")
    .bind(id)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(closed == 1)
}

pub(crate) async fn reopen(tx: &mut Tx, id: ReflectionId) -> Result<bool, StorageError> {
    let opened = sql("update reflections set closed_at = null where id = $1 and closed_at is not null")
        .bind(id)
        .exec(tx)
        .await?;
    Ok(opened == 1)
}
