//! What `identity` leaves to this area to tell, as it stands below.

use std::error::Error;

use async_trait::async_trait;
use http_kit::Platform;
use identity::phone_changed::PhoneChanged;
use realtime::Hub;
use storage::jobs::{Job, JobHandler};

use crate::notice::{Happened, Notice};
use crate::service::notify::notify;

/// Does [`identity::phone_changed::PHONE_CHANGED`]. A process that dies right after the commit leaves a notice that is told once more.
pub struct TellOfPhone {
    platform: Platform,
    hub: Hub,
}

impl TellOfPhone {
    pub const fn new(platform: Platform, hub: Hub) -> Self {
        Self { platform, hub }
    }
}

#[async_trait]
impl JobHandler for TellOfPhone {
    async fn run(&self, job: &Job) -> Result<(), Box<dyn Error + Send + Sync>> {
        let PhoneChanged { person, from, to } = serde_json::from_value(job.payload.clone())?;
        let Platform { db, ambient, .. } = &self.platform;
        let mut tx = db.begin_write().await?;
        let notice = Notice::new(Happened::PhoneChanged { from, to }, "/my/password");
        notify(&mut tx, ambient, &self.hub, person, &notice).await?;
        tx.commit().await?;
        Ok(())
    }
}
