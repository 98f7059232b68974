//! Background work as rows: enqueued in the transaction that wants it, done later, tried again when it fails.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use kernel::id::{FactId, JobId};
use kernel::{Ambient, Timestamp};
use serde::Serialize;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::conn::Tx;
use crate::db::Db;
use crate::error::StorageError;
use crate::query::sql;
use crate::row::Json;

/// A process that died while it worked lets go of its job after this long.
const LEASE_SECONDS: i64 = 300;
const MOST_ATTEMPTS: i64 = 20;
const AT_ONCE: i64 = 16;

/// A piece of work that is due.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub payload: serde_json::Value,
    /// 1 at the first try.
    pub attempts: i64,
}

/// Does the jobs of one kind. It may be called again for a job that it has done: it must do no harm twice.
#[async_trait]
pub trait JobHandler: Send + Sync {
    async fn run(&self, job: &Job) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

/// Puts a job in the queue, within the caller's transaction.
pub async fn enqueue(
    tx: &mut Tx,
    ambient: &Ambient,
    kind: &str,
    payload: &impl Serialize,
    run_at: Timestamp,
) -> Result<JobId, StorageError> {
    let id = ambient.new_id();
    let payload = serde_json::to_value(payload).map_err(|e| StorageError::Decode(e.to_string()))?;
    sql("insert into jobs (id, kind, payload, run_at, attempts) values ($1, $2, $3, $4, 0)")
        .bind(id)
        .bind(kind)
        .bind(payload)
        .bind(run_at)
        .exec(tx)
        .await?;
    Ok(id)
}

/// Takes due jobs and runs them; turns facts into jobs for those who listen.
pub struct Runner {
    db: Db,
    ambient: Ambient,
    handlers: HashMap<&'static str, Arc<dyn JobHandler>>,
    listeners: HashMap<&'static str, Vec<&'static str>>,
    wake: Arc<Notify>,
}

impl Runner {
    pub fn new(db: Db, ambient: Ambient) -> Self {
        Self { db, ambient, handlers: HashMap::new(), listeners: HashMap::new(), wake: Arc::default() }
    }

    /// Names who does the jobs of a kind.
    #[must_use]
    pub fn handle(mut self, kind: &'static str, handler: Arc<dyn JobHandler>) -> Self {
        self.handlers.insert(kind, handler);
        self
    }

    /// Makes every fact of a kind a job of another kind, with the fact's payload.
    #[must_use]
    pub fn listen(mut self, fact: &'static str, job: &'static str) -> Self {
        self.listeners.entry(fact).or_default().push(job);
        self
    }

    /// Works until told to stop; finishes the job in hand.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.run_due().await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "jobs wait: the database is away"
                ),
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = self.wake.notified() => {}
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
    }

    /// Runs what is due now, once; the number of jobs run. Tests call it instead of waiting.
    pub async fn run_due(&self) -> Result<usize, StorageError> {
        self.dispatch_facts().await?;
        let jobs = self.lease().await?;
        for job in &jobs {
            self.run_one(job).await?;
        }
        Ok(jobs.len())
    }

    async fn dispatch_facts(&self) -> Result<(), StorageError> {
        let waiting: Vec<FactId> = {
            let mut conn = self.db.read().await?;
            sql("select id as value from facts where dispatched_at is null order by id limit 100")
                .all(&mut conn)
                .await?
        };
        for id in waiting {
            let mut tx = self.db.begin_write().await?;
            let now = self.ambient.now();
            let fact: Option<FactRow> =
                sql("update facts set dispatched_at = $2 where id = $1 and dispatched_at is null returning kind, payload")
                    .bind(id)
                    .bind(now)
                    .opt(&mut tx)
                    .await?;
            let Some(fact) = fact else { continue };
            for job in self.listeners.get(fact.kind.as_str()).into_iter().flatten() {
                enqueue(&mut tx, &self.ambient, job, &fact.payload.0, now).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    async fn lease(&self) -> Result<Vec<Job>, StorageError> {
        let now = self.ambient.now();
        let due: i64 = {
            let mut conn = self.db.read().await?;
            sql("select count(*) as value from jobs where done_at is null and given_up_at is null and run_at <= $1")
                .bind(now)
                .one(&mut conn)
                .await?
        };
        if due == 0 {
            return Ok(Vec::new());
        }
        let mut tx = self.db.begin_write().await?;
        let text = tx.pick(
            "update jobs set leased_until = $2, attempts = attempts + 1 where id in \
             (select id from jobs where done_at is null and given_up_at is null and run_at <= $1 \
              and (leased_until is null or leased_until < $1) order by run_at limit $3) \
             returning id, kind, payload, attempts",
            "update jobs set leased_until = $2, attempts = attempts + 1 where id in \
             (select id from jobs where done_at is null and given_up_at is null and run_at <= $1 \
              and (leased_until is null or leased_until < $1) order by run_at limit $3 for update skip locked) \
             returning id, kind, payload, attempts",
        );
        let rows: Vec<JobRow> =
            sql(text).bind(now).bind(now.plus_seconds(LEASE_SECONDS)).bind(AT_ONCE).all(&mut tx).await?;
        tx.commit().await?;
        Ok(rows
            .into_iter()
            .map(|r| Job { id: r.id, kind: r.kind, payload: r.payload.0, attempts: r.attempts })
            .collect())
    }

    async fn run_one(&self, job: &Job) -> Result<(), StorageError> {
        let outcome = match self.handlers.get(job.kind.as_str()) {
            // Its leases ran out each time: whoever ran it died of it.
            _ if job.attempts > MOST_ATTEMPTS => Err("no attempt came to its end".into()),
            // On a task of its own, so that a handler that panics fails its job and not the runner.
            Some(handler) => {
                let (handler, own) = (Arc::clone(handler), job.clone());
                tokio::spawn(async move { handler.run(&own).await }).await.unwrap_or_else(|e| Err(e.into()))
            }
            None => Err(format!("nobody does jobs of kind {}", job.kind).into()),
        };
        let now = self.ambient.now();
        let mut tx = self.db.begin_write().await?;
        match outcome {
            Ok(()) => {
                sql("update jobs set done_at = $2, last_error = null, leased_until = null where id = $1")
                    .bind(job.id)
                    .bind(now)
                    .exec(&mut tx)
                    .await?;
            }
            Err(error) => {
                let error = with_causes(&*error);
                let given_up = job.attempts >= MOST_ATTEMPTS;
                if given_up {
                    tracing::error!(job.id = %job.id, job.kind, error, "a job was given up");
                } else {
                    tracing::warn!(job.id = %job.id, job.kind, job.attempts, error, "a job failed and will be tried again");
                }
                sql("update jobs set run_at = $2, last_error = $3, given_up_at = $4, leased_until = null where id = $1")
                    .bind(job.id)
                    .bind(now.plus_seconds(back_off_seconds(job.attempts)))
                    .bind(error)
                    .bind(given_up.then_some(now))
                    .exec(&mut tx)
                    .await?;
            }
        }
        tx.commit().await
    }
}

/// The error and what it came from, each after a colon.
fn with_causes(error: &dyn std::error::Error) -> String {
    std::iter::successors(error.source(), |cause| cause.source())
        .fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// 5 s, 10 s, 20 s, … up to an hour.
fn back_off_seconds(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 11) - 1).unwrap_or(0);
    (5_i64 << doublings).min(3_600)
}

crate::from_row! {
    struct FactRow { kind: String, payload: Json<serde_json::Value> }
}
crate::from_row! {
    struct JobRow { id: JobId, kind: String, payload: Json<serde_json::Value>, attempts: i64 }
}
