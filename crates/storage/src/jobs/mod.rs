//! Background work as rows: enqueued in the transaction that wants it, done later, tried again when it fails.
//!
//! A kind of job belongs to a [`Lane`]: what is done in a moment never waits behind what takes an hour. A process that runs a job
//! holds a lease on it and renews it while it works; the lease's token makes whatever a process does after it has lost the
//! lease end in nothing. A [`Runner`] starts due jobs, and enqueues those of the schedules, once across all processes.

mod in_hand;
mod rows;
mod runner;
mod schedule;
mod shift;
mod standing;
mod tidy;

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use kernel::id::JobId;
use kernel::{Ambient, Timestamp};
use serde::Serialize;

use crate::conn::Tx;
use crate::error::StorageError;

pub use runner::Runner;
pub use schedule::Every;
pub use shift::Shift;
pub use standing::{Standing, discard_given_up, retry_given_up, standing};
pub use tidy::{Deleted, TIDY, Tidy, go_on, in_batches};

/// Which queue a kind of job waits in. Each has places of its own in every process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Done within a minute, however much there is to do: it starts within two seconds of being due. Telling somebody, a bite of a chore.
    Quick,
    /// May take an hour: as long as there is work, or as a store somewhere else takes.
    Heavy,
}

impl Lane {
    pub const ALL: [Self; 2] = [Self::Quick, Self::Heavy];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Heavy => "heavy",
        }
    }
}

/// A kind of job: `area.what_to_do`, and how patient we are with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kind {
    pub name: &'static str,
    pub lane: Lane,
    /// A run that takes longer is stopped and has failed.
    pub timeout_seconds: i64,
    /// How often it is tried before it is given up and kept for people.
    pub attempts: i64,
}

impl Kind {
    pub const fn quick(name: &'static str) -> Self {
        Self { name, lane: Lane::Quick, timeout_seconds: 60, attempts: 20 }
    }

    pub const fn heavy(name: &'static str) -> Self {
        Self { name, lane: Lane::Heavy, timeout_seconds: 3_600, attempts: 20 }
    }

    #[must_use]
    pub const fn timeout_seconds(self, timeout_seconds: i64) -> Self {
        Self { timeout_seconds, ..self }
    }

    #[must_use]
    pub const fn attempts(self, attempts: i64) -> Self {
        Self { attempts, ..self }
    }
}

/// A piece of work that is due.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub payload: serde_json::Value,
    /// 1 at the first try.
    pub attempts: i64,
}

/// Does the jobs of one kind. It may be stopped anywhere, and called again for a job that it has done: it must do no harm twice.
#[async_trait]
pub trait JobHandler: Send + Sync {
    async fn run(&self, job: &Job) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

/// Puts a job in the queue, within the caller's transaction. What is due at once starts with the commit. At most an hour ahead: what lies
/// further away was written by a clock that was ahead, and is done at once.
pub fn enqueue<'f>(
    tx: &'f mut Tx,
    ambient: &'f Ambient,
    kind: Kind,
    payload: &impl Serialize,
    run_at: Timestamp,
) -> BoxFuture<'f, Result<JobId, StorageError>> {
    let payload = serde_json::to_value(payload).map_err(|e| StorageError::Decode(e.to_string()));
    Box::pin(async move {
        let (id, payload) = (ambient.new_id(), payload?);
        rows::insert(tx, id, kind.name, payload, run_at).await?;
        if run_at <= ambient.now() {
            let waiting = tx.jobs_wanted();
            tx.on_commit(move || waiting.notify_one());
        }
        Ok(id)
    })
}
