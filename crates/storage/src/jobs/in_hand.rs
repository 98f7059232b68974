//! One run of one job: from the lease to the row that says how it ended.

use std::sync::Arc;

use kernel::id::JobId;
use kernel::{Ambient, Timestamp};
use tokio::sync::oneshot;
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument as _;
use uuid::Uuid;

use super::rows::{self, Failure};
use super::{Job, JobHandler, Kind};
use crate::db::Db;
use crate::error::StorageError;

/// What a process holds of a run that is under way.
pub(super) struct InHand {
    pub id: JobId,
    pub kind: Kind,
    pub lease: Uuid,
    pub leased_until: Timestamp,
    pub must_end_by: Timestamp,
    /// Ends the run before its time; taken when it was told so.
    pub cut: Option<oneshot::Sender<Cut>>,
}

/// Why a run is ended from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    TookTooLong,
    /// Another process has the job now.
    LostLease,
    /// The process stops: the job goes back as if it had not been taken.
    Stopping,
}

impl InHand {
    pub fn cut(&mut self, why: Cut) {
        if let Some(cut) = self.cut.take() {
            // It may have ended by itself.
            let _ = cut.send(why);
        }
    }
}

/// A job, and everything that its run needs.
pub(super) struct Run {
    pub db: Db,
    pub ambient: Ambient,
    pub handler: Arc<dyn JobHandler>,
    pub kind: Kind,
    pub job: Job,
    pub lease: Uuid,
}

enum Ended {
    Done,
    Failed(String),
    Released,
    Lost,
}

impl Run {
    /// Runs the job to its end and notes how it ended.
    pub async fn run(self, cut: oneshot::Receiver<Cut>) {
        let span = tracing::info_span!("jobs.run", job.id = %self.job.id, job.kind = self.kind.name);
        async {
            let ended = self.work(cut).await;
            if let Err(error) = self.note(ended).await {
                // The lease runs out, and the job is done again.
                tracing::warn!(error = %kernel::Causes(&error), "the end of a job was not noted");
            }
        }
        .instrument(span)
        .await;
    }

    async fn work(&self, cut: oneshot::Receiver<Cut>) -> Ended {
        if self.job.attempts > self.kind.attempts {
            // Its leases ran out each time: whoever ran it died of it.
            return Ended::Failed("no attempt came to its end".to_owned());
        }
        // On a task of its own, so that a handler that panics fails its job and nothing else.
        let (handler, job) = (Arc::clone(&self.handler), self.job.clone());
        let work = async move { handler.run(&job).await };
        let mut work = AbortOnDropHandle::new(tokio::spawn(work.in_current_span()));
        let why = tokio::select! {
            biased;
            done = &mut work => return match done {
                Ok(Ok(())) => Ended::Done,
                Ok(Err(error)) => Ended::Failed(with_causes(&*error)),
                Err(panic) => Ended::Failed(with_causes(&panic)),
            },
            Ok(why) = cut => why,
        };
        work.abort();
        // Until it has really ended, nobody else may begin.
        let _ = (&mut work).await;
        match why {
            Cut::TookTooLong => Ended::Failed(format!("took longer than {} s", self.kind.timeout_seconds)),
            Cut::LostLease => Ended::Lost,
            Cut::Stopping => Ended::Released,
        }
    }

    async fn note(&self, ended: Ended) -> Result<(), StorageError> {
        let (id, lease, now) = (self.job.id, self.lease, self.ambient.now());
        let mut tx = self.db.begin_write().await?;
        let held = match ended {
            Ended::Done => rows::finish(&mut tx, id, lease, now).await?,
            Ended::Failed(error) => rows::fail(&mut tx, id, lease, &self.failure(error, now)).await?,
            Ended::Released => rows::release(&mut tx, id, lease).await?,
            Ended::Lost => false,
        };
        tx.commit().await?;
        if !held {
            tracing::warn!("a job was no longer ours when it ended");
        }
        Ok(())
    }

    fn failure(&self, error: String, now: Timestamp) -> Failure {
        let attempts = self.job.attempts;
        let given_up = attempts >= self.kind.attempts;
        if given_up {
            tracing::error!(error, "a job was given up");
        } else {
            tracing::warn!(attempts, error, "a job failed and will be tried again");
        }
        let run_at = now.plus_seconds(back_off_seconds(attempts));
        Failure { error, run_at, given_up_at: given_up.then_some(now) }
    }
}

/// The error and what it came from, each after a colon.
fn with_causes(error: &dyn std::error::Error) -> String {
    std::iter::successors(error.source(), |cause| cause.source())
        .fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// Nothing waits longer for its next attempt.
pub(super) const LONGEST_BACK_OFF_SECONDS: i64 = 3_600;

/// 5 s, 10 s, 20 s, … up to an hour.
fn back_off_seconds(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 11) - 1).unwrap_or(0);
    (5_i64 << doublings).min(LONGEST_BACK_OFF_SECONDS)
}
