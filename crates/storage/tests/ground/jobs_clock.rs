//! A process whose clock is days ahead puts nothing off for days, and takes nothing from those who work.

use std::sync::Arc;

use kernel::ambient::{FixedClock, SeededEntropy};
use kernel::{Ambient, Timestamp};
use serde_json::json;
use storage::jobs::{self, Kind, Runner};
use storage::{Db, sql};
use testkit::{TestBed, on_both_databases};

use crate::workers::{Outcome, Worker};

const KIND: Kind = Kind::quick("probe.work");
const AHEAD: i64 = 5 * 86_400;

/// A process with a clock of its own.
struct Process {
    clock: FixedClock,
    ambient: Ambient,
    runner: Runner,
}

impl Process {
    fn at(bed: &TestBed, now: Timestamp, seed: u64, worker: &Arc<Worker>) -> Self {
        let clock = FixedClock::at(now);
        let ambient = Ambient::new(Arc::new(clock.clone()), Arc::new(SeededEntropy::new(seed)));
        let runner = Runner::new(bed.db().clone(), ambient.clone())
            .handle(KIND.timeout_seconds(600), Arc::<Worker>::clone(worker));
        Self { clock, ambient, runner }
    }

    async fn enqueue(&self, db: &Db, in_seconds: i64) {
        let mut tx = db.begin_write().await.expect("a transaction");
        let at = self.ambient.now().plus_seconds(in_seconds);
        jobs::enqueue(&mut tx, &self.ambient, KIND, &json!({}), at).await.expect("a job");
        tx.commit().await.expect("a commit");
    }
}

async fn count(bed: &TestBed, text: &'static str) -> i64 {
    sql(text).one(&mut bed.db().read().await.expect("a reader")).await.expect("a count")
}

on_both_databases!(what_a_clock_ahead_put_off_is_done_when_it_is_right, |bed: TestBed| async move {
    let now = bed.ambient.now();
    let fails = Worker::new(|_| Outcome::Fails);
    let ahead = Process::at(&bed, now.plus_seconds(AHEAD), 1, &fails);
    ahead.enqueue(bed.db(), 0).await;
    assert_eq!(ahead.runner.run_due().await.expect("a run"), 1, "it is to be tried again, days from now");
    ahead.enqueue(bed.db(), 0).await;

    let done = Worker::new(|_| Outcome::Done);
    let right = Process::at(&bed, now, 2, &done);
    // What this process itself puts off stays so.
    right.enqueue(bed.db(), 3_600).await;
    assert_eq!(right.runner.run_due().await.expect("a run"), 2);
    right.clock.advance_seconds(3_599);
    assert_eq!(right.runner.run_due().await.expect("a run"), 0);
    right.clock.advance_seconds(1);
    assert_eq!(right.runner.run_due().await.expect("a run"), 1);
    assert_eq!(count(&bed, "select count(*) as value from jobs where done_at is not null").await, 3);
});

on_both_databases!(lease_of_a_clock_ahead_ends_with_its_holder, |bed: TestBed| async move {
    let now = bed.ambient.now();
    let stuck = Worker::new(|_| Outcome::WaitsForever);
    let ahead = Process::at(&bed, now.plus_seconds(AHEAD), 1, &stuck);
    ahead.enqueue(bed.db(), 0).await;
    let mut dying = ahead.runner.shift();
    assert_eq!(dying.look().await.expect("a look"), 1);
    stuck.started().await;
    drop(dying);

    let done = Worker::new(|_| Outcome::Done);
    let right = Process::at(&bed, now, 2, &done);
    let mut shift = right.runner.shift();
    let mut waited = 0;
    while shift.look().await.expect("a look") == 0 {
        assert!(waited <= 120, "it is nobody's");
        waited += 1;
        right.clock.advance_seconds(1);
    }
    assert!(waited > 90, "a lease is a lease: {waited}");
    shift.one_ended().await;
    assert_eq!((done.runs(), count(&bed, "select attempts as value from jobs").await), (1, 2));
});

on_both_databases!(who_works_by_a_clock_ahead_keeps_the_job, |bed: TestBed| async move {
    let now = bed.ambient.now();
    let works = Worker::new(|_| Outcome::WaitsForAPush);
    let (ahead, right) =
        (Process::at(&bed, now.plus_seconds(AHEAD), 1, &works), Process::at(&bed, now, 2, &works));
    ahead.enqueue(bed.db(), 0).await;
    let (mut one, mut other) = (ahead.runner.shift(), right.runner.shift());
    assert_eq!(one.look().await.expect("a look"), 1);
    works.started().await;
    for _ in 0..300 {
        one.look().await.expect("a look");
        assert_eq!(other.look().await.expect("a look"), 0, "it is renewed, by whichever clock");
        ahead.clock.advance_seconds(1);
        right.clock.advance_seconds(1);
    }
    works.push();
    one.one_ended().await;
    assert_eq!((works.runs(), works.dropped()), (1, 0));
});

on_both_databases!(clock_that_is_set_back_under_a_run_changes_nothing_for_it, |bed: TestBed| async move {
    let now = bed.ambient.now();
    let works = Worker::new(|_| Outcome::WaitsForever);
    let (one, other) =
        (Process::at(&bed, now.plus_seconds(AHEAD), 1, &works), Process::at(&bed, now, 2, &works));
    one.enqueue(bed.db(), 0).await;
    let (mut working, mut idle) = (one.runner.shift(), other.runner.shift());
    assert_eq!(working.look().await.expect("a look"), 1);
    works.started().await;
    one.clock.set(now);
    for second in 0..600 {
        assert_eq!(works.dropped(), 0, "after {second} s");
        working.look().await.expect("a look");
        assert_eq!(idle.look().await.expect("a look"), 0, "it is renewed by the clock as it is");
        one.clock.advance_seconds(1);
        other.clock.advance_seconds(1);
    }
    working.look().await.expect("a look");
    working.one_ended().await;
    assert_eq!(works.dropped(), 1, "it has the time of its kind, and no days more");
});
