//! What one process has in hand: it looks again and again, and each look renews, ends and begins runs by the clock.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use kernel::Timestamp;
use kernel::id::JobId;
use tokio::sync::oneshot;
use tokio::task::{Id, JoinError, JoinSet};
use uuid::Uuid;

use super::in_hand::{Cut, InHand, Run};
use super::runner::Runner;
use super::{Lane, rows, schedule};
use crate::error::StorageError;

/// A process that died while it worked lets go of its jobs after this long.
const LEASE_SECONDS: i64 = 90;
/// A lease is renewed when it has less left than this: two renewals may fail before it is lost.
const RENEW_SECONDS: i64 = 60;

/// The runs of one process.
pub struct Shift<'a> {
    runner: &'a Runner,
    tasks: JoinSet<()>,
    in_hand: HashMap<Id, InHand>,
    /// When a schedule is due next, as far as we know, and when we looked.
    schedules: Option<(Timestamp, Timestamp)>,
}

impl<'a> Shift<'a> {
    pub(super) fn new(runner: &'a Runner) -> Self {
        Self { runner, tasks: JoinSet::new(), in_hand: HashMap::new(), schedules: None }
    }

    /// Ends runs that took too long, renews leases, enqueues what the schedules make due, and begins due jobs while their lane has places;
    /// how many were begun. Never waits for a job.
    pub async fn look(&mut self) -> Result<usize, StorageError> {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.forget(ended);
        }
        let now = self.runner.ambient.now();
        for run in self.in_hand.values_mut().filter(|run| run.must_end_by <= now) {
            run.cut(Cut::TookTooLong);
        }
        self.renew(now).await?;
        // A clock that was set back since makes what we know wrong.
        if self.schedules.is_none_or(|(at, looked)| at <= now || now < looked) {
            let (db, ambient) = (&self.runner.db, &self.runner.ambient);
            self.schedules = Some((schedule::take_due(db, ambient, &self.runner.schedules).await?, now));
        }
        let mut begun = 0;
        for lane in Lane::ALL {
            begun += self.begin(lane, now).await?;
        }
        Ok(begun)
    }

    /// Waits until a run has ended; for ever when none is in hand.
    pub async fn one_ended(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(ended) => self.forget(ended),
            None => std::future::pending().await,
        }
    }

    /// Begins nothing more; lets runs finish for a while, then puts back what is still in hand.
    pub async fn end(mut self, patience: Duration) {
        let finished = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(patience, finished).await.is_ok() {
            return;
        }
        tracing::warn!("jobs that did not finish in time are left to others");
        for run in self.in_hand.values_mut() {
            run.cut(Cut::Stopping);
        }
        while self.tasks.join_next().await.is_some() {}
    }

    pub(super) fn is_idle(&self) -> bool {
        self.tasks.is_empty()
    }

    async fn renew(&mut self, now: Timestamp) -> Result<(), StorageError> {
        let short: Vec<(Id, JobId, Uuid)> = self
            .in_hand
            .iter()
            .filter(|(_, run)| run.leased_until.seconds_since(now) < RENEW_SECONDS)
            .map(|(task, run)| (*task, run.id, run.lease))
            .collect();
        if short.is_empty() {
            return Ok(());
        }
        let until = now.plus_seconds(LEASE_SECONDS);
        let mut held = Vec::with_capacity(short.len());
        let mut tx = self.runner.db.begin_write().await?;
        for (task, id, lease) in short {
            held.push((task, rows::renew(&mut tx, id, lease, until).await?));
        }
        tx.commit().await?;
        for (task, held) in held {
            let Some(run) = self.in_hand.get_mut(&task) else { continue };
            if held {
                run.leased_until = until;
            } else {
                // It has just ended, or others took it when we were too late.
                run.cut(Cut::LostLease);
            }
        }
        Ok(())
    }

    async fn begin(&mut self, lane: Lane, now: Timestamp) -> Result<usize, StorageError> {
        let kinds = self.runner.names_of(lane);
        let taken = self.in_hand.values().filter(|run| run.kind.lane == lane).count();
        let free = self.runner.places_of(lane).saturating_sub(taken);
        if free == 0 || kinds.is_empty() {
            return Ok(0);
        }
        let db = &self.runner.db;
        if !rows::is_due(&mut db.read().await?, &kinds, now).await? {
            return Ok(0);
        }
        let lease = Uuid::from_bytes(self.runner.ambient.random_bytes());
        let until = now.plus_seconds(LEASE_SECONDS);
        let mut tx = db.begin_write().await?;
        let jobs = rows::lease(&mut tx, &kinds, now, until, lease, free).await?;
        tx.commit().await?;
        let begun = jobs.len();
        for job in jobs {
            let Some((kind, handler)) = self.runner.doer_of(&job.kind) else { continue };
            let (cut, told) = oneshot::channel();
            let in_hand = InHand {
                id: job.id,
                kind,
                lease,
                leased_until: until,
                must_end_by: now.plus_seconds(kind.timeout_seconds),
                cut: Some(cut),
            };
            let (db, ambient) = (db.clone(), self.runner.ambient.clone());
            let run = Run { db, ambient, handler: Arc::clone(handler), kind, job, lease };
            let task = self.tasks.spawn(run.run(told));
            self.in_hand.insert(task.id(), in_hand);
        }
        Ok(begun)
    }

    fn forget(&mut self, ended: Result<(Id, ()), JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => error.id(),
        };
        self.in_hand.remove(&id);
    }
}
