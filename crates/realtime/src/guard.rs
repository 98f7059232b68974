//! Who may join a channel and who is still signed in: asked here, answered by those who know.

use async_trait::async_trait;
use kernel::Actor;

use crate::channel::Channel;

/// Decides who may hear a channel. The hub asks when a client subscribes, at every long poll, and every five minutes for as
/// long as the client stays. It does not ask about `person:` channels: each is its person's alone.
#[async_trait]
pub trait ChannelGuard: Send + Sync {
    /// The actor's grants are those of the moment when the socket was opened; look at the database for what matters.
    async fn may_join(&self, actor: &Actor, channel: &Channel) -> bool;

    /// Whether the actor's session still holds; asked every five minutes. `Hub::close_person` ends sockets at once, but what it
    /// tells other processes may be lost.
    async fn is_signed_in(&self, _actor: &Actor) -> bool {
        true
    }
}
