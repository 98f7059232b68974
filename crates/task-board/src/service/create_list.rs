//! An expert begins a week's list.

use kernel::Ambient;
use storage::Tx;
use training_plan::access::{Granted, Guide};

use super::relied;
use crate::error::BoardError;
use crate::model::ListState;
use crate::store::lists::{self, ListRow};

/// What a list says of itself.
pub(crate) struct ListWords {
    pub week: u16,
    pub goal: String,
    pub goal_en: String,
    /// Why a published list is corrected.
    pub correction: Option<String>,
}

pub(crate) async fn create_list(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    words: ListWords,
) -> Result<ListRow, BoardError> {
    in_calendar(tx, expert, words.week).await?;
    let list = ListRow {
        id: ambient.new_id(),
        training_id: expert.training,
        week: words.week,
        goal: words.goal,
        goal_en: words.goal_en,
        state: ListState::Draft,
        version: 1,
        updated_at: ambient.now(),
    };
    // Two experts who begin the same week are decided by the constraint.
    lists::insert(tx, &list, expert.actor.person).await.map_err(week_taken)?;
    let detail = serde_json::json!({ "week": list.week });
    let (object, by) = (list.id.to_string(), expert.actor.person);
    super::note(tx, ambient, expert.training, by, "task_board.create_list", object, detail).await?;
    Ok(list)
}

/// The training is not over, and has this week.
pub(super) async fn in_calendar(tx: &mut Tx, expert: &Granted<Guide>, week: u16) -> Result<(), BoardError> {
    let training = relied(tx, expert.training).await?;
    if (1..=training.weeks).contains(&week) {
        return Ok(());
    }
    Err(BoardError::NoSuchWeek { weeks: training.weeks })
}

pub(super) fn week_taken(error: storage::StorageError) -> BoardError {
    if error.breaks("task_lists_training_id_week_key") {
        return BoardError::WeekTaken;
    }
    error.into()
}
