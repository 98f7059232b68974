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

use http_kit::{Platform, Problem};
use kernel::id::PersonId;
use realtime::Hub;
use serde::Serialize;
use storage::blobs::Blobs;
use task_board::access::OpenTask;
use utoipa::ToSchema;

use crate::evaluating::Evaluating;

pub use router::router;

/// What the handlers of this area share.
#[derive(Clone)]
pub(super) struct Shared {
    pub platform: Platform,
    pub hub: Hub,
    pub blobs: Blobs,
    pub evaluating: Evaluating,
}

/// A person by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct AssessedPersonView {
    pub id: PersonId,
    pub name: String,
}

/// Whether work is taken, or the code that says why it is not; a failure stays a failure.
fn or_closed(open: Result<OpenTask, Problem>) -> Result<Result<OpenTask, String>, Problem> {
    match open {
        Ok(open) => Ok(Ok(open)),
        Err(refusal) if refusal.status.is_client_error() => Ok(Err(refusal.code.to_owned())),
        Err(failure) => Err(failure),
    }
}
