//! What each process does for itself every minute: it tidies its memory, takes up new keys and continues its anchor file. What lies in the
//! database is tidied by jobs, once for all processes.

use std::time::Duration;

use http_kit::RateLimit;
use tokio_util::sync::CancellationToken;

use crate::areas::Areas;
use crate::health::Health;

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
        areas.look_after_keys().await;
    }
}
