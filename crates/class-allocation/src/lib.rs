#![doc = include_str!("../README.md")]

pub mod access;
mod error;
mod http;
pub mod jobs;
pub mod model;
pub mod service;
mod solving;
mod store;

pub use error::{AllocationError, CharterError, EndStaffError, Seating, StaffError, Stale};
pub use http::{router, router_with};
pub use model::opening::FirstList;
pub use service::opening::FirstWeek;
pub use solving::Solving;
