//! Every endpoint that needs no sign-in. A new one is one more line of [`ENDPOINTS`]; without it the suite fails.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::Context as _;
use axum::body::Body;
use certificate_issuer::pdf;
use http::{HeaderName, HeaderValue, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use crate::Size;
use crate::house::House;
use crate::measure::{Bound, Case};
use crate::shapes::{self, BOUNDARY, repeated};

type Judge = fn(StatusCode) -> Result<(), String>;

/// Nothing takes this long; it only turns an endpoint that hangs into a failing case.
const PATIENCE: Duration = Duration::from_mins(2);

/// What an endpoint takes as its body.
#[derive(Debug, Clone, Copy)]
enum Takes {
    Nothing,
    /// An object with these fields.
    Json(&'static [&'static str]),
    /// A form with the part `file`, of so many bytes at most: that much is looked at, not refused for its size.
    File(usize),
}

/// Method, path as in the OpenAPI document, and its body.
const ENDPOINTS: &[(Method, &str, Takes)] = &[
    (Method::GET, "/.well-known/jwks.json", Takes::Nothing),
    (Method::GET, "/achievements/{training_id}", Takes::Nothing),
    (Method::GET, "/api/v1/first-use/{token}", Takes::Nothing),
    (Method::POST, "/api/v1/first-use", Takes::Json(&["token", "password"])),
    (Method::GET, "/api/v1/live", Takes::Nothing),
    (Method::POST, "/api/v1/public/certificates/verify", Takes::File(pdf::MOST_BYTES)),
    (Method::GET, "/api/v1/public/certificates/{serial}", Takes::Nothing),
    (Method::GET, "/api/v1/public/trainings", Takes::Nothing),
    (Method::GET, "/api/v1/public/trainings/{training_id}/notice", Takes::Nothing),
    (Method::POST, "/api/v1/session/refresh", Takes::Nothing),
    (Method::POST, "/api/v1/sign-in", Takes::Json(&["login", "password"])),
    (Method::POST, "/api/v1/sign-out", Takes::Nothing),
    (Method::GET, "/blob/{blob_id}", Takes::Nothing),
    (Method::GET, "/credentials/status/{list}", Takes::Nothing),
    (Method::GET, "/credentials/{serial}", Takes::Nothing),
    (Method::GET, "/issuers/{org_unit_id}", Takes::Nothing),
    (Method::GET, "/keys", Takes::Nothing),
    (Method::GET, "/keys/{key_id}", Takes::Nothing),
];

/// What is served beside the document.
const BESIDE: &[&str] = &["/", "/healthz", "/readyz", "/api/openapi.json", "/api/docs", "/assets/{file}"];

/// A password is hashed once, which alone takes some dozens of milliseconds.
const BOUND: Bound = Bound { cpu_ms: 500, memory_mib: 64 };
/// The largest body of JSON, and the longest head.
const JSON: usize = 256 * 1024;
const HEAD: usize = 60 * 1024;

/// Public operations of the document that have no line here, and lines that name none.
pub fn uncovered(runtime: &Runtime) -> anyhow::Result<Vec<String>> {
    let document: serde_json::Value = serde_json::from_str(&runtime.block_on(gateway::areas::document())?)?;
    let mut public = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().context("the document has paths")? {
        for (method, operation) in operations.as_object().context("a path has operations")? {
            if operation.is_object() && operation.get("security").is_none() {
                public.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    let listed: BTreeSet<String> =
        ENDPOINTS.iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    let missing = public.difference(&listed).map(|route| format!("{route} has no line in endpoints.rs"));
    let stale = listed.difference(&public).map(|route| format!("{route} is no public route any more"));
    Ok(missing.chain(stale).collect())
}

pub fn cases(size: Size, runtime: &Runtime, house: &House) -> Vec<Case> {
    let handle = runtime.handle();
    let mut cases = Vec::new();
    let mut add = |name: String, bytes: usize, request: Request<Body>, judge: Judge| {
        let (router, handle) = (house.router.clone(), handle.clone());
        cases.push(Case::new(name, bytes, BOUND, move || {
            let asked = async {
                let Ok(answer) = router.oneshot(request).await;
                let status = answer.status();
                let _ = answer.into_body().collect().await;
                judge(status)
            };
            let answer = handle.block_on(async { tokio::time::timeout(PATIENCE, asked).await });
            answer.unwrap_or_else(|_| Err("it did not answer".to_owned()))
        }));
    };
    let beside = BESIDE.iter().map(|path| (Method::GET, *path, Takes::Nothing));
    for (method, path, takes) in ENDPOINTS.iter().cloned().chain(beside) {
        for (shape, address) in addresses(path, size.of(HEAD)) {
            let request = Request::builder().method(&method).uri(&address).body(Body::empty());
            // What is no address never gets here: hyper refuses it.
            let Ok(request) = request else { continue };
            add(format!("{method} {path}: {shape}"), address.len(), request, judge);
        }
        for (name, value) in headers(size.of(HEAD)) {
            let mut request = plain(&method, path);
            let bytes = value.len();
            request.headers_mut().insert(HeaderName::from_static(name), value);
            add(format!("{method} {path}: {name}"), bytes, request, judge);
        }
        let (content_type, bodies) = match takes {
            Takes::Nothing => continue,
            Takes::Json(fields) => {
                ("application/json".to_owned(), shapes::json_bodies(fields, size.of(JSON)))
            }
            Takes::File(largest) => {
                (format!("multipart/form-data; boundary={BOUNDARY}"), shapes::forms(size.of(largest) - 1024))
            }
        };
        for (shape, body) in bodies {
            let mut request = plain(&method, path);
            let content_type = HeaderValue::from_str(&content_type).expect("plain text");
            request.headers_mut().insert(http::header::CONTENT_TYPE, content_type);
            let bytes = body.len();
            *request.body_mut() = Body::from(body);
            let judge = if matches!(takes, Takes::File(_)) { looked_at } else { judge };
            add(format!("{method} {path}: {shape}"), bytes, request, judge);
        }
    }
    cases
}

/// A refusal is an answer; being asked to wait is one too. What is unforeseen is not.
pub fn judge(status: StatusCode) -> Result<(), String> {
    if status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE {
        return Err(format!("it answered {status}"));
    }
    Ok(())
}

/// The same for what is of an accepted size.
fn looked_at(status: StatusCode) -> Result<(), String> {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Err("it was refused for its size, before anything was looked at".to_owned());
    }
    judge(status)
}

fn plain(method: &Method, path: &str) -> Request<Body> {
    let address = filled(path, "x");
    Request::builder().method(method).uri(address).body(Body::empty()).expect("a plain address")
}

/// The path with `value` for each of its parameters.
fn filled(path: &str, value: &str) -> String {
    let pieces = path.split('/').map(|piece| if piece.starts_with('{') { value } else { piece });
    pieces.collect::<Vec<_>>().join("/")
}

fn addresses(path: &str, bytes: usize) -> Vec<(&'static str, String)> {
    let plain = filled(path, "x");
    let mut addresses = vec![
        ("a long query", format!("{plain}?a={}", repeated("x", bytes))),
        ("many parameters", format!("{plain}?{}", repeated("limit=1&", bytes))),
        ("parameters without names", format!("{plain}?{}", repeated("&=", bytes))),
        ("half escapes", format!("{plain}?after={}", repeated("%E9%A2%", bytes))),
        (
            "expected parameters, long",
            format!("{plain}?ticket={0}&key={0}&exp={0}&sig={0}", repeated("9", bytes / 4)),
        ),
    ];
    if path.contains('{') {
        addresses.extend([
            ("a long name", filled(path, &repeated("x", bytes))),
            ("an escaped name", filled(path, &repeated("%E9%A2%86", bytes))),
            ("a name with NUL", filled(path, &repeated("%00", bytes))),
            ("a name with slashes", filled(path, &repeated("%2f..", bytes))),
        ]);
    }
    addresses
}

fn headers(bytes: usize) -> Vec<(&'static str, HeaderValue)> {
    [
        ("cookie", repeated("a=b; ", bytes)),
        ("cookie", format!("__Secure-lingxue={}", repeated("x", bytes))),
        ("authorization", format!("Bearer {}.{}.x", repeated("e", bytes / 2), repeated("e", bytes / 2))),
        ("authorization", format!("Bearer {}", repeated(".", bytes))),
        ("x-forwarded-for", repeated("1.2.3.4,", bytes)),
        ("x-forwarded-for", repeated(",", bytes)),
        ("accept-language", repeated("zh;q=0.1,", bytes)),
        ("accept-encoding", repeated("br;q=0.1,", bytes)),
        ("range", format!("bytes={}", repeated("0-,", bytes))),
        ("if-none-match", repeated("\"x\",", bytes)),
        ("if-match", repeated("\"v", bytes)),
        ("idempotency-key", repeated("k", bytes)),
        ("content-type", format!("multipart/form-data; {}", repeated("a=b;", bytes))),
        ("origin", format!("https://{}", repeated("a.", bytes))),
        ("host", repeated("a.", bytes)),
    ]
    .map(|(name, value)| (name, HeaderValue::from_str(&value).expect("plain text")))
    .into()
}
