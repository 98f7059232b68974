//! The routes of this area and what they show.

mod notices;
mod router;

pub use router::router;
