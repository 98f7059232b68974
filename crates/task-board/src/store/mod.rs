//! Every SQL statement of this area, one file per group of tables.

pub(crate) mod announcements;
pub(crate) mod class_progress;
pub(crate) mod lists;
pub(crate) mod open_tasks;
pub(crate) mod progress;
pub(crate) mod reflections;
pub(crate) mod settings;
pub(crate) mod tasks;
pub(crate) mod watching;
pub(crate) mod weeks;
