//! The gate over HTTP.

mod applications;
mod decisions;
mod my_application;
mod my_applications;
mod notice_body;
mod notices;
mod problems;
mod public_notices;
mod recommendations;
mod router;
mod views;

pub use router::router;
