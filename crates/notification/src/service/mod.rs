//! The actions of this area.

pub mod mark_read;
pub mod notify;
