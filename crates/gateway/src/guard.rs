//! Who may hear which channel, asked of the areas that know.

use async_trait::async_trait;
use kernel::Actor;
use realtime::{Channel, ChannelGuard};
use storage::Db;

/// Members hear their class; everything else is refused until an area vouches for it.
pub struct MembersOnly(pub Db);

#[async_trait]
impl ChannelGuard for MembersOnly {
    async fn may_join(&self, actor: &Actor, channel: &Channel) -> bool {
        match self.0.read().await {
            Ok(mut conn) => forum_websocket::guard::may_join(&mut conn, actor, channel).await,
            Err(_) => false,
        }
    }
}
