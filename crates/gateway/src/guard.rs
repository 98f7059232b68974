//! Who may hear which channel, and who is still signed in: asked of the areas that know.

use async_trait::async_trait;
use http_kit::Problem;
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
    async fn may_join(&self, actor: &Actor, channel: &Channel) -> Result<bool, Problem> {
        // The socket was opened with grants that may be gone by now.
        let Some(actor) = self.identity.refresh(actor).await? else { return Ok(false) };
        if let Channel::Person(person) = channel {
            return Ok(*person == actor.person);
        }
        let mut conn = self.db.read().await?;
        forum_websocket::guard::may_join(&mut conn, &actor, channel).await
    }

    async fn is_signed_in(&self, actor: &Actor) -> bool {
        // A database that is away for a moment signs nobody out.
        self.identity.refresh(actor).await.map_or(true, |still| still.is_some())
    }
}
