//! Pure rules of assessment: no database, no clock, no floating point.

pub mod answers;
pub mod default_rubrics;
pub mod evaluation;
pub mod grading;
pub mod item;
pub mod paper;
pub mod rubric;
pub mod scheme;
pub mod work;
