//! A live hub for tests that are about something else.

use std::sync::Arc;

use async_trait::async_trait;
use http_kit::Problem;
use kernel::Actor;
use realtime::{Bus, Channel, ChannelGuard, Hub, HubOptions, InProcessBus};

use crate::bed::TestBed;

/// Who may listen where is the gateway's rule; here everybody may.
struct Everybody;

#[async_trait]
impl ChannelGuard for Everybody {
    async fn may_join(&self, _: &Actor, _: &Channel) -> Result<bool, Problem> {
        Ok(true)
    }
}

impl TestBed {
    /// The hub that routers want, on this bed's database.
    pub async fn hub(&self) -> Hub {
        self.hub_on(Arc::new(InProcessBus::default())).await
    }

    /// The same where the test hears what other processes are told.
    pub async fn hub_on(&self, bus: Arc<dyn Bus>) -> Hub {
        Hub::open(self.db().clone(), self.ambient.clone(), bus, Arc::new(Everybody), HubOptions::default())
            .await
            .expect("the hub opens")
    }
}
