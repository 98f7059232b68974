//! What can be done with classes, one file per action.

pub mod assign_staff;
pub mod charter;
pub mod class_page;
pub mod draft;
pub mod lock;
pub mod move_learner;
pub mod opening;
pub mod publish;
pub mod roster;
pub mod run;
mod welcome;

use kernel::Ambient;
use kernel::id::{PersonId, TrainingId};
use storage::{StorageError, Tx, audit};

/// Notes a change in the training's audit chain; the last thing that an action does.
pub(crate) async fn note(
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
