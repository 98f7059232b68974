//! Trainings, plans and staff over HTTP.

mod invitations;
mod leads;
mod my_invitations;
mod plan_decisions;
mod plans;
mod problems;
mod router;
mod trainings;
mod views;

pub use router::router;
