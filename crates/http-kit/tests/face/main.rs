//! What surrounds every request, on both databases.

mod again;
mod arrival;
mod cross_site;
mod limits;
mod uploads;
