//! An Excel file as an answer.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use storage::blobs::{Disposition, XLSX};

/// Saved under this name, never shown in the page.
pub(super) fn attachment(file_name: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(XLSX));
    // A header of ASCII letters and percent signs; without it the browser would only choose a plainer name.
    if let Ok(value) = HeaderValue::try_from(Disposition::Attachment.header(file_name, XLSX)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
