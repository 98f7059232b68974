//! What `identity` leaves to this area to tell, as it stands below.

use std::error::Error;

use async_trait::async_trait;
use http_kit::Platform;
use identity::phone_changed::{FormerSignIn, PhoneChanged};
use kernel::TimeZone;
use realtime::Hub;
use storage::jobs::{Job, JobHandler};

use crate::notice::{Happened, Notice};
use crate::service::notify::{notify, notify_all};

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
        let happened = match (from, to) {
            (Some(from), Some(to)) => Happened::PhoneChanged { from, to },
            (None, Some(to)) => Happened::PhoneGiven { to },
            (Some(from), None) => Happened::PhoneTaken { from },
            (None, None) => return Ok(()),
        };
        let Platform { db, ambient, .. } = &self.platform;
        let mut tx = db.begin_write().await?;
        let notice = Notice::new(happened, "/my/password");
        notify(&mut tx, ambient, &self.hub, person, &notice).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Does [`identity::phone_changed::FORMER_SIGN_IN`]: those who oversee the person can call them.
pub struct TellOfFormerSignIn {
    platform: Platform,
    hub: Hub,
}

impl TellOfFormerSignIn {
    pub const fn new(platform: Platform, hub: Hub) -> Self {
        Self { platform, hub }
    }
}

#[async_trait]
impl JobHandler for TellOfFormerSignIn {
    async fn run(&self, job: &Job) -> Result<(), Box<dyn Error + Send + Sync>> {
        let FormerSignIn { person, name, changed_at, tell } = serde_json::from_value(job.payload.clone())?;
        let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("the zone data is part of the binary");
        let happened = Happened::FormerSignIn { person: name, changed_on: changed_at.date_in(&zone) };
        let Platform { db, ambient, .. } = &self.platform;
        let mut tx = db.begin_write().await?;
        let notice = Notice::new(happened, format!("/office/people/{person}"));
        notify_all(&mut tx, ambient, &self.hub, tell, &notice).await?;
        tx.commit().await?;
        Ok(())
    }
}
