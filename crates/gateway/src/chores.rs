//! What each process does for itself every minute: it tidies its memory, takes up new keys, continues its anchor file, and says that it is
//! there. What lies in the database is tidied by jobs, once for all processes.

use std::time::Duration;

use http_kit::RateLimit;
use tokio_util::sync::CancellationToken;

use crate::areas::Areas;
use crate::health::Health;
use crate::presence::Presence;

pub async fn run(
    areas: Areas,
    health: Health,
    presence: Presence,
    limit: Option<RateLimit>,
    stop: CancellationToken,
) {
    let mut minute = tokio::time::interval(Duration::from_mins(1));
    loop {
        tokio::select! {
            () = stop.cancelled() => return presence.leave().await,
            _ = minute.tick() => {}
        }
        health.tidy();
        if let Some(limit) = &limit {
            limit.tidy();
        }
        let has_all_keys = areas.look_after_keys().await;
        presence.look_around(has_all_keys).await;
    }
}
