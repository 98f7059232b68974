//! Who may hear which channel, and who is still signed in: asked of the areas that know.

use async_trait::async_trait;
use identity::Identity;
use kernel::Actor;
use realtime::{Channel, ChannelGuard};
use storage::Db;

/// Everybody hears their own channel and members hear their class, while their session holds; other channels are refused until an
/// area vouches for them.
pub struct MembersOnly {
    pub db: Db,
    pub identity: Identity,
}

#[async_trait]
impl ChannelGuard for MembersOnly {
    async fn may_join(&self, actor: &Actor, channel: &Channel) -> bool {
        // The socket was opened with grants that may be gone by now.
        let actor = match self.identity.refresh(actor).await {
            Ok(Some(actor)) => actor,
            Ok(None) => return false,
            // A database that is away for a moment takes nobody's own channel.
            Err(_) => return matches!(channel, Channel::Person(person) if *person == actor.person),
        };
        if let Channel::Person(person) = channel {
            return *person == actor.person;
        }
        match self.db.read().await {
            Ok(mut conn) => forum_websocket::guard::may_join(&mut conn, &actor, channel).await,
            Err(_) => false,
        }
    }

    async fn is_signed_in(&self, actor: &Actor) -> bool {
        // A database that is away for a moment signs nobody out.
        self.identity.refresh(actor).await.map_or(true, |still| still.is_some())
    }
}
