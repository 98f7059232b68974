//! What later stages ask of classes.

use kernel::id::{ClassId, PersonId, TrainingId};
use storage::{Conn, StorageError};

use crate::store;

/// The published class in which somebody learns in a training.
pub async fn of_learner(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<ClassId>, StorageError> {
    store::classes::of_learner(conn, training, person).await
}
