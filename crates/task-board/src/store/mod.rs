//! Every SQL statement of this area, one file per group of tables.

pub(crate) mod open_tasks;
pub(crate) mod progress;
pub(crate) mod reflections;
