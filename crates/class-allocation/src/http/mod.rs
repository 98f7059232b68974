//! The routes of this area.

mod allocation;
mod charter;
mod charter_texts;
mod classes;
mod learner_ends;
mod placements;
mod problems;
mod router;
mod staff;
mod staff_ends;
mod views;

pub use router::{router, router_with};
