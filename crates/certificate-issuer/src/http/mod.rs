//! Batches, certificates and the ledger over HTTP; wire types live here.

mod batch_actions;
mod batch_views;
mod batches;
mod certificates;
mod change_decisions;
mod change_views;
mod changes;
mod credits;
mod deciders;
mod files;
mod problems;
mod public;
mod router;
mod views;
mod well_known;

pub use router::router;
