//! The routes of this area and what they show.

mod notices;
mod router;
mod views;

pub use router::router;
pub(crate) use views::{PersonNoticeView, UnreadNoticesView};
