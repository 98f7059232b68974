//! What people do here, one file for each action.

pub(crate) mod attempts;
pub(crate) mod calendar;
pub(crate) mod close_training;
pub(crate) mod compute_results;
pub(crate) mod evaluate;
pub(crate) mod papers;
pub(crate) mod reviews;
pub(crate) mod rubrics;
pub(crate) mod schemes;
pub(crate) mod standing;
pub(crate) mod submissions;

use kernel::Ambient;
use kernel::id::{PersonId, TrainingId};
use storage::{StorageError, Tx, audit};

/// Notes who did what in a training's chain; called last in an action.
async fn note(
    tx: &mut Tx,
    ambient: &Ambient,
    (training, person): (TrainingId, PersonId),
    action: &str,
    object: String,
    detail: serde_json::Value,
) -> Result<(), StorageError> {
    let entry = audit::Entry { chain: training.to_string(), person: Some(person), action, object, detail };
    audit::append(tx, ambient, entry).await
}
