//! Memory of open sockets: so many connected and subscribed, and what the server grew by.

use anyhow::Context as _;
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::client::Client;
use crate::process::Server;
use crate::scenarios::Scene;

/// KiB of resident memory per socket.
pub async fn memory_each(server: &Server, scene: &Scene, count: usize) -> anyhow::Result<f64> {
    let before = server.resident_mb()?;
    let client = Client::connect(&server.address).await?;
    let mut open = Vec::with_capacity(count);
    for nth in 0..count {
        // A person may have a score of sockets: the learners take turns.
        let token = scene.taker(nth);
        let key = format!("bench-socket-{nth:08}");
        let ticket = client.post("/api/v1/live/ticket", Some(token), &json!({}), &key).await?.json()?;
        let ticket = ticket["ticket"].as_str().context("no ticket")?;
        let url = format!("ws://{}/api/v1/live?ticket={ticket}", server.address);
        let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
        let subscribe = json!({"type": "subscribe", "channel": format!("class:{}", scene.class)});
        socket.send(Message::text(subscribe.to_string())).await?;
        socket.next().await.context("no answer to a subscription")??;
        open.push(socket);
    }
    let after = server.resident_mb()?;
    drop(open);
    Ok((after - before) * 1000.0 / count as f64)
}
