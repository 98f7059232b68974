//! SQL of this area.

pub mod notices;
