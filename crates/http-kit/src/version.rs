//! Edits of shared things: the version that was read must be the version that is changed (`ETag`, `If-Match`).

use axum::Json;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header, request::Parts};
use serde::Serialize;

use crate::problem::Problem;

/// The version that the caller read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub i64);

impl IfMatch {
    /// Refuses when somebody else changed the thing meanwhile.
    pub fn check(self, current: i64) -> Result<(), Problem> {
        if self.0 == current {
            return Ok(());
        }
        Err(edit_conflict())
    }
}

/// Somebody else changed the thing meanwhile.
pub fn edit_conflict() -> Problem {
    Problem::new(
        StatusCode::PRECONDITION_FAILED,
        "edit.conflict",
        "别人刚刚改过这里。您填写的内容还在，请刷新后再保存。",
        "Somebody else has changed this meanwhile. What you typed is kept; reload and save again.",
    )
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let tag = parts.headers.get(header::IF_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
        tag.trim_start_matches("W/").trim_matches('"').trim_start_matches('v').parse().map(Self).map_err(
            |_| {
                Problem::new(
                    StatusCode::PRECONDITION_REQUIRED,
                    "edit.version_missing",
                    "请求缺少 If-Match（读到的版本）。",
                    "The request needs If-Match with the version that was read.",
                )
            },
        )
    }
}

/// A JSON answer with its version as `ETag`.
#[derive(Debug)]
pub struct Versioned<T>(pub i64, pub T);

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.1).into_response();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"v{}\"", self.0)) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}
