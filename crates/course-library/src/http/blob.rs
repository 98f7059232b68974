//! The files themselves: by a signed address, whole or in ranges (RFC 9110), never as something a browser would run. A browser's player sends
//! no token, so the address says to whom it was given, and each request asks whether they may still open it.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use garde::Validate;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_kit::{Path, Problem, Query, not_found};
use kernel::id::{BlobId, PersonId, SessionId};
use serde::Deserialize;
use storage::blobs::{
    AddressRefused, Blob, Disposition, GivenTo, OpenError, Opened, SignedQuery, unsatisfied_content_range,
};
use utoipa::IntoParams;

use super::Shared;
use crate::reach;

/// What makes an address hold.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct BlobQuery {
    /// Until when, in seconds since 1970.
    #[garde(skip)]
    exp: i64,
    /// To whom it was given out.
    #[garde(skip)]
    #[param(value_type = String)]
    by: PersonId,
    /// In which session.
    #[garde(skip)]
    #[param(value_type = String)]
    on: SessionId,
    /// As somebody of which class or training; `own` for their own file.
    #[garde(length(max = 40))]
    of: String,
    #[garde(length(max = 128))]
    sig: String,
    /// `attachment` when it is to be saved.
    #[garde(skip)]
    #[serde(rename = "as", default)]
    #[param(value_type = Option<String>, rename = "as")]
    disposition: Disposition,
}

#[utoipa::path(get, path = "/blob/{blob_id}", params(("blob_id" = inline(BlobId), Path), BlobQuery),
    responses((status = 200, description = "The whole file"), (status = 206, description = "The range that was asked for"),
        (status = 304, description = "As it was"), (status = 416, description = "The range lies beyond the end")),
    tags = ["public", "course-library"])]
pub(super) async fn get_blob(
    State(shared): State<Shared>,
    Path(id): Path<BlobId>,
    Query(query): Query<BlobQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let now = shared.platform.ambient.now();
    let BlobQuery { exp, by, on, of, sig, disposition } = query;
    let to = GivenTo { person: by, session: on, of: of.parse().map_err(refused)? };
    let signed = SignedQuery { exp, to, sig, disposition };
    let disposition = shared.blobs.verify_address(id, &signed, now).map_err(refused)?;
    if !reach::is_signed_in_with_a_right(&shared.platform, to).await? {
        return Err(ended());
    }
    let seconds_left = signed.exp - now.seconds();
    let blob = shared.blobs.find(id).await?.ok_or_else(not_found)?;
    if text(&headers, header::IF_NONE_MATCH)
        .is_some_and(|tags| tags.split(',').any(|t| t.trim() == blob.etag()))
    {
        return Ok((StatusCode::NOT_MODIFIED, described(&blob, disposition, seconds_left)).into_response());
    }
    match shared.blobs.open(id, range(&headers, &blob)).await {
        Ok(opened) => Ok(answer(opened, disposition, seconds_left)),
        Err(OpenError::Missing) => Err(not_found()),
        Err(OpenError::Unsatisfiable { size }) => Ok(beyond(size)),
        Err(OpenError::Storage(error)) => Err(error.into()),
    }
}

/// The range that counts: one for another version of the file (`If-Range`) does not.
fn range<'a>(headers: &'a HeaderMap, blob: &Blob) -> Option<&'a str> {
    let is_current = text(headers, header::IF_RANGE).is_none_or(|tag| tag == blob.etag());
    text(headers, header::RANGE).filter(|_| is_current)
}

fn answer(opened: Opened, disposition: Disposition, seconds_left: i64) -> Response {
    let Opened { blob, part, content } = opened;
    let mut headers = described(&blob, disposition, seconds_left);
    let length = part.map_or(blob.size, storage::blobs::ByteRange::len);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    let status = match part {
        Some(part) => {
            put(&mut headers, header::CONTENT_RANGE, &part.content_range(blob.size));
            StatusCode::PARTIAL_CONTENT
        }
        None => StatusCode::OK,
    };
    (status, headers, Body::from_stream(content)).into_response()
}

fn described(blob: &Blob, disposition: Disposition, seconds_left: i64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let shown = disposition.for_type(&blob.content_type);
    put(&mut headers, header::CONTENT_TYPE, &blob.media_type());
    put(&mut headers, header::CONTENT_DISPOSITION, &shown.header(&blob.file_name, &blob.content_type));
    put(&mut headers, header::ETAG, &blob.etag());
    put(&mut headers, header::ACCEPT_RANGES, "bytes");
    // The bytes behind an id never change; the address in which it stands ends.
    put(&mut headers, header::CACHE_CONTROL, &format!("private, max-age={}, immutable", seconds_left.max(0)));
    put(&mut headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(&mut headers, header::CONTENT_SECURITY_POLICY, policy(&blob.content_type));
    headers
}

/// A browser's own viewer draws a PDF, in a process apart and never with our origin's rights; older ones draw nothing under `sandbox`, and need
/// to be allowed the plug-in that the viewer is. Everything else is shown without any right at all.
fn policy(content_type: &str) -> &'static str {
    if content_type == "application/pdf" {
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    } else {
        "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
    }
}

fn beyond(size: u64) -> Response {
    let problem = Problem::new(
        StatusCode::RANGE_NOT_SATISFIABLE,
        "request.range",
        "请求的片段不存在。",
        "The requested range does not exist.",
    );
    let mut response = problem.into_response();
    put(response.headers_mut(), header::CONTENT_RANGE, &unsatisfied_content_range(size));
    response
}

fn refused(why: AddressRefused) -> Problem {
    match why {
        AddressRefused::Forged => not_found(),
        AddressRefused::Expired => ended(),
    }
}

/// Its time is over, or the right or the session of whom it was given to.
fn ended() -> Problem {
    Problem::new(
        StatusCode::GONE,
        "course_library.address_expired",
        "这个地址已经过期，请回到页面重新打开。",
        "This address has expired; please open it from its page again.",
    )
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn put(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
