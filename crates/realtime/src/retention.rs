//! How long events are kept: a client that was away for longer fetches its state anyway.

use std::error::Error;

use async_trait::async_trait;
use kernel::{Ambient, Timestamp};
use storage::jobs::{Deleted, Job, JobHandler, Kind, go_on, in_batches};
use storage::{Db, StorageError};

use crate::{store, tickets};

const DAYS: i64 = 30;

/// The kind of job that [`Tidy`] does.
pub const TIDY: Kind = Kind::quick("realtime.tidy");

/// Removes old events, and tickets that nobody used.
pub struct Tidy {
    pub db: Db,
    pub ambient: Ambient,
}

#[async_trait]
impl JobHandler for Tidy {
    async fn run(&self, _job: &Job) -> Result<(), Box<dyn Error + Send + Sync>> {
        let now = self.ambient.now();
        let oldest = tickets::oldest(now);
        let deleted = [
            remove_old_events(&self.db, now).await?,
            in_batches(&self.db, |tx, most| Box::pin(store::remove_tickets_before(tx, oldest, most))).await?,
        ];
        Ok(go_on(&self.db, &self.ambient, TIDY, deleted).await?)
    }
}

/// Removes events older than 30 days. Numbers go on, so clients notice what is gone and resync.
pub async fn remove_old_events(db: &Db, now: Timestamp) -> Result<Deleted, StorageError> {
    let before = now.plus_days(-DAYS);
    in_batches(db, |tx, most| Box::pin(store::remove_events_before(tx, before, most))).await
}
