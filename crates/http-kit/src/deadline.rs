//! Until when a request must have its answer. A file on a slow line takes its time, once its sender may send it.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};
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
    let waits = Arc::new(AtomicBool::new(false));
    let request = request.map(|body| watched(body, &waits));
    let mut answer = std::pin::pin!(next.run(request));
    loop {
        let at = deadline.at();
        match timeout_at(at, &mut answer).await {
            Ok(response) => return response,
            // The bound was moved meanwhile.
            Err(_) if deadline.at() > at => {}
            Err(_) if waits.load(Ordering::Relaxed) => {
                tracing::info!("a body did not arrive in time");
                return unfinished().into_response();
            }
            Err(_) => return too_late().into_response(),
        }
    }
}

/// Whether it is the sender for whom a request waits.
struct Watched {
    body: Body,
    waits: Arc<AtomicBool>,
}

fn watched(body: Body, waits: &Arc<AtomicBool>) -> Body {
    if body.is_end_stream() { body } else { Body::new(Watched { body, waits: Arc::clone(waits) }) }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        self.waits.store(frame.is_pending(), Ordering::Relaxed);
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The sender was too slow: nothing is wrong here.
fn unfinished() -> Problem {
    Problem::new(
        http::StatusCode::REQUEST_TIMEOUT,
        "request.unfinished",
        "请求没有及时传完，请检查网络后再试。",
        "The request did not arrive in time; please check the network and try again.",
    )
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

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use tower::ServiceExt as _;

    use super::*;

    async fn status(body: Body, router: Router) -> u16 {
        let limit = Duration::from_millis(50);
        let router = router.layer(from_fn(move |request: Request, next: Next| in_time(limit, request, next)));
        let request = Request::post("/").body(body).expect("a request");
        router.oneshot(request).await.expect("an answer").status().as_u16()
    }

    #[tokio::test]
    async fn a_slow_sender_is_told_so_and_a_slow_answer_is_ours() {
        let reads = || Router::new().route("/", post(|_: Bytes| async {}));
        let never = || futures_util::stream::pending::<Result<Bytes, std::io::Error>>();
        assert_eq!(status(Body::from("whole"), reads()).await, 200);
        assert_eq!(status(Body::from_stream(never()), reads()).await, 408);
        let some = futures_util::stream::once(async { Ok::<_, std::io::Error>(Bytes::from("{")) });
        let unfinished = Body::from_stream(futures_util::StreamExt::chain(some, never()));
        assert_eq!(status(unfinished, reads()).await, 408);

        let hangs = || {
            Router::new()
                .route("/", post(|_: Bytes| async { tokio::time::sleep(Duration::from_mins(1)).await }))
        };
        assert_eq!(status(Body::from("whole"), hangs()).await, 503);
        let reads_nothing =
            Router::new().route("/", post(|| async { tokio::time::sleep(Duration::from_mins(1)).await }));
        assert_eq!(status(Body::from_stream(never()), reads_nothing).await, 503);
    }
}
