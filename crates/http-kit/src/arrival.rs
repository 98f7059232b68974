//! A request is looked at when it has arrived. Who may do what is read at the head of a handler: a body that dawdles would keep a
//! right alive that has ended meanwhile.

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header};

use crate::input::{not_whole, too_large};

/// Reads a body of at most so many bytes before anything else. Forms with files are longer: their routes ask again when the file is
/// there ([`OnceSeed::after_file`](crate::OnceSeed::after_file)).
pub(crate) async fn whole(most: usize, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() || is_form(request.headers()) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    match to_bytes(body, most).await {
        Ok(bytes) => next.run(Request::from_parts(head, Body::from(bytes))).await,
        Err(error) if is_too_long(&error) => too_large().into_response(),
        Err(error) => not_whole(&error.to_string()).into_response(),
    }
}

pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
}

fn is_too_long(error: &axum::Error) -> bool {
    let source = std::error::Error::source(error);
    source.is_some_and(<dyn std::error::Error>::is::<http_body_util::LengthLimitError>)
}
