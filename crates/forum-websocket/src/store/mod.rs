//! SQL of this area, one file per group of tables.

mod placed;

pub mod members;
pub mod posts;
pub mod topics;

pub use placed::{Place, Placed};
