//! What the grading of reflections asks of the board, and tells it.

use kernel::Timestamp;
use kernel::id::{PersonId, ReflectionId, TaskId};
use storage::{Conn, StorageError, Tx};

use crate::store;

/// Whether somebody has written a reflection for a task, handed in or not, wherever they learn by now.
pub async fn is_begun(conn: &mut Conn, task: TaskId, person: PersonId) -> Result<bool, StorageError> {
    Ok(store::reflections::find(conn, task, person).await?.is_some())
}

/// Takes the reflection for a change: who grades it or hands it in again meanwhile waits.
pub async fn hold(tx: &mut Tx, reflection: ReflectionId) -> Result<(), StorageError> {
    store::reflections::hold_by_id(tx, reflection).await.map(drop)
}

/// A reflection was graded: it stays as it was handed in. True when it was still open.
pub async fn close(tx: &mut Tx, reflection: ReflectionId, at: Timestamp) -> Result<bool, StorageError> {
    store::reflections::close(tx, reflection, at).await
}

/// A reflection was given back for revision: it may be changed and handed in again. True when it was closed.
pub async fn reopen(tx: &mut Tx, reflection: ReflectionId) -> Result<bool, StorageError> {
    store::reflections::reopen(tx, reflection).await
}
