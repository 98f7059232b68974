//! Asks the product for things while a place is made.

use std::fmt::Write as _;

use axum::Router;
use axum::body::Body;
use http::{Method, Request, header};
use http_body_util::BodyExt as _;
use serde_json::Value;
use testkit::TestBed;
use tower::ServiceExt as _;

/// The product, where everything that is asked for succeeds.
pub struct Desk<'a> {
    pub bed: &'a TestBed,
    pub router: &'a Router,
}

impl Desk<'_> {
    pub async fn get(&self, token: &str, path: &str) -> Value {
        self.send(Method::GET, token, path, None).await
    }
    pub async fn post(&self, token: &str, path: &str, body: Value) -> Value {
        self.send(Method::POST, token, path, Some(body)).await
    }
    /// As somebody who read this version.
    pub async fn post_at(&self, version: i64, token: &str, path: &str, body: Value) -> Value {
        self.send_as(Method::POST, version, token, path, "application/json", body.to_string()).await
    }
    pub async fn put(&self, token: &str, path: &str, body: Value) -> Value {
        self.send(Method::PUT, token, path, Some(body)).await
    }

    /// A small PDF as a resource.
    pub async fn upload(&self, token: &str, path: &str) -> Value {
        let words = [
            ("title", "动静搭配表"),
            ("kind", "worksheet"),
            ("source", "县教研室"),
            ("licence", "CC BY 4.0"),
        ];
        let mut form = String::new();
        for (name, value) in words {
            let part =
                write!(form, "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            part.expect("a String takes all");
        }
        form.push_str("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4\r\n--b--\r\n");
        self.send_as(Method::POST, 0, token, path, "multipart/form-data; boundary=b", form).await
    }

    async fn send(&self, method: Method, token: &str, path: &str, body: Option<Value>) -> Value {
        let body = body.map_or_else(String::new, |body| body.to_string());
        self.send_as(method, 0, token, path, "application/json", body).await
    }

    async fn send_as(
        &self,
        method: Method,
        version: i64,
        token: &str,
        path: &str,
        content_type: &str,
        body: String,
    ) -> Value {
        let key: kernel::id::JobId = self.bed.ambient.new_id();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, content_type)
            .header("if-match", format!("\"v{version}\""))
            .header("idempotency-key", key.to_string())
            .body(Body::from(body))
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("a router answers");
        let status = response.status();
        let bytes = response.into_body().collect().await.expect("the body arrives").to_bytes();
        assert!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).unwrap_or(Value::Null)
    }
}
