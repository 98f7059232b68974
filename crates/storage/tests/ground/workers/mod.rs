//! A handler that does what a test says for each attempt, and counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use storage::blobs::BoxError;
use storage::jobs::{Job, JobHandler};
use tokio::sync::Semaphore;

#[derive(Debug, thiserror::Error)]
#[error("not today")]
struct NotToday(#[source] std::fmt::Error);

#[derive(Clone, Copy)]
pub enum Outcome {
    Done,
    Fails,
    Panics,
    WaitsForAPush,
    WaitsForever,
}

pub struct Worker {
    runs: AtomicUsize,
    dropped: AtomicUsize,
    started: Semaphore,
    pushed: Semaphore,
    outcome: fn(i64) -> Outcome,
}

impl Worker {
    pub fn new(outcome: fn(i64) -> Outcome) -> Arc<Self> {
        let (runs, dropped) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Arc::new(Self { runs, dropped, started: Semaphore::new(0), pushed: Semaphore::new(0), outcome })
    }

    pub fn runs(&self) -> usize {
        self.runs.load(Ordering::Relaxed)
    }

    /// Runs that were stopped from outside.
    pub fn dropped(&self) -> usize {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Waits for the next run to begin.
    pub async fn started(&self) {
        self.started.acquire().await.expect("it is never closed").forget();
    }

    /// Lets one run that waits for it come to its end.
    pub fn push(&self) {
        self.pushed.add_permits(1);
    }
}

#[async_trait]
impl JobHandler for Worker {
    async fn run(&self, job: &Job) -> Result<(), BoxError> {
        let mut run = Running { worker: self, ended: false };
        self.runs.fetch_add(1, Ordering::Relaxed);
        self.started.add_permits(1);
        let outcome = match (self.outcome)(job.attempts) {
            Outcome::Done => Ok(()),
            Outcome::Fails => Err(NotToday(std::fmt::Error).into()),
            Outcome::Panics => panic!("a fault in a handler"),
            Outcome::WaitsForAPush => {
                self.pushed.acquire().await?.forget();
                Ok(())
            }
            Outcome::WaitsForever => std::future::pending().await,
        };
        run.ended = true;
        outcome
    }
}

struct Running<'a> {
    worker: &'a Worker,
    ended: bool,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.worker.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}
