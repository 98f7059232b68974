//! The exchange area over HTTP.

mod member;
mod posts;
mod problems;
mod topics;

pub mod router;
