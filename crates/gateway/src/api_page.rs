//! The contract for readers: the OpenAPI document, and a page that shows it.

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;
use http::header;

/// `/api/openapi.json`; `/api/docs` leads to the reader that is built with the web application.
pub fn router(document: &'static str) -> Router {
    Router::new()
        .route(
            "/api/openapi.json",
            get(move || async move { ([(header::CONTENT_TYPE, "application/json")], document) }),
        )
        .route("/api/docs", get(|| async { Redirect::temporary("/api-docs/index.html") }))
}
