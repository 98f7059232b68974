//! Rows that a test needs of areas before the one it tests. Each area's owner keeps its file true to its migration;
//! the journeys make the same things through the real faces.

pub mod assessment;
pub mod class_allocation;
pub mod course_library;
pub mod gate_admission;
pub mod identity;
pub mod task_board;
pub mod training_plan;
