//! What surrounds every request, on both databases.

mod again;
mod arrival;
mod limits;
mod uploads;
