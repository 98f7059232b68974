//! A client that speaks of people: who asks, for what, and what they were told.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use http::{HeaderMap, Method, header};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// Somebody at a browser; nobody in particular until they sign in.
#[derive(Debug, Clone)]
pub struct Person {
    address: Arc<str>,
    pub name: String,
    pub id: String,
    pub account: String,
    token: Option<String>,
    cookie: Option<String>,
    language: &'static str,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Request {
    method: Method,
    path: String,
    body: Option<(String, Bytes)>,
    headers: Vec<(&'static str, String)>,
}

/// What was answered, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Bytes,
    asked: String,
}

impl Request {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), body: None, headers: Vec::new() }
    }
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }
    pub fn put(path: impl Into<String>, body: Value) -> Self {
        Self::new(Method::PUT, path).json(&body)
    }
    /// Every sending is an action of its own.
    pub fn post(path: impl Into<String>, body: Value) -> Self {
        Self::new(Method::POST, path).json(&body)
    }
    /// A form with a file and perhaps some words beside it.
    pub fn upload(path: impl Into<String>, words: &[(&str, &str)], file_name: &str, file: &[u8]) -> Self {
        let mut body = Vec::new();
        for (name, value) in words {
            let part = format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--cut--\r\n");
        let mut request = Self::new(Method::POST, path);
        request.body = Some(("multipart/form-data; boundary=cut".to_owned(), body.into()));
        request
    }
    /// The version that was read before.
    #[must_use]
    pub fn version(self, version: i64) -> Self {
        self.with("if-match", format!("\"v{version}\""))
    }
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
    fn json(mut self, body: &Value) -> Self {
        self.body = Some(("application/json".to_owned(), body.to_string().into()));
        self
    }
}

impl Person {
    pub fn nobody(address: &str) -> Self {
        Self {
            address: address.into(),
            name: "nobody".to_owned(),
            id: String::new(),
            account: String::new(),
            token: None,
            cookie: None,
            language: "zh-CN",
        }
    }

    /// The same person, reading English.
    pub fn in_english(&self) -> Self {
        Self { language: "en", ..self.clone() }
    }

    /// Signs in by account name or phone.
    pub async fn sign_in(&self, login: &str, password: &str) -> Self {
        let answer = self.post("/api/v1/sign-in", json!({ "login": login, "password": password })).await;
        let mut person = Self { account: login.to_owned(), ..self.clone() };
        person.take_session(&answer.expect(200));
        person
    }

    /// A new access token for the refresh cookie.
    pub async fn refresh(&mut self) {
        let cookie = self.cookie.clone().expect("they signed in");
        let request = Request::new(Method::POST, "/api/v1/session/refresh").with("cookie", cookie);
        let answer = self.send(&request).await.expect(200);
        self.take_session(&answer);
    }

    fn take_session(&mut self, answer: &Answer) {
        let session = answer.json();
        self.token = Some(text(&session["access_token"]));
        self.name = text(&session["person"]["name"]);
        self.id = text(&session["person"]["id"]);
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        self.cookie = cookie.split(';').next().map(str::to_owned);
    }

    /// The version at which something stands for this person; what they cannot read has version 0.
    pub async fn version_of(&self, path: &str) -> i64 {
        let seen = self.get(path).await;
        if seen.status == 200 { seen.version() } else { 0 }
    }

    /// Decides something as it now stands: reads its version at one address and posts to another.
    pub async fn post_as_read(&self, read: &str, path: &str, body: Value) -> Answer {
        let version = self.version_of(read).await;
        self.send(&Request::post(path, body).version(version)).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(&Request::get(path)).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(&Request::post(path, body)).await
    }
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(&Request::put(path, body)).await
    }
    pub async fn put_version(&self, path: &str, body: Value, version: i64) -> Answer {
        self.send(&Request::put(path, body).version(version)).await
    }
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(&Request::delete(path)).await
    }

    pub async fn send(&self, request: &Request) -> Answer {
        self.try_send(request).await.expect("the server answers")
    }
    pub async fn try_get(&self, path: &str) -> Option<Answer> {
        self.try_send(&Request::get(path)).await.ok()
    }

    async fn try_send(&self, request: &Request) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        let mut built = http::Request::builder()
            .method(&request.method)
            .uri(&request.path)
            .header(header::HOST, &*self.address)
            .header(header::ACCEPT_LANGUAGE, self.language);
        if let Some(token) = &self.token {
            built = built.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in &request.headers {
            built = built.header(*name, value);
        }
        if request.method == Method::POST {
            built = built.header("idempotency-key", new_key());
        }
        let body = match &request.body {
            Some((content_type, bytes)) => {
                built = built.header(header::CONTENT_TYPE, content_type);
                bytes.clone()
            }
            None => Bytes::new(),
        };
        let stream = TcpStream::connect(&*self.address).await?;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let response = sender.send_request(built.body(Full::new(body))?).await?;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await?.to_bytes();
        let asked = format!("{} {} by {}", request.method, request.path, self.name);
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, bytes, asked })
    }
}

impl Answer {
    /// Fails the test with what was asked and said when the status is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.asked, String::from_utf8_lossy(&self.bytes));
        self
    }
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Value {
        let problem = self.expect(status).json();
        assert_eq!(problem["code"], code, "{problem}");
        problem
    }
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|e| panic!("{}: {e}: {}", self.asked, String::from_utf8_lossy(&self.bytes)))
    }
    /// A header, or an empty text.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }
    /// The version in the `ETag`.
    #[track_caller]
    pub fn version(&self) -> i64 {
        let tag = self.header("etag");
        tag.trim_matches('"').trim_start_matches('v').parse().expect("the answer carries its version")
    }
}

fn new_key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("journey-{:06}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A text of a JSON answer.
#[track_caller]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// The members of a list of a JSON answer.
#[track_caller]
pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}
