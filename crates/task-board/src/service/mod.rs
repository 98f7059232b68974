//! What people do on the board, one file per action.

pub(crate) mod announce;
pub(crate) mod change_list;
pub(crate) mod change_tasks;
pub(crate) mod claim_list;
pub(crate) mod create_list;
pub(crate) mod finish_reading;
pub(crate) mod open_playback;
pub(crate) mod report_watching;
pub(crate) mod save_settings;
pub(crate) mod start_task;
pub(crate) mod write_reflection;

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
