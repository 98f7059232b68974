//! The board over HTTP.

mod announcements;
mod class_progress;
mod lists;
mod named;
mod problems;
mod reflection;
mod router;
mod settings;
mod task;
mod tasks;
mod watching;
mod week;
mod wordings;

use garde::Validate;
use http_kit::Platform;
use realtime::Hub;
use serde::Deserialize;

use crate::references::References;

pub(crate) use problems::{new_kind, task_withdrawn};
pub use router::router;

/// What the handlers share.
#[derive(Clone)]
struct Shared {
    platform: Platform,
    hub: Hub,
    references: References,
}

/// The body of a POST that needs none.
#[derive(Debug, Deserialize, Validate)]
struct Nothing {}
