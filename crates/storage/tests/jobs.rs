//! Jobs are done by one runner at a time, tried again when they fail, and facts become jobs once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use serde_json::json;
use storage::blobs::BoxError;
use storage::jobs::{self, Job, JobHandler, Runner};
use storage::{Db, outbox, sql};
use testkit::{TestBed, on_both_databases};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

const KIND: &str = "probe.work";

#[derive(Debug, thiserror::Error)]
#[error("not today")]
struct NotToday(#[source] std::fmt::Error);

on_both_databases!(job_is_done_once_and_not_before_its_time, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    let runner = runner(&bed, &worker);
    enqueue(&bed, 60).await;
    assert_eq!(runner.run_due().await.expect("a run"), 0);
    bed.clock.advance_seconds(60);
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    bed.clock.advance_seconds(100_000);
    assert_eq!(runner.run_due().await.expect("a run"), 0);
    assert_eq!(worker.runs(), 1);
});

on_both_databases!(job_of_an_abandoned_action_never_runs, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    jobs::enqueue(&mut tx, &bed.ambient, KIND, &json!({}), bed.ambient.now()).await.expect("a job");
    drop(tx);
    assert_eq!(runner(&bed, &worker).run_due().await.expect("a run"), 0);
});

on_both_databases!(failed_job_waits_longer_each_time, |bed: TestBed| async move {
    let worker = Worker::new(|attempt| if attempt < 4 { Outcome::Fails } else { Outcome::Done });
    let runner = runner(&bed, &worker);
    enqueue(&bed, 0).await;
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    for wait in [5, 10, 20] {
        bed.clock.advance_seconds(wait - 1);
        assert_eq!(runner.run_due().await.expect("a run"), 0, "before {wait} s");
        bed.clock.advance_seconds(1);
        assert_eq!(runner.run_due().await.expect("a run"), 1, "after {wait} s");
    }
    assert_eq!(count(bed.db(), "select count(*) as value from jobs where done_at is not null").await, 1);
    assert_eq!(worker.runs(), 4);
});

on_both_databases!(hopeless_job_is_given_up_and_kept_for_people, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Fails);
    let runner = runner(&bed, &worker);
    enqueue(&bed, 0).await;
    for _ in 0..30 {
        runner.run_due().await.expect("a run");
        bed.clock.advance_seconds(3_600);
    }
    assert_eq!(worker.runs(), 20);
    let text = "select count(*) as value from jobs where given_up_at is not null and last_error like 'not today: an error %'";
    assert_eq!(count(bed.db(), text).await, 1);
});

on_both_databases!(panic_of_a_handler_fails_only_its_job, |bed: TestBed| async move {
    let worker = Worker::new(|attempt| if attempt == 1 { Outcome::Panics } else { Outcome::Done });
    let runner = runner(&bed, &worker);
    enqueue(&bed, 0).await;
    assert_eq!(runner.run_due().await.expect("the runner lives"), 1);
    bed.clock.advance_seconds(5);
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    assert_eq!(count(bed.db(), "select count(*) as value from jobs where done_at is not null").await, 1);
});

on_both_databases!(job_without_a_handler_is_kept, |bed: TestBed| async move {
    enqueue(&bed, 0).await;
    let runner = Runner::new(bed.db().clone(), bed.ambient.clone());
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    let text = "select count(*) as value from jobs where done_at is null and last_error like '%probe.work%'";
    assert_eq!(count(bed.db(), text).await, 1);
});

on_both_databases!(leased_job_is_left_alone_until_the_lease_ends, |bed: TestBed| async move {
    let stuck = Worker::new(|_| Outcome::WaitsForever);
    let first = runner(&bed, &stuck);
    enqueue(&bed, 0).await;
    let process = tokio::spawn(async move { first.run_due().await });
    stuck.started().await;

    let worker = Worker::new(|_| Outcome::Done);
    let second = runner(&bed, &worker);
    bed.clock.advance_seconds(300);
    assert_eq!(second.run_due().await.expect("a run"), 0, "the lease holds");
    // The first process dies in the middle of its work.
    process.abort();
    bed.clock.advance_seconds(1);
    assert_eq!(second.run_due().await.expect("a run"), 1, "the lease has ended");
    assert_eq!(count(bed.db(), "select attempts as value from jobs").await, 2);
});

on_both_databases!(job_that_kills_its_process_is_given_up, |bed: TestBed| async move {
    enqueue(&bed, 0).await;
    let fatal = Worker::new(|_| Outcome::WaitsForever);
    for _ in 0..20 {
        let first = runner(&bed, &fatal);
        let process = tokio::spawn(async move { first.run_due().await });
        fatal.started().await;
        process.abort();
        bed.clock.advance_seconds(301);
    }
    assert_eq!(runner(&bed, &fatal).run_due().await.expect("a run"), 1);
    assert_eq!(fatal.runs(), 20, "it is not tried a 21st time");
    assert_eq!(count(bed.db(), "select count(*) as value from jobs where given_up_at is not null").await, 1);
});

on_both_databases!(two_runners_share_the_jobs, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    for _ in 0..50 {
        enqueue(&bed, 0).await;
    }
    let tasks = [run_dry(runner(&bed, &worker)), run_dry(runner(&bed, &worker))].map(tokio::spawn);
    for task in tasks {
        task.await.expect("no panic");
    }
    assert_eq!(worker.runs(), 50);
    assert_eq!(count(bed.db(), "select count(*) as value from jobs where attempts <> 1").await, 0);
});

on_both_databases!(fact_becomes_each_listeners_job_once, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    for n in 0..50 {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        outbox::announce(&mut tx, &bed.ambient, "probe.happened", &json!({ "n": n })).await.expect("a fact");
        if n % 10 == 0 {
            outbox::announce(&mut tx, &bed.ambient, "probe.unheard", &json!({})).await.expect("a fact");
        }
        tx.commit().await.expect("a commit");
    }
    let listening =
        || runner(&bed, &worker).listen("probe.happened", KIND).listen("probe.happened", "probe.other");
    let tasks = [run_dry(listening()), run_dry(listening())].map(tokio::spawn);
    for task in tasks {
        task.await.expect("no panic");
    }
    assert_eq!(count(bed.db(), "select count(*) as value from jobs").await, 100);
    assert_eq!(count(bed.db(), "select count(*) as value from facts where dispatched_at is null").await, 0);
    assert_eq!(worker.runs(), 100);
});

on_both_databases!(runner_stops_when_told, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    let runner = runner(&bed, &worker);
    enqueue(&bed, 0).await;
    let stop = CancellationToken::new();
    let told = stop.clone();
    let running = tokio::spawn(async move { runner.run(told).await });
    worker.started().await;
    stop.cancel();
    running.await.expect("no panic");
    assert_eq!(count(bed.db(), "select count(*) as value from jobs where done_at is not null").await, 1);
});

#[derive(Clone, Copy)]
enum Outcome {
    Done,
    Fails,
    Panics,
    WaitsForever,
}

/// Does what the test says for each attempt, and counts.
struct Worker {
    runs: AtomicUsize,
    started: Semaphore,
    outcome: fn(i64) -> Outcome,
}

impl Worker {
    fn new(outcome: fn(i64) -> Outcome) -> Arc<Self> {
        Arc::new(Self { runs: AtomicUsize::new(0), started: Semaphore::new(0), outcome })
    }
    fn runs(&self) -> usize {
        self.runs.load(Ordering::Relaxed)
    }
    async fn started(&self) {
        self.started.acquire().await.expect("it is never closed").forget();
    }
}

#[async_trait]
impl JobHandler for Worker {
    async fn run(&self, job: &Job) -> Result<(), BoxError> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        self.started.add_permits(1);
        match (self.outcome)(job.attempts) {
            Outcome::Done => Ok(()),
            Outcome::Fails => Err(NotToday(std::fmt::Error).into()),
            Outcome::Panics => panic!("a fault in a handler"),
            Outcome::WaitsForever => std::future::pending().await,
        }
    }
}

fn runner(bed: &TestBed, worker: &Arc<Worker>) -> Runner {
    let handler: Arc<dyn JobHandler> = Arc::<Worker>::clone(worker);
    Runner::new(bed.db().clone(), bed.ambient.clone())
        .handle(KIND, Arc::clone(&handler))
        .handle("probe.other", handler)
}

async fn run_dry(runner: Runner) {
    while runner.run_due().await.expect("a run") > 0 {}
}

async fn enqueue(bed: &TestBed, in_seconds: i64) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let at = bed.ambient.now().plus_seconds(in_seconds);
    jobs::enqueue(&mut tx, &bed.ambient, KIND, &json!({ "n": 1 }), at).await.expect("a job");
    tx.commit().await.expect("a commit");
}

async fn count(db: &Db, text: &'static str) -> i64 {
    let mut conn = db.read().await.expect("a reader");
    sql(text).one(&mut conn).await.expect("a count")
}
