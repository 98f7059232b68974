#![doc = include_str!("../README.md")]

mod access;
mod checking;
mod error;
mod issuing;
mod service;
mod store;

pub mod credential;
pub mod http;
pub mod jobs;
pub mod keys;
pub mod model;
pub mod pdf;
pub mod verify;

pub use http::router;
pub use issuing::{Flaw, Issuing, IssuingError, IssuingOptions, NoFont};
pub use jobs::{ISSUE_BATCH, IssueBatch};

// The tests' sample certificate is one file, used from inside and outside of the crate.
#[cfg(test)]
extern crate self as certificate_issuer;
#[cfg(test)]
#[path = "../tests/face/sample/mod.rs"]
mod sample;
