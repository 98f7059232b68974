#![doc = include_str!("../README.md")]

mod http;
pub mod jobs;
mod notice;
mod service;
mod store;
mod views;
mod words;

pub use http::router;
pub use notice::{Happened, Notice};
pub use service::notify::{notify, notify_all, remind_all};
