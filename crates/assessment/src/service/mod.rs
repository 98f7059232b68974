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

use storage::audit::of_training as note;
