//! A client that goes through the real router with its layers, without a socket.

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower::ServiceExt;

use crate::caller::TestPerson;

/// A router under test.
#[derive(Clone)]
pub struct TestApp {
    router: Router,
    ambient: kernel::Ambient,
}

/// The app as one person sees it (or nobody).
pub struct AsPerson<'a> {
    app: &'a TestApp,
    token: Option<String>,
    lang: &'static str,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl TestApp {
    pub(crate) fn new(router: Router, ambient: kernel::Ambient) -> Self {
        Self { router, ambient }
    }
    pub fn as_person(&self, person: &TestPerson) -> AsPerson<'_> {
        self.with_token(&person.token)
    }
    pub fn with_token(&self, token: &str) -> AsPerson<'_> {
        AsPerson { app: self, token: Some(token.to_owned()), lang: "zh-CN" }
    }
    pub fn as_nobody(&self) -> AsPerson<'_> {
        AsPerson { app: self, token: None, lang: "zh-CN" }
    }
    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.expect("a router always answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body arrives").to_bytes().to_vec();
        Answered { status: parts.status.as_u16(), headers: parts.headers, bytes }
    }
}

impl AsPerson<'_> {
    #[must_use]
    pub fn in_english(mut self) -> Self {
        self.lang = "en";
        self
    }
    pub async fn get(&self, path: &str) -> Answered {
        self.request(Method::GET, path, None, &[]).await
    }
    pub async fn delete(&self, path: &str) -> Answered {
        self.request(Method::DELETE, path, None, &[]).await
    }
    /// Removes a shared thing that was read at this version.
    pub async fn delete_version(&self, path: &str, version: i64) -> Answered {
        self.request(Method::DELETE, path, None, &[("if-match", &format!("\"v{version}\""))]).await
    }
    /// Posts under a new idempotency key.
    pub async fn post(&self, path: &str, body: Value) -> Answered {
        let id: kernel::id::JobId = self.app.ambient.new_id();
        self.post_with_key(path, body, &id.to_string()).await
    }
    pub async fn post_with_key(&self, path: &str, body: Value, key: &str) -> Answered {
        self.request(Method::POST, path, Some(body), &[("idempotency-key", key)]).await
    }
    /// Decides something that was read at this version, under a new idempotency key.
    pub async fn post_version(&self, path: &str, body: Value, version: i64) -> Answered {
        let id: kernel::id::JobId = self.app.ambient.new_id();
        let (key, tag) = (id.to_string(), format!("\"v{version}\""));
        self.request(Method::POST, path, Some(body), &[("idempotency-key", &key), ("if-match", &tag)]).await
    }
    /// Decides something as it now stands: reads its version at one address and posts to another. What cannot be read has version 0.
    pub async fn post_as_read(&self, read: &str, path: &str, body: Value) -> Answered {
        let seen = self.get(read).await;
        let version = if seen.status == 200 { seen.version() } else { 0 };
        self.post_version(path, body, version).await
    }
    pub async fn put(&self, path: &str, body: Value) -> Answered {
        self.request(Method::PUT, path, Some(body), &[]).await
    }
    /// Puts a shared thing that was read at this version.
    pub async fn put_version(&self, path: &str, body: Value, version: i64) -> Answered {
        self.request(Method::PUT, path, Some(body), &[("if-match", &format!("\"v{version}\""))]).await
    }
    pub async fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Answered {
        let mut request =
            Request::builder().method(method).uri(path).header(header::ACCEPT_LANGUAGE, self.lang);
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = match body {
            Some(json) => {
                request.header(header::CONTENT_TYPE, "application/json").body(Body::from(json.to_string()))
            }
            None => request.body(Body::empty()),
        };
        self.app.send(request.expect("the request is well formed")).await
    }
}

impl Answered {
    /// The body as JSON; fails the test when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.bytes)))
    }
    pub fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(self.json()).expect("the answer reads as its type")
    }
    /// The problem's code, or an empty text.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
    /// Fails the test with the body when the status is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }
    /// Fails the test unless this is the problem with this status and code.
    #[track_caller]
    pub fn expect_problem(self, status: StatusCode, code: &str) -> Self {
        assert_eq!(
            (self.status, self.code().as_str()),
            (status.as_u16(), code),
            "{}",
            String::from_utf8_lossy(&self.bytes)
        );
        self
    }
    pub fn version(&self) -> i64 {
        let tag = self.headers.get(header::ETAG).and_then(|v| v.to_str().ok()).unwrap_or_default();
        tag.trim_matches('"').trim_start_matches('v').parse().expect("the answer carries its version")
    }
}
