//! SQL of this area, one file per group of tables.

pub mod members;
pub mod posts;
pub mod topics;
