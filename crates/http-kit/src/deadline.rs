//! Until when a request must have its answer. A file on a slow line takes its time, once its sender may send it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::{Instant, timeout_at};

use crate::problem::Problem;

/// A request's own bound; the layer puts it into the request, [`Upload`](crate::Upload) moves it.
#[derive(Debug, Clone)]
pub(crate) struct Deadline(Arc<Mutex<Instant>>);

impl Deadline {
    fn after(limit: Duration) -> Self {
        Self(Arc::new(Mutex::new(Instant::now() + limit)))
    }

    pub fn extend(&self, limit: Duration) {
        let mut at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *at = (*at).max(Instant::now() + limit);
    }

    fn at(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) async fn in_time(limit: Duration, mut request: Request, next: Next) -> Response {
    let deadline = Deadline::after(limit);
    request.extensions_mut().insert(deadline.clone());
    let mut answer = std::pin::pin!(next.run(request));
    loop {
        let at = deadline.at();
        match timeout_at(at, &mut answer).await {
            Ok(response) => return response,
            // The bound was moved meanwhile.
            Err(_) if deadline.at() > at => {}
            Err(_) => return too_late().into_response(),
        }
    }
}

fn too_late() -> Problem {
    Problem::new(
        http::StatusCode::SERVICE_UNAVAILABLE,
        "request.timeout",
        "处理超时，请稍后再试。",
        "This took too long; please try again.",
    )
    .retry_after(5)
}
