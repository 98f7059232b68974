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
pub(crate) mod settle_attempts;
pub(crate) mod standing;
pub(crate) mod submissions;

use kernel::id::TrainingId;
use storage::audit::of_training as note;
use storage::{StorageError, Tx};
use training_plan::training::{self, Closed};

/// What experts and leads prepare, they prepare for a training that is not over, and is not ended until the commit.
async fn relied<E: From<StorageError> + From<Closed>>(tx: &mut Tx, training: TrainingId) -> Result<(), E> {
    if let Some(state) = training::relied_state(tx, training).await? {
        state.not_over()?;
    }
    Ok(())
}
