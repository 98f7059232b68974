//! A browser that listens: a ticket, a socket, a channel, and what it must remember to go on after a cut.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::client::{Person, text};

/// Nothing takes this long; it only turns a hanging test into a failing one.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Listener(WebSocketStream<TcpStream>);

impl Listener {
    /// Opens a socket with a new ticket.
    pub async fn open(address: &str, person: &Person) -> Self {
        let ticket = person.post("/api/v1/live/ticket", json!({})).await.expect(201).json();
        let ticket = text(&ticket["ticket"]);
        let opened = Self::with_ticket(address, &ticket).await.expect("the ticket opens a socket");
        assert_eq!(Self::with_ticket(address, &ticket).await.err(), Some(401), "a ticket opens one socket");
        opened
    }

    /// Opens a socket, or gives the status with which it was refused.
    pub async fn with_ticket(address: &str, ticket: &str) -> Result<Self, u16> {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        let url = format!("ws://{address}/api/v1/live?ticket={ticket}");
        match tokio_tungstenite::client_async(url, stream).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("the handshake failed: {error}"),
        }
    }

    /// Listens to a channel, from what is remembered on; the answer of the server.
    pub async fn subscribe(&mut self, channel: &str, remembered: Option<(i64, &str)>) -> Value {
        let mut message = json!({ "type": "subscribe", "channel": channel });
        if let Some((after, epoch)) = remembered {
            message["after"] = json!(after);
            message["epoch"] = json!(epoch);
        }
        self.0.send(Message::text(message.to_string())).await.expect("the message goes out");
        self.hear().await
    }

    /// The next message.
    pub async fn hear(&mut self) -> Value {
        loop {
            let next =
                tokio::time::timeout(PATIENCE, self.0.next()).await.expect("the server says something");
            match next {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Text(message))) => {
                    return serde_json::from_str(&message).expect("messages are JSON");
                }
                other => panic!("a message was expected, not {other:?}"),
            }
        }
    }
}
