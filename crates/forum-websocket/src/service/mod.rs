//! The actions of the exchange area, one file each.

pub mod add_post;
pub mod change_post;
pub mod change_topic;
pub mod start_topic;
mod tell;
