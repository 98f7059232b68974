#![doc = include_str!("../README.md")]

pub mod model;

pub mod reach;

mod error;
mod http;
mod service;
mod store;

pub mod micro_videos;

pub use error::LibraryError;
pub use http::router;
pub use reach::ShownInWeeks;
