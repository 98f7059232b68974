#![doc = include_str!("../README.md")]

mod error;
mod evaluating;
pub mod model;
mod service;
mod store;

pub mod http;
pub mod references;

pub use error::{AttemptError, EvaluationError, PaperError, ReviewError, SubmissionError};
pub use http::router;
pub use service::settle_attempts::{SETTLE_ATTEMPTS, SettleAttempts};
