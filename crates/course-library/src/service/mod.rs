//! What people do with the library, one file per action.

pub(crate) mod add_micro_video;
pub(crate) mod add_resource;
pub(crate) mod dress_micro_video;
pub(crate) mod edit_micro_video;
pub(crate) mod measure;
pub(crate) mod remove_resource;

use kernel::id::TrainingId;
use storage::Tx;
use storage::audit::of_training as note;
use training_plan::training;

use crate::error::LibraryError;

/// What is put into the library is for a training that is not over, and is not ended until the commit.
async fn relied(tx: &mut Tx, training: TrainingId) -> Result<(), LibraryError> {
    if let Some(found) = training::rely_on(tx, training).await? {
        found.not_over()?;
    }
    Ok(())
}
