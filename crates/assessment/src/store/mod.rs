//! SQL of this area, one file for each group of tables.

pub(crate) mod attempt_rows;
pub(crate) mod attempts;
pub(crate) mod calendars;
pub(crate) mod hand_ins;
pub(crate) mod items;
pub(crate) mod papers;
pub(crate) mod records;
pub(crate) mod results;
pub(crate) mod reviews;
pub(crate) mod rubrics;
pub(crate) mod schemes;
pub(crate) mod submissions;
pub(crate) mod tasks;
pub(crate) mod works;
