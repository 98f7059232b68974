//! What follows when an account is disabled: its classes may be without their last assistant or expert.

use std::error::Error;

use async_trait::async_trait;
use http_kit::Platform;
use identity::disabled::Disabled;
use realtime::Hub;
use storage::jobs::{Job, JobHandler};

use crate::service::missing;

/// Does [`identity::disabled::DISABLED`]. A process that dies right after the commit leaves a notice that is told once more.
pub struct TellWhatIsMissing {
    platform: Platform,
    hub: Hub,
}

impl TellWhatIsMissing {
    pub const fn new(platform: Platform, hub: Hub) -> Self {
        Self { platform, hub }
    }
}

#[async_trait]
impl JobHandler for TellWhatIsMissing {
    async fn run(&self, job: &Job) -> Result<(), Box<dyn Error + Send + Sync>> {
        let Disabled { person } = serde_json::from_value(job.payload.clone())?;
        let Platform { db, ambient, .. } = &self.platform;
        Ok(missing::tell_of_disabled(db, ambient, &self.hub, person).await?)
    }
}
