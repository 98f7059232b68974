#![doc = include_str!("../README.md")]

mod error;
pub mod model;
mod store;

pub mod access;
pub mod training;

pub use error::{PlanError, StaffError, TrainingError};
