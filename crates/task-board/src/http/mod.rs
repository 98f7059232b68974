//! The board over HTTP.

mod announcements;
mod class_progress;
mod lists;
mod problems;
mod reflection;
mod router;
mod settings;
mod task;
mod tasks;
mod watching;
mod week;

use garde::Validate;
use http_kit::Platform;
use realtime::Hub;
use serde::Deserialize;

pub use router::router;

/// What the handlers share.
#[derive(Clone)]
struct Board {
    platform: Platform,
    hub: Hub,
}

/// The body of a POST that needs none.
#[derive(Debug, Deserialize, Validate)]
struct Nothing {}
