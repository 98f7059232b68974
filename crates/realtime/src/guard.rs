//! Who may join a channel and who is still signed in: asked here, answered by those who know.

use async_trait::async_trait;
use http_kit::Problem;
use kernel::Actor;

use crate::channel::Channel;

/// Decides who may hear a channel. The hub asks when a client subscribes, at every long poll (again before it answers with events), at
/// once after [`crate::Hub::rights_changed`], and every five minutes for as long as the client stays. About a `person:` channel it
/// asks for its person alone, as anybody's session may have ended.
#[async_trait]
pub trait ChannelGuard: Send + Sync {
    /// The actor's grants are those of the moment when the socket was opened; look at the database for what matters. Where it does not
    /// answer that is no refusal: the client is told to ask again.
    async fn may_join(&self, actor: &Actor, channel: &Channel) -> Result<bool, Problem>;

    /// Whether the actor's session still holds; asked when a socket opens, every five minutes, and when notes may have been lost.
    /// `Hub::close_person` and `close_session` end sockets at once, but what they tell other processes may be lost.
    async fn is_signed_in(&self, _actor: &Actor) -> bool {
        true
    }
}
