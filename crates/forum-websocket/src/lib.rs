#![doc = include_str!("../README.md")]

mod error;
mod http;
mod model;
mod service;
mod store;
mod views;

pub mod guard;

pub use http::router::router;
pub use model::{Post, Topic, TopicKind};
