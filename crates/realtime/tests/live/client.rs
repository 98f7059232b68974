//! A client that speaks the live protocol and remembers what it must.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};

/// Nothing in these tests takes this long; it only turns a hanging test into a failing one.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Client(pub WebSocketStream<TcpStream>);

impl Client {
    /// Opens a socket; the status when the server refuses.
    pub async fn open(address: SocketAddr, ticket: &str, origin: Option<&str>) -> Result<Self, u16> {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        Self::over(stream, address, ticket, origin).await
    }

    /// Opens a socket whose receive buffer is small, so that what is not read soon blocks the server's writes.
    pub async fn open_narrow(address: SocketAddr, ticket: &str) -> Result<Self, u16> {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4096).expect("the buffer can be small");
        let stream = socket.connect(address).await.expect("the server listens");
        Self::over(stream, address, ticket, None).await
    }

    async fn over(
        stream: TcpStream,
        address: SocketAddr,
        ticket: &str,
        origin: Option<&str>,
    ) -> Result<Self, u16> {
        let url = format!("ws://{address}/api/v1/live?ticket={ticket}");
        let mut request = url.into_client_request().expect("a valid address");
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().expect("a header value"));
        }
        match tokio_tungstenite::client_async(request, stream).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("the handshake failed: {error}"),
        }
    }

    pub async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.expect("the message goes out");
    }

    pub async fn subscribe(&mut self, channel: impl ToString) {
        self.say(json!({"type": "subscribe", "channel": channel.to_string()})).await;
    }

    pub async fn resume(&mut self, channel: impl ToString, after: i64, epoch: &str) {
        let channel = channel.to_string();
        self.say(json!({"type": "subscribe", "channel": channel, "after": after, "epoch": epoch})).await;
    }

    /// The next message; fails the test when the socket closes instead.
    pub async fn hear(&mut self) -> Value {
        match self.next().await {
            Some(Message::Text(text)) => serde_json::from_str(&text).expect("messages are JSON"),
            other => panic!("a message was expected, not {other:?}"),
        }
    }

    /// The next message's `type` and `number`.
    pub async fn hear_brief(&mut self) -> (String, i64) {
        let message = self.hear().await;
        (message["type"].as_str().unwrap_or_default().to_owned(), message["number"].as_i64().unwrap_or(-1))
    }

    /// The code the socket closes with; 1006 when it ends without one. Messages before the close are skipped.
    pub async fn closed(&mut self) -> u16 {
        loop {
            match self.next().await {
                Some(Message::Close(Some(frame))) => return frame.code.into(),
                Some(Message::Close(None)) | None => return 1006,
                Some(_) => {}
            }
        }
    }

    /// The next frame that is no ping; `None` when the connection is gone.
    async fn next(&mut self) -> Option<Message> {
        loop {
            let next =
                tokio::time::timeout(PATIENCE, self.0.next()).await.expect("the server says something");
            match next {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(message)) => return Some(message),
                Some(Err(_)) | None => return None,
            }
        }
    }
}

/// Waits until something that is under way has happened.
pub async fn until(what: &str, mut happened: impl FnMut() -> bool) {
    let look = async {
        let mut look = tokio::time::interval(Duration::from_millis(5));
        while !happened() {
            look.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, look).await.unwrap_or_else(|_| panic!("it never happened that {what}"));
}
