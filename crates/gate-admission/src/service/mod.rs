//! What people do at the gate: one action, one transaction.

pub(crate) mod decide;
pub(crate) mod publish_notice;
pub(crate) mod recommend;
pub(crate) mod save_application;
pub(crate) mod save_notice;
pub(crate) mod submit_application;
pub(crate) mod withdraw_application;

use kernel::Ambient;
use kernel::id::{PersonId, TrainingId};
use storage::{StorageError, Tx, audit};

/// The last write of an action at a training's gate.
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
