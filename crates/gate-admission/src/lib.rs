#![doc = include_str!("../README.md")]

mod error;
pub mod model;
mod service;
mod store;

pub mod admission;
pub mod http;

pub use error::{ApplicationError, DecisionError, NoticeError};
pub use http::router;
