//! One client's socket, from the first message to the close.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::SinkExt as _;
use kernel::Actor;
use tokio::sync::watch;
use tokio::time::{Instant, interval_at, timeout};

use crate::allowance::Allowance;
use crate::hub::Hub;
use crate::membership::{Memory, Next, Start};
use crate::protocol::{ClientMessage, ServerMessage, refusal};
use crate::sockets::Registration;
use crate::subscription::{Subscription, any_behind};

/// Why a socket ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The client left, or has not been heard for too long.
    Gone,
    /// The client does not take what it is sent.
    TooSlow,
    /// This process stops.
    Stopping,
    SignedOut,
    /// The database is away.
    TryAgain,
    NotUnderstood,
    /// The client talks faster than it may.
    TooManyMessages,
}

impl End {
    fn close(self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Self::Gone | Self::TooSlow => return None,
            Self::Stopping => (1001, "resume elsewhere"),
            Self::SignedOut => (4401, "signed out"),
            Self::TryAgain => (1013, "try again later"),
            Self::NotUnderstood => (1008, "not understood"),
            Self::TooManyMessages => (4429, "too many messages"),
        };
        Some(CloseFrame { code, reason: reason.into() })
    }
}

/// Serves a socket until it ends.
pub(crate) async fn serve(
    hub: Hub,
    actor: Actor,
    socket: WebSocket,
    registration: Registration,
    doubt: watch::Receiver<()>,
) {
    let heard = Instant::now();
    let allowance = Allowance::full(hub.0.options.messages_at_once, heard);
    let mut conn = SocketConn { hub, actor, socket, subscriptions: Vec::new(), first: 0, heard, allowance };
    let end = conn.run(&registration, doubt).await;
    tracing::debug!(person.id = %conn.actor.person, ?end, "a live socket ended");
    Box::pin(conn.finish(end)).await;
}

struct SocketConn {
    hub: Hub,
    actor: Actor,
    socket: WebSocket,
    subscriptions: Vec<Subscription>,
    /// Which subscription is looked at first.
    first: usize,
    /// When the client was last heard.
    heard: Instant,
    allowance: Allowance,
}

impl SocketConn {
    async fn run(&mut self, registration: &Registration, mut doubt: watch::Receiver<()>) -> End {
        let every = |period| interval_at(Instant::now() + period, period);
        let mut ping = every(self.hub.0.options.ping_every);
        let mut recheck = every(self.hub.0.options.recheck_every);
        loop {
            let step = tokio::select! {
                biased;
                () = self.hub.0.stop.cancelled() => Err(End::Stopping),
                () = registration.signed_out().cancelled() => Err(End::SignedOut),
                () = registration.recheck().notified() => Box::pin(self.recheck()).await,
                _ = ping.tick() => self.ping().await,
                // What a socket rarely does is kept apart: an idle one should cost little memory.
                _ = recheck.tick() => Box::pin(self.recheck()).await,
                _ = doubt.changed() => Box::pin(self.recheck()).await,
                message = self.socket.recv() => match message {
                    Some(Ok(message)) => Box::pin(self.hear(message)).await,
                    Some(Err(_)) | None => Err(End::Gone),
                },
                index = any_behind(&mut self.subscriptions, self.first) => self.deliver(index).await,
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), End> {
        self.heard = Instant::now();
        let options = &self.hub.0.options;
        if !self.allowance.take(self.heard, options.messages_at_once, options.message_every) {
            return Err(End::TooManyMessages);
        }
        let text = match message {
            Message::Text(text) => text,
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(_) => return Err(End::Gone),
            Message::Binary(_) => return Err(End::NotUnderstood),
        };
        match serde_json::from_str(&text).map_err(|_| End::NotUnderstood)? {
            ClientMessage::Ping => self.say(&ServerMessage::Pong).await,
            ClientMessage::Subscribe { channel, after, epoch } => {
                let memory = after.zip(epoch.as_deref()).map(|(after, epoch)| Memory { after, epoch });
                self.subscribe(&channel, memory).await
            }
            ClientMessage::Unsubscribe { channel } => {
                self.forget(&channel);
                Ok(())
            }
        }
    }

    /// Answers `recovered`, `resync` or `refused`. Who subscribes again starts anew from what it says it remembers.
    async fn subscribe(&mut self, name: &str, memory: Option<Memory<'_>>) -> Result<(), End> {
        // A refusal names the channel again: what is no name is not sent back.
        if name.len() > NAME_BYTES {
            return Err(End::NotUnderstood);
        }
        self.forget(name);
        let Ok(channel) = name.parse() else { return self.refuse(name, refusal::NO_SUCH_CHANNEL).await };
        if self.subscriptions.len() >= self.hub.0.options.subscriptions_per_socket {
            return self.refuse(name, refusal::TOO_MANY_SUBSCRIPTIONS).await;
        }
        let most = self.hub.0.options.subscriptions_per_person;
        let Some(place) = self.hub.0.subscriptions.take(self.actor.person, most) else {
            return self.refuse(name, refusal::TOO_MANY_SUBSCRIPTIONS).await;
        };
        if !self.hub.may_join(&self.actor, channel).await.map_err(|_| End::TryAgain)? {
            return self.refuse(name, refusal::NO_SUCH_CHANNEL).await;
        }
        let membership = self.hub.join(channel).await.map_err(|_| End::TryAgain)?;
        let after = memory.as_ref().map_or(0, |memory| memory.after);
        let hub = self.hub.clone();
        let epoch = hub.epoch();
        let cursor = match membership.start(memory).await.map_err(|_| End::TryAgain)? {
            Start::Recovered { number } => {
                self.say(&ServerMessage::Recovered { channel, epoch, number }).await?;
                after
            }
            Start::Resync { number } => {
                self.say(&ServerMessage::Resync { channel, epoch, number }).await?;
                number
            }
        };
        self.subscriptions.push(Subscription::new(membership, cursor, place));
        Ok(())
    }

    /// Sends what comes next in a channel: as much as one flush takes.
    async fn deliver(&mut self, index: usize) -> Result<(), End> {
        self.first = index + 1;
        let subscription = &self.subscriptions[index];
        let batch = self.hub.0.options.batch;
        match subscription.membership.next(subscription.cursor, batch).await.map_err(|_| End::TryAgain)? {
            Next::Events(frames) => {
                let sent = i64::try_from(frames.len()).unwrap_or(i64::MAX);
                for frame in frames {
                    self.feed(Message::Text(frame)).await?;
                }
                self.flush().await?;
                self.subscriptions[index].cursor += sent;
            }
            Next::Lost { number } => {
                let hub = self.hub.clone();
                let channel = subscription.membership.channel;
                self.say(&ServerMessage::Resync { channel, epoch: hub.epoch(), number }).await?;
                self.subscriptions[index].cursor = number;
            }
        }
        Ok(())
    }

    async fn ping(&mut self) -> Result<(), End> {
        if self.heard.elapsed() > self.hub.0.options.ping_every * 2 {
            return Err(End::Gone);
        }
        self.feed(Message::Ping(bytes::Bytes::new())).await?;
        self.flush().await
    }

    /// Ends the subscriptions that are no longer allowed, or the socket when its person is no longer signed in.
    async fn recheck(&mut self) -> Result<(), End> {
        if !self.hub.is_signed_in(&self.actor).await {
            return Err(End::SignedOut);
        }
        let channels: Vec<_> = self.subscriptions.iter().map(|s| s.membership.channel).collect();
        for channel in channels {
            if !self.hub.may_join(&self.actor, channel).await.map_err(|_| End::TryAgain)? {
                let name = channel.to_string();
                self.forget(&name);
                self.refuse(&name, refusal::NO_SUCH_CHANNEL).await?;
            }
        }
        Ok(())
    }

    fn forget(&mut self, name: &str) {
        if let Ok(channel) = name.parse() {
            self.subscriptions.retain(|s| s.membership.channel != channel);
        }
    }

    async fn refuse(&mut self, channel: &str, code: &'static str) -> Result<(), End> {
        self.say(&ServerMessage::Refused { channel, code }).await
    }

    async fn say(&mut self, message: &ServerMessage<'_>) -> Result<(), End> {
        self.feed(Message::Text(message.frame())).await?;
        self.flush().await
    }

    async fn feed(&mut self, message: Message) -> Result<(), End> {
        in_time(self.hub.0.options.write_timeout, self.socket.feed(message)).await
    }

    async fn flush(&mut self) -> Result<(), End> {
        in_time(self.hub.0.options.write_timeout, self.socket.flush()).await
    }

    /// Says why, and lets the client answer: dropping a connection with unread bytes could cost it the close frame.
    async fn finish(mut self, end: End) {
        self.subscriptions.clear();
        if let Some(frame) = end.close() {
            let _ = self.feed(Message::Close(Some(frame))).await;
            let _ = self.flush().await;
        }
        if end != End::TooSlow {
            let farewell = async { while let Some(Ok(_)) = self.socket.recv().await {} };
            let _ = timeout(FAREWELL, farewell).await;
        }
    }
}

const FAREWELL: Duration = Duration::from_secs(1);
/// The longest name of a channel, as in the long poll.
const NAME_BYTES: usize = 100;

async fn in_time(limit: Duration, write: impl Future<Output = Result<(), axum::Error>>) -> Result<(), End> {
    match timeout(limit, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Gone),
        Err(_) => Err(End::TooSlow),
    }
}
