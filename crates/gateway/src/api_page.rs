//! The contract for readers: the OpenAPI document, and a page that shows it.

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;
use http::header;

/// The snapshot that is checked against the code: writing the document anew at each start would leave megabytes behind.
const DOCUMENT: &str = include_str!("../../../docs/openapi.json");

/// `/api/openapi.json`; `/api/docs` leads to the reader that is built with the web application.
pub fn router() -> Router {
    Router::new()
        .route(
            "/api/openapi.json",
            get(|| async { ([(header::CONTENT_TYPE, "application/json")], DOCUMENT) }),
        )
        .route("/api/docs", get(|| async { Redirect::temporary("/api-docs/index.html") }))
}
