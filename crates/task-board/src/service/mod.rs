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

use storage::audit::of_training as note;
