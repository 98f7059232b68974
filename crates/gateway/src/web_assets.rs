//! The web application, embedded in the binary: hashed files for ever, the page itself always asked again.

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Dist;

/// Answers every address that no route has: a file of the web application, or its page for addresses of its own.
pub async fn serve(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/').to_owned();
    if path.starts_with("api/")
        || path.starts_with("blob/")
        || !matches!(*request.method(), Method::GET | Method::HEAD)
    {
        return http_kit::not_found().into_response();
    }
    let name = if path.is_empty() { "index.html" } else { path.as_str() };
    if let Some(response) = file(name, request.headers()) {
        return response;
    }
    // A missing hashed file is missing; everything else is an address of the application.
    if name.rsplit('/').next().is_some_and(|last| last.contains('.')) {
        return http_kit::not_found().into_response();
    }
    file("index.html", request.headers()).unwrap_or_else(|| {
        (StatusCode::SERVICE_UNAVAILABLE, "The web application was not built: see README.md.").into_response()
    })
}

fn file(name: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = Dist::get(name)?;
    let etag = format!("\"{}\"", hex::encode(&plain.metadata.sha256_hash()[..12]));
    let mut response =
        if headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == etag.as_bytes()) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let (encoding, file) = best_encoding(name, headers).unwrap_or((None, plain));
            let mut response = Body::from(file.data).into_response();
            if let Some(encoding) = encoding {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            response
        };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    let caching =
        if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    Some(response)
}

fn best_encoding(name: &str, headers: &HeaderMap) -> Option<(Option<&'static str>, EmbeddedFile)> {
    let accepted = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| {
            accepted.split(',').any(|a| a.split(';').next().is_some_and(|a| a.trim() == *encoding))
        })
        .find_map(|(encoding, suffix)| {
            Dist::get(&format!("{name}.{suffix}")).map(|file| (Some(encoding), file))
        })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
