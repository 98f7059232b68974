//! What a process tidies up every minute: memory of limits and figures, forgotten answers, unfinished uploads, old events.

use std::time::Duration;

use http_kit::RateLimit;
use tokio_util::sync::CancellationToken;

use crate::areas::Areas;
use crate::health::Health;

/// Phones stay away for weeks: their repeated requests still get the first answer.
const ANSWERS_KEPT_DAYS: i64 = 30;

pub async fn run(areas: Areas, health: Health, limit: Option<RateLimit>, stop: CancellationToken) {
    let mut minute = tokio::time::interval(Duration::from_mins(1));
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = minute.tick() => {}
        }
        health.tidy();
        if let Some(limit) = &limit {
            limit.tidy();
        }
        if let Err(error) = tidy_database(&areas).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "tidying waits: the database is away");
        }
    }
}

async fn tidy_database(areas: &Areas) -> Result<(), storage::StorageError> {
    let platform = &areas.platform;
    let now = platform.ambient.now();
    let mut tx = platform.db.begin_write().await?;
    storage::idempotency::forget(&mut tx, now.plus_days(-ANSWERS_KEPT_DAYS)).await?;
    identity::chores::tidy(&mut tx, now).await?;
    tx.commit().await?;
    areas.blobs.collect_orphans(now).await?;
    realtime::remove_old_events(&platform.db, &platform.ambient).await?;
    Ok(())
}
