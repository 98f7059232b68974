//! What people do with the library, one file per action.

pub(crate) mod add_micro_video;
pub(crate) mod add_resource;
pub(crate) mod dress_micro_video;
pub(crate) mod edit_micro_video;
pub(crate) mod measure;
pub(crate) mod remove_resource;

use kernel::Ambient;
use kernel::id::{PersonId, TrainingId};
use storage::{StorageError, Tx, audit};

/// The audit entry of an action; always the last thing it writes.
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
