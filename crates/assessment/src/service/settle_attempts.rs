//! Attempts that nobody handed in are graded by what was saved, once nothing that counts can arrive any more, whoever looks at them or not.

use std::error::Error;

use async_trait::async_trait;
use kernel::Ambient;
use serde_json::json;
use storage::Db;
use storage::jobs::{self, Job, JobHandler, Kind};

use super::attempts;
use crate::error::AttemptError;
use crate::model::paper::{ARRIVAL_SECONDS, GRACE_SECONDS, settles_at};
use crate::store::attempt_rows::Unsubmitted;
use crate::store::attempts::open_since;

/// The kind of job that [`SettleAttempts`] does, at each full hour and whenever an attempt is due before the next.
pub const SETTLE_ATTEMPTS: Kind = Kind::quick("assessment.settle_attempts");

/// How far a run looks ahead, as far as a job may lie ahead.
const AHEAD_SECONDS: i64 = 3_600;

/// So many are graded in one run: a whole province forgets to hand in on the same evening.
const BITE: usize = 200;

/// However many attempts are due one after the other, so long lies between two runs.
const PAUSE_SECONDS: i64 = 60;

/// Grades the attempts that are due, each in a transaction of its own.
pub struct SettleAttempts {
    pub db: Db,
    pub ambient: Ambient,
}

#[async_trait]
impl JobHandler for SettleAttempts {
    async fn run(&self, _job: &Job) -> Result<(), Box<dyn Error + Send + Sync>> {
        let now = self.ambient.now();
        let soon = now.plus_seconds(AHEAD_SECONDS);
        // Nobody has less time than none: what began after that is due later.
        let begun = soon.plus_seconds(-(ARRIVAL_SECONDS + GRACE_SECONDS));
        let open = open_since(&mut self.db.read().await?, begun).await?;
        let (due, later): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|attempt| settles_at(attempt.deadline) <= now);
        let bite = due.len().min(BITE);
        let (mut settled, mut failed) = (0, None);
        for attempt in &due[..bite] {
            match self.settle(*attempt).await {
                Ok(()) => settled += 1,
                // One that cannot be graded keeps none of the others waiting.
                Err(error) => failed = Some(error),
            }
        }
        let next = later.iter().map(|attempt| settles_at(attempt.deadline)).filter(|due| *due <= soon).min();
        let next = next.map(|due| due.max(now.plus_seconds(PAUSE_SECONDS)));
        let is_more = bite < due.len() && settled > 0;
        if let Some(due) = if is_more { Some(now) } else { next } {
            let mut tx = self.db.begin_write().await?;
            jobs::enqueue(&mut tx, &self.ambient, SETTLE_ATTEMPTS, &json!({}), due).await?;
            tx.commit().await?;
        }
        failed.map_or(Ok(()), |error| Err(error.into()))
    }
}

impl SettleAttempts {
    async fn settle(&self, attempt: Unsubmitted) -> Result<(), AttemptError> {
        let mut tx = self.db.begin_write().await?;
        match attempts::settle(&mut tx, &self.ambient, attempt).await {
            // Its training was ended since, which has graded it.
            Err(AttemptError::TrainingClosed(_)) => Ok(()),
            Err(error) => Err(error),
            Ok(()) => Ok(tx.commit().await?),
        }
    }
}
