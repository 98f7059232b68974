//! The platform's own face, used in process: requests go through the real router at a time of the story.

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context as _, bail};
use axum::Router;
use axum::body::Body;
use http::{Method, Request, header};
use kernel::Timestamp;
use kernel::ambient::FixedClock;
use kernel::id::PersonId;
use serde_json::Value;
use tower::ServiceExt;

use super::calendar::Calendar;
use crate::world::World;

pub struct Face {
    router: Router,
    clock: FixedClock,
    pub calendar: Calendar,
    keys: AtomicU64,
}

/// A file to be uploaded as one part of a form.
pub struct Upload<'a> {
    pub field: &'a str,
    pub name: &'a str,
    pub bytes: &'a [u8],
}

impl Face {
    pub fn new(world: &World, clock: FixedClock, calendar: Calendar) -> Self {
        Self { router: world.router(), clock, calendar, keys: AtomicU64::new(1) }
    }

    /// From now on it is this time.
    pub fn at(&self, time: Timestamp) {
        self.clock.set(time);
    }

    pub fn pass_seconds(&self, seconds: i64) {
        self.clock.advance_seconds(seconds);
    }

    pub async fn get(&self, who: PersonId, path: &str) -> anyhow::Result<Value> {
        Ok(self.call(who, Method::GET, path, None, None).await?.0)
    }

    pub async fn post(&self, who: PersonId, path: &str, body: Value) -> anyhow::Result<Value> {
        Ok(self.call(who, Method::POST, path, Some(body), None).await?.0)
    }

    /// Decides something by the version that an answer about it named.
    pub async fn post_over(
        &self,
        who: PersonId,
        path: &str,
        body: Value,
        read: &Value,
    ) -> anyhow::Result<Value> {
        let version = read["version"].as_i64().with_context(|| format!("no version: {read}"))?;
        Ok(self.call(who, Method::POST, path, Some(body), Some(format!("\"v{version}\""))).await?.0)
    }

    pub async fn put(&self, who: PersonId, path: &str, body: Value) -> anyhow::Result<Value> {
        Ok(self.call(who, Method::PUT, path, Some(body), None).await?.0)
    }

    /// Reads a shared thing's version and puts the change over exactly that.
    pub async fn edit(&self, who: PersonId, path: &str, body: Value) -> anyhow::Result<Value> {
        self.edit_as_of(who, path, Method::PUT, path, body).await
    }

    /// Writes a shared thing for the first time.
    pub async fn put_first(&self, who: PersonId, path: &str, body: Value) -> anyhow::Result<Value> {
        Ok(self.call(who, Method::PUT, path, Some(body), Some("\"v0\"".to_owned())).await?.0)
    }

    /// The same for a change whose version is that of another address.
    pub async fn edit_as_of(
        &self,
        who: PersonId,
        read: &str,
        method: Method,
        path: &str,
        body: Value,
    ) -> anyhow::Result<Value> {
        let (_, tag) = self.call(who, Method::GET, read, None, None).await?;
        Ok(self.call(who, method, path, Some(body), tag).await?.0)
    }

    pub async fn upload(
        &self,
        who: PersonId,
        path: &str,
        fields: &[(&str, &str)],
        file: Upload<'_>,
    ) -> anyhow::Result<Value> {
        self.upload_over(who, path, fields, file, 0).await
    }

    /// The same over something that was read at this version.
    pub async fn upload_over(
        &self,
        who: PersonId,
        path: &str,
        fields: &[(&str, &str)],
        file: Upload<'_>,
        version: i64,
    ) -> anyhow::Result<Value> {
        const BOUNDARY: &str = "lingxue-demo-boundary";
        let mut form = Vec::new();
        for (name, value) in fields {
            form.extend(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        form.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n",
                file.field, file.name
            )
            .bytes(),
        );
        form.extend(file.bytes);
        form.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.signed(who, Method::POST, path).header(header::CONTENT_TYPE, content_type);
        let request = request.header(header::IF_MATCH, format!("\"v{version}\""));
        Ok(self.send(request.body(Body::from(form))?).await?.0)
    }

    fn signed(&self, who: PersonId, method: Method, path: &str) -> http::request::Builder {
        let key = self.keys.fetch_add(1, Ordering::Relaxed);
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {who}"))
            .header("idempotency-key", format!("demo-{key:08}"))
    }

    async fn call(
        &self,
        who: PersonId,
        method: Method,
        path: &str,
        body: Option<Value>,
        tag: Option<String>,
    ) -> anyhow::Result<(Value, Option<String>)> {
        let mut request = self.signed(who, method, path).header(header::CONTENT_TYPE, "application/json");
        if let Some(tag) = tag {
            request = request.header(header::IF_MATCH, tag);
        }
        let body = body.map_or_else(Body::empty, |json| Body::from(json.to_string()));
        self.send(request.body(body)?).await
    }

    async fn send(&self, request: Request<Body>) -> anyhow::Result<(Value, Option<String>)> {
        let what = format!("{} {}", request.method(), request.uri());
        let response = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await?;
        if !parts.status.is_success() {
            bail!("{what}: {} {}", parts.status, String::from_utf8_lossy(&bytes));
        }
        let tag = parts.headers.get(header::ETAG).and_then(|v| v.to_str().ok()).map(str::to_owned);
        if bytes.is_empty() {
            return Ok((Value::Null, tag));
        }
        Ok((serde_json::from_slice(&bytes).with_context(|| what)?, tag))
    }
}

/// A text inside an answer.
pub fn text<'a>(value: &'a Value, key: &str) -> anyhow::Result<&'a str> {
    value[key].as_str().with_context(|| format!("the answer has no {key}: {value}"))
}
