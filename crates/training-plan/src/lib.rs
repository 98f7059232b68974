#![doc = include_str!("../README.md")]

mod error;
pub mod model;
mod service;
mod store;

pub mod access;
pub mod http;
pub mod staff;
pub mod training;

pub use error::{LeadError, PlanError, StaffError, TrainingError};
pub use http::router;
