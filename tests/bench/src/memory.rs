//! Memory of a server, and how it grows with open sockets.

use anyhow::Context as _;
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::client::Client;
use crate::people::text;
use crate::scene::Scene;
use crate::server::Server;
use crate::stats;

/// Megabytes: all that is resident, and what of it belongs to the process alone and could not be read again from a file.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    pub resident: f64,
    pub own: f64,
}

impl Memory {
    pub fn of(pid: u32) -> anyhow::Result<Self> {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let megabytes =
            |name| kib(&status, name).map(|kib| kib * 1.024 / 1000.0).context("no memory is told");
        Ok(Self { resident: megabytes("VmRSS:")?, own: megabytes("RssAnon:")? })
    }
}

fn kib(status: &str, name: &str) -> Option<f64> {
    status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

/// So many open sockets at each measurement.
const STEPS: [usize; 4] = [100, 500, 1000, 2000];

/// KiB that the server grows by with each socket that is open and subscribed to its class.
pub async fn of_a_socket(server: &Server, scene: &Scene) -> anyhow::Result<f64> {
    let client = Client::connect(&server.address).await?;
    let (mut open, mut points) = (Vec::new(), Vec::new());
    for step in STEPS {
        while open.len() < step {
            // Learners take turns: a person may have so many sockets and no more.
            let learner = &scene.learners[open.len() % scene.learners.len()];
            let ticket =
                client.post("/api/v1/live/ticket", Some(&learner.token), &json!({}), &scene.key()).await?;
            let ticket = ticket.json()?;
            let url = format!("ws://{}/api/v1/live?ticket={}", server.address, text(&ticket, "ticket")?);
            let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
            let subscribe = json!({"type": "subscribe", "channel": format!("class:{}", learner.class)});
            socket.send(Message::text(subscribe.to_string())).await?;
            socket.next().await.context("no answer to a subscription")??;
            open.push(socket);
        }
        points.push((step as f64, Memory::of(server.pid)?.resident * 1e6 / 1024.0));
    }
    stats::slope(&points).context("no slope")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_by_its_names() {
        let status = "Name:\tlingxue\nVmRSS:\t   78912 kB\nRssAnon:\t   39004 kB\nRssFile:\t 39908 kB\n";
        assert_eq!(kib(status, "VmRSS:"), Some(78_912.0));
        assert_eq!(kib(status, "RssAnon:"), Some(39_004.0));
        assert_eq!(kib(status, "VmSwap:"), None);
        let own = Memory::of(std::process::id()).expect("this process lives");
        assert!(own.resident >= own.own && own.own > 0.0, "{own:?}");
    }
}
