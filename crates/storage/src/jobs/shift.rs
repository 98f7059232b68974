//! What one process has in hand: it looks again and again, and each look renews, ends and begins runs by the clock.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use kernel::Timestamp;
use kernel::id::JobId;
use tokio::sync::oneshot;
use tokio::task::{Id, JoinError, JoinSet};
use uuid::Uuid;

use super::in_hand::{Cut, InHand, LONGEST_BACK_OFF_SECONDS, Run};
use super::runner::Runner;
use super::{Lane, rows, schedule};
use crate::error::StorageError;

/// A process that died while it worked lets go of its jobs after this long.
const LEASE_SECONDS: i64 = 90;
/// A lease is renewed when it has less left than this: two renewals may fail before it is lost.
const RENEW_SECONDS: i64 = 60;

/// So often it is looked whether a clock that was ahead has written something.
const SET_RIGHT_EVERY_SECONDS: i64 = 10;

/// The runs of one process.
pub struct Shift<'a> {
    runner: &'a Runner,
    tasks: JoinSet<()>,
    in_hand: HashMap<Id, InHand>,
    /// When a schedule is due next, as far as we know, and when we looked.
    schedules: Option<(Timestamp, Timestamp)>,
    /// When it was last looked for what a clock that was ahead has written.
    set_right: Option<Timestamp>,
    /// Leases that last longer than one can: until when they say, and since when nobody has renewed them.
    too_long: HashMap<JobId, (Timestamp, Timestamp)>,
}

impl<'a> Shift<'a> {
    pub(super) fn new(runner: &'a Runner) -> Self {
        Self {
            runner,
            tasks: JoinSet::new(),
            in_hand: HashMap::new(),
            schedules: None,
            set_right: None,
            too_long: HashMap::new(),
        }
    }

    /// Ends runs that took too long, renews leases, enqueues what the schedules make due, and begins due jobs while their lane has places;
    /// how many were begun. Never waits for a job.
    pub async fn look(&mut self) -> Result<usize, StorageError> {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.forget(ended);
        }
        let now = self.runner.ambient.now();
        for run in self.in_hand.values_mut() {
            // A clock that was set back since gives nobody more time.
            run.must_end_by = run.must_end_by.min(now.plus_seconds(run.kind.timeout_seconds));
            if run.must_end_by <= now {
                run.cut(Cut::TookTooLong);
            }
        }
        self.renew(now).await?;
        self.set_right(now).await?;
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
            .filter(|(_, run)| {
                !(RENEW_SECONDS..=LEASE_SECONDS).contains(&run.leased_until.seconds_since(now))
            })
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

    /// What a process wrote whose clock was ahead would wait until that time has come, days later. Nothing waits longer than the longest
    /// back-off, so it is due. A lease lasts no longer than one can, whatever it says: who lives renews it long before, by whichever
    /// clock, and keeps it.
    async fn set_right(&mut self, now: Timestamp) -> Result<(), StorageError> {
        let since = |at: Timestamp| now.seconds_since(at);
        if self.set_right.is_some_and(|at| (0..SET_RIGHT_EVERY_SECONDS).contains(&since(at))) {
            return Ok(());
        }
        let (db, kinds) = (&self.runner.db, self.runner.names());
        if kinds.is_empty() {
            return Ok(());
        }
        let latest = now.plus_seconds(LONGEST_BACK_OFF_SECONDS);
        let mut conn = db.read().await?;
        let waits = rows::waits_beyond(&mut conn, &kinds, latest).await?;
        let leased = rows::leased_beyond(&mut conn, &kinds, now.plus_seconds(LEASE_SECONDS)).await?;
        drop(conn);
        let before = std::mem::take(&mut self.too_long);
        let unrenewed_since = |(id, until): (JobId, Timestamp)| {
            let seen = before.get(&id).filter(|(said, at)| *said == until && *at <= now);
            (id, (until, seen.map_or(now, |(_, at)| *at)))
        };
        self.too_long = leased.into_iter().map(unrenewed_since).collect();
        let over: Vec<(JobId, Timestamp)> = self
            .too_long
            .iter()
            .filter(|(_, (_, at))| since(*at) > LEASE_SECONDS)
            .map(|(id, (until, _))| (*id, *until))
            .collect();
        if waits || !over.is_empty() {
            let mut tx = db.begin_write().await?;
            let pulled = rows::pull_back(&mut tx, &kinds, latest, now).await?;
            for (id, until) in &over {
                rows::end_lease(&mut tx, *id, *until, now.plus_seconds(-1)).await?;
            }
            tx.commit().await?;
            tracing::warn!(pulled, leases = over.len(), "a clock that was ahead had put jobs off");
        }
        self.set_right = Some(now);
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
