//! Edits of shared things: the version that was read must be the version that is changed (`ETag`, `If-Match`).

use axum::Json;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header, request::Parts};
use serde::Serialize;

use crate::problem::Problem;

/// The version that the caller read.
///
/// Invariant: read from a request, it is between 0 and [`NEWEST`], so that counting on from it never overflows.
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
        let Some(tag) = parts.headers.get(header::IF_MATCH).filter(|tag| !tag.is_empty()) else {
            return Err(missing());
        };
        tag.to_str().ok().and_then(version).map(Self).ok_or_else(malformed)
    }
}

/// What a page can count to; no version comes near it.
const NEWEST: i64 = 1 << 53;

/// `"v7"` as we write it, also as a proxy weakens it (`W/"v7"`) and as the bare number.
fn version(tag: &str) -> Option<i64> {
    let tag = tag.trim();
    let tag = tag.strip_prefix("W/").unwrap_or(tag);
    let tag = tag.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(tag);
    let digits = tag.strip_prefix('v').unwrap_or(tag);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|version| is_number && (0..=NEWEST).contains(version))
}

fn missing() -> Problem {
    Problem::new(
        StatusCode::PRECONDITION_REQUIRED,
        "edit.version_missing",
        "请求缺少 If-Match（读到的版本）。",
        "The request needs If-Match with the version that was read.",
    )
}

fn malformed() -> Problem {
    Problem::bad_request(
        "edit.version_malformed",
        "If-Match 里的版本不对，应当与读到的 ETag 一样。",
        "If-Match holds no version; it should be the ETag that was read.",
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_version_that_can_be_counted_on_from() {
        for (tag, read) in [
            ("\"v7\"", Some(7)),
            ("W/\"v7\"", Some(7)),
            ("v7", Some(7)),
            ("\"7\"", Some(7)),
            ("7", Some(7)),
            ("\"v0\"", Some(0)),
            ("\"v9007199254740992\"", Some(NEWEST)),
            ("\"v9007199254740993\"", None),
            ("\"v9223372036854775807\"", None),
            ("\"v99999999999999999999\"", None),
            ("\"v-1\"", None),
            ("\"v+1\"", None),
            ("vvv1", None),
            ("\"v\"", None),
            ("\"v1\",\"v2\"", None),
            ("\"v1.0\"", None),
            ("*", None),
        ] {
            assert_eq!(version(tag), read, "{tag}");
        }
    }

    #[tokio::test]
    async fn no_version_and_a_malformed_one_are_two_things() {
        let read = async |tag: Option<&str>| {
            let mut request = http::Request::builder();
            if let Some(tag) = tag {
                request = request.header(header::IF_MATCH, tag);
            }
            let (mut parts, ()) = request.body(()).expect("a request").into_parts();
            IfMatch::from_request_parts(&mut parts, &()).await.map_err(|problem| problem.status.as_u16())
        };
        assert_eq!(read(None).await, Err(428));
        assert_eq!(read(Some("")).await, Err(428));
        assert_eq!(read(Some("\"v-1\"")).await, Err(400));
        assert_eq!(read(Some("\"v3\"")).await, Ok(IfMatch(3)));
    }
}
