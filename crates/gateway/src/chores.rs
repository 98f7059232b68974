//! What a process tidies up of its own memory every minute. What lies in the database is tidied by jobs, once for all processes.

use std::time::Duration;

use http_kit::RateLimit;
use tokio_util::sync::CancellationToken;

use crate::health::Health;

pub async fn run(health: Health, limit: Option<RateLimit>, stop: CancellationToken) {
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
    }
}
