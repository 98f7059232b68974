//! The rules of classes, without a database.

pub mod allocation;
pub mod board_change;
pub mod charter;
pub(crate) mod descent;
pub mod effect;
pub mod leading;
pub mod objective;
pub mod opening;
pub mod picture;
pub mod region;
pub mod seats;
pub mod solver;
