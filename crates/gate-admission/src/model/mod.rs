//! The rules of the gate, without a database.

pub mod answers;
pub mod application;
pub mod notice;
pub mod rules;
pub mod seats;
