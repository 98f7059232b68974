//! The exchange through its face, on both databases.

mod closing;
mod exchange;
mod place;
mod reading;
mod refused;
mod statements;
mod waiting;
