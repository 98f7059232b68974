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

use kernel::Ambient;
use kernel::id::{ClassId, TrainingId};
use notification::{Happened, Notice};
use realtime::{Channel, Hub};
use storage::Tx;
use storage::audit::of_training as note;
use training_plan::training::{self, Training};

use crate::error::BoardError;
use crate::store::announcements;

/// The training, relied on before any other row: it is not over, and is not ended until the commit.
async fn relied(tx: &mut Tx, training: TrainingId) -> Result<Training, BoardError> {
    let found = training::rely_on(tx, training).await?.ok_or(BoardError::NoSuchList)?;
    found.not_over()?;
    Ok(found)
}

/// Open pages hear of a correction in the list of a week, and those who have it get a notice.
async fn tell_corrected(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    (training, week): (TrainingId, u16),
    classes: &[ClassId],
    event: &serde_json::Value,
) -> Result<(), BoardError> {
    let title = announcements::training_title(tx, training).await?;
    for class in classes {
        realtime::publish(tx, ambient, hub, &Channel::Class(*class), "list_corrected", event)?;
        let happened = Happened::ListCorrected { training: title.clone(), week };
        let notice = Notice::new(happened, announce::week_page(week, *class));
        let learners = announcements::learners(tx, *class).await?;
        notification::remind_all(tx, ambient, hub, learners, &notice).await?;
    }
    Ok(())
}
