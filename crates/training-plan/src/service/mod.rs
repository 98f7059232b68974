//! What people do with trainings, plans and invitations: one action, one transaction.

pub(crate) mod answer_invitation;
pub(crate) mod create_training;
pub(crate) mod decide_plan;
pub(crate) mod invite_staff;
pub(crate) mod save_plan;
pub(crate) mod submit_plan;

use kernel::Ambient;
use kernel::id::{PersonId, TrainingId};
use storage::{StorageError, Tx, audit};

/// The last write of an action in a training.
async fn note(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    by: PersonId,
    action: &str,
    object: String,
    detail: serde_json::Value,
) -> Result<(), StorageError> {
    let entry = audit::Entry { chain: training.to_string(), person: Some(by), action, object, detail };
    audit::append(tx, ambient, entry).await
}
