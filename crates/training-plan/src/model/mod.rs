//! The rules of trainings, plans and staff, without a database.

pub mod invitation;
pub mod plan;
pub mod stages;
pub mod training;
