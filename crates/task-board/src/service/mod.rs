//! What people do on the board, one file per action.

pub(crate) mod announce;
pub(crate) mod change_list;
pub(crate) mod change_tasks;
mod check_list;
pub(crate) mod claim_list;
pub(crate) mod create_list;
pub(crate) mod finish_reading;
pub(crate) mod follow_class;
pub(crate) mod open_playback;
pub(crate) mod report_watching;
pub(crate) mod save_settings;
pub(crate) mod start_task;
pub(crate) mod write_reflection;

use kernel::id::TrainingId;
use storage::Tx;
use storage::audit::of_training as note;
use training_plan::training::{self, Training};

use crate::error::BoardError;

/// The training, relied on before any other row: it is not over, and is not ended until the commit.
async fn relied(tx: &mut Tx, training: TrainingId) -> Result<Training, BoardError> {
    let found = training::rely_on(tx, training).await?.ok_or(BoardError::NoSuchList)?;
    found.not_over()?;
    Ok(found)
}
