//! Assessment over HTTP.

mod attempt_views;
mod attempts;
mod hand_ins;
mod items;
mod papers;
mod problems;
mod results;
mod reviews;
mod router;
mod rubrics;
mod schemes;
mod standings;
mod submissions;
mod uploads;
mod works;

use http_kit::Platform;
use kernel::id::PersonId;
use realtime::Hub;
use serde::Serialize;
use storage::blobs::Blobs;
use utoipa::ToSchema;

pub use router::router;

/// What the handlers of this area share.
#[derive(Clone)]
pub(super) struct Shared {
    pub platform: Platform,
    pub hub: Hub,
    pub blobs: Blobs,
}

/// A person by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct AssessedPersonView {
    pub id: PersonId,
    pub name: String,
}
