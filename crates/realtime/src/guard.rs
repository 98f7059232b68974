//! Who may join a channel: asked here, answered by those who know the domain.

use async_trait::async_trait;
use kernel::Actor;

use crate::channel::Channel;

/// Decides who may hear a channel. The hub asks when a client subscribes, at every long poll, and every five minutes for as
/// long as the client stays. It does not ask about `person:` channels: each is its person's alone.
#[async_trait]
pub trait ChannelGuard: Send + Sync {
    /// The actor's grants are those of the moment when the socket was opened; look at the database for what matters.
    async fn may_join(&self, actor: &Actor, channel: &Channel) -> bool;
}
