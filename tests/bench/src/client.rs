//! One kept-open connection to the server.

use anyhow::Context as _;
use bytes::Bytes;
use http::{Method, Request, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::sync::Mutex;

pub struct Client {
    address: String,
    sender: Mutex<SendRequest<Full<Bytes>>>,
}

pub struct Answer {
    pub status: u16,
    pub bytes: Bytes,
}

impl Answer {
    pub fn json(&self) -> anyhow::Result<Value> {
        serde_json::from_slice(&self.bytes)
            .with_context(|| format!("{}: {}", self.status, String::from_utf8_lossy(&self.bytes)))
    }
    pub fn good(self) -> anyhow::Result<Self> {
        anyhow::ensure!(self.status < 300, "{}: {}", self.status, String::from_utf8_lossy(&self.bytes));
        Ok(self)
    }
}

impl Client {
    pub async fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { address: address.to_owned(), sender: Mutex::new(sender) })
    }

    pub async fn get(&self, path: &str, token: Option<&str>) -> anyhow::Result<Answer> {
        self.send(Method::GET, path, token, None, &[]).await
    }
    pub async fn post(
        &self,
        path: &str,
        token: Option<&str>,
        body: &Value,
        key: &str,
    ) -> anyhow::Result<Answer> {
        self.send(Method::POST, path, token, Some(body), &[("idempotency-key", key)]).await?.good()
    }
    pub async fn put(&self, path: &str, token: Option<&str>, body: &Value) -> anyhow::Result<Answer> {
        self.send(Method::PUT, path, token, Some(body), &[]).await?.good()
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
        headers: &[(&str, &str)],
    ) -> anyhow::Result<Answer> {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, &self.address);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let bytes = match body {
            Some(json) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Bytes::from(json.to_string())
            }
            None => Bytes::new(),
        };
        let mut sender = self.sender.lock().await;
        sender.ready().await?;
        let response = sender.send_request(request.body(Full::new(bytes))?).await?;
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await?.to_bytes();
        Ok(Answer { status, bytes })
    }
}
