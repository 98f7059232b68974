//! What can be done with classes, one file per action.

pub mod assign_staff;
pub mod charter;
pub mod class_page;
pub mod draft;
pub mod end_learner;
pub mod end_staff;
mod held;
pub mod lock;
pub(crate) mod missing;
pub mod move_learner;
pub mod opening;
pub mod publish;
pub mod roster;
pub mod run;
mod welcome;

pub(crate) use storage::audit::of_training as note;
