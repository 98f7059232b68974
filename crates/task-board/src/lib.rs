#![doc = include_str!("../README.md")]

pub mod model;

mod error;
mod http;
mod service;
mod store;

pub mod access;
pub mod library;
pub mod opening;
pub mod progress;
pub mod references;
pub mod reflections;

pub use error::BoardError;
pub use http::router;
