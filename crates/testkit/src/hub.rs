//! A live hub for tests that are about something else.

use std::sync::Arc;

use async_trait::async_trait;
use kernel::Actor;
use realtime::{Channel, ChannelGuard, Hub, HubOptions, InProcessBus};

use crate::bed::TestBed;

/// Who may listen where is the gateway's rule; here everybody may.
struct Everybody;

#[async_trait]
impl ChannelGuard for Everybody {
    async fn may_join(&self, _: &Actor, _: &Channel) -> bool {
        true
    }
}

impl TestBed {
    /// The hub that routers want, on this bed's database.
    pub async fn hub(&self) -> Hub {
        let (bus, guard) = (Arc::new(InProcessBus::default()), Arc::new(Everybody));
        Hub::open(self.db().clone(), self.ambient.clone(), bus, guard, HubOptions::default())
            .await
            .expect("the hub opens")
    }
}
