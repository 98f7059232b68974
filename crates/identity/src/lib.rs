#![doc = include_str!("../README.md")]

mod access_token;
mod authenticator;
mod device_marks;
mod http;
mod identity;
mod model;
mod passwords;
mod roster;
mod service;
mod store;

pub mod access;
pub mod admin;
pub mod chores;
pub mod disabled;
pub mod error;
pub mod grants;
pub mod phone_changed;
pub mod restored;
pub mod sealed;
pub mod vault;

pub use http::router;
pub use identity::Identity;
pub use passwords::{Busy, Passwords};
pub use roster::{ReadError, RosterReader, parse_stdin_main};
pub use service::first_use::FirstUseLink;
