//! The bus between machines: NATS core publish and subscribe, nothing kept.

use std::time::Duration;

use async_nats::{Client, ConnectOptions, Event};
use futures_util::StreamExt as _;
use tokio::sync::{broadcast, mpsc};
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::bus::{Bus, Hint, Note, WAITING};

const SUBJECT: &str = "lingxue.live";
/// Notes waiting to be sent. When NATS is away and this is full, further ones are dropped: the others look at the database.
const OUTGOING: usize = 4096;
/// How long a start waits for NATS before it goes on without.
const START: Duration = Duration::from_secs(5);

/// A bus over a NATS server.
pub struct NatsBus {
    outgoing: mpsc::Sender<Note>,
    incoming: broadcast::Sender<Note>,
    _stop: DropGuard,
}

/// The NATS address does not read as one, or its server refuses us.
#[derive(Debug, thiserror::Error)]
pub enum NatsError {
    #[error("the NATS server cannot be used")]
    Connect(#[from] async_nats::ConnectError),
    #[error("the NATS server does not let us listen")]
    Subscribe(#[from] async_nats::SubscribeError),
}

impl NatsBus {
    /// Connects to `nats://host:port`. A server that is away is tried again for as long as it takes; until then everything
    /// works, only later: processes find each other's events by looking at the database.
    pub async fn connect(address: &str) -> Result<Self, NatsError> {
        let incoming = broadcast::Sender::new(WAITING);
        let missed = incoming.clone();
        let client = ConnectOptions::new()
            .name("lingxue")
            .no_echo()
            .retry_on_initial_connect()
            .connection_timeout(Duration::from_secs(5))
            .event_callback(move |event| {
                let missed = missed.clone();
                async move { on_event(&event, &missed) }
            })
            .connect(address)
            .await?;
        let subscription = client.subscribe(SUBJECT).await?;
        if timeout(START, listening(&client)).await.is_err() {
            tracing::warn!("NATS is not there yet: events of other processes come late");
        }
        let stop = CancellationToken::new();
        let (outgoing, notes) = mpsc::channel(OUTGOING);
        tokio::spawn(stop.clone().run_until_cancelled_owned(send_all(client, notes)));
        tokio::spawn(stop.clone().run_until_cancelled_owned(hear_all(subscription, incoming.clone())));
        Ok(Self { outgoing, incoming, _stop: stop.drop_guard() })
    }
}

impl Bus for NatsBus {
    fn tell(&self, note: Note) {
        if self.outgoing.try_send(note).is_err() {
            tracing::debug!("a note was dropped: NATS does not keep up");
        }
    }
    fn listen(&self) -> broadcast::Receiver<Note> {
        self.incoming.subscribe()
    }
    fn has_others(&self) -> bool {
        true
    }
}

/// Ends when the server has taken our subscription: it answers in order, so by then it has, when it says that nobody answers this.
async fn listening(client: &Client) {
    let _ = client.request("lingxue.nobody", bytes::Bytes::new()).await;
}

fn on_event(event: &Event, incoming: &broadcast::Sender<Note>) {
    match event {
        Event::Connected => {
            tracing::info!("NATS is connected");
            // Every hub takes this one, whatever its epoch.
            let _ = incoming.send(Note { epoch: String::new(), hint: Hint::MayHaveMissed });
        }
        other => tracing::warn!(event = %other, "NATS reports"),
    }
}

async fn send_all(client: Client, mut notes: mpsc::Receiver<Note>) {
    while let Some(note) = notes.recv().await {
        let bytes = serde_json::to_vec(&note).expect("strings and numbers always serialise");
        if let Err(error) = client.publish(SUBJECT, bytes.into()).await {
            tracing::debug!(error = %kernel::Causes(&error), "a note could not be sent");
        }
    }
}

async fn hear_all(mut subscription: async_nats::Subscriber, incoming: broadcast::Sender<Note>) {
    while let Some(message) = subscription.next().await {
        match serde_json::from_slice::<Note>(&message.payload) {
            Ok(note) => {
                let _ = incoming.send(note);
            }
            Err(error) => {
                tracing::warn!(error = %kernel::Causes(&error), "a note does not read as one");
            }
        }
    }
}
