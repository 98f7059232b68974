//! Jobs are done by one runner at a time, tried again when they fail, and those of the clock are enqueued once.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use storage::jobs::{self, Every, Kind, Lane, Runner, Standing, Tidy};
use storage::{Db, sql};
use testkit::{TestBed, on_both_databases};
use tokio_util::sync::CancellationToken;

use crate::workers::{Outcome, Worker};

const KIND: Kind = Kind::quick("probe.work");
const HEAVY: Kind = Kind::heavy("probe.render").timeout_seconds(2 * 3_600);

on_both_databases!(job_is_done_once_and_not_before_its_time, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    let runner = runner(&bed, &worker);
    enqueue(&bed, KIND, 60).await;
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
    enqueue(&bed, KIND, 0).await;
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    for wait in [5, 10, 20] {
        bed.clock.advance_seconds(wait - 1);
        assert_eq!(runner.run_due().await.expect("a run"), 0, "before {wait} s");
        bed.clock.advance_seconds(1);
        assert_eq!(runner.run_due().await.expect("a run"), 1, "after {wait} s");
    }
    assert_eq!(count(bed.db(), DONE).await, 1);
    assert_eq!(worker.runs(), 4);
});

on_both_databases!(hopeless_job_is_given_up_and_kept_for_people, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Fails);
    let runner = Runner::new(bed.db().clone(), bed.ambient.clone()).handle(KIND.attempts(3), worker.clone());
    enqueue(&bed, KIND, 0).await;
    for _ in 0..10 {
        runner.run_due().await.expect("a run");
        bed.clock.advance_seconds(3_600);
    }
    assert_eq!(worker.runs(), 3, "as often as its kind says");
    let text = "select count(*) as value from jobs where given_up_at is not null and last_error like 'not today: an error %'";
    assert_eq!(count(bed.db(), text).await, 1);

    // A person has seen to it.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    assert_eq!(jobs::retry_given_up(&mut tx, "probe.other", bed.ambient.now()).await.expect("a count"), 0);
    assert_eq!(jobs::retry_given_up(&mut tx, KIND.name, bed.ambient.now()).await.expect("a count"), 1);
    tx.commit().await.expect("a commit");
    let able = Worker::new(|_| Outcome::Done);
    assert_eq!(self::runner(&bed, &able).run_due().await.expect("a run"), 1);
    assert_eq!(count(bed.db(), DONE).await, 1);
});

on_both_databases!(panic_of_a_handler_fails_only_its_job, |bed: TestBed| async move {
    let worker = Worker::new(|attempt| if attempt == 1 { Outcome::Panics } else { Outcome::Done });
    let runner = runner(&bed, &worker);
    enqueue(&bed, KIND, 0).await;
    assert_eq!(runner.run_due().await.expect("the runner lives"), 1);
    bed.clock.advance_seconds(5);
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    assert_eq!(count(bed.db(), DONE).await, 1);
});

on_both_databases!(job_that_nobody_here_does_is_left_to_other_processes, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    enqueue(&bed, Kind::quick("probe.of_the_next_release"), 0).await;
    let runner = runner(&bed, &worker);
    assert_eq!(runner.run_due().await.expect("a run"), 0);
    assert_eq!(count(bed.db(), "select attempts as value from jobs").await, 0);
    bed.clock.advance_seconds(30);
    let unknown = standing(&bed, &runner).await.pop().expect("it is shown all the same");
    assert_eq!((unknown.kind.as_str(), unknown.lane), ("probe.of_the_next_release", None));
    assert_eq!((unknown.waiting, unknown.oldest_due_seconds), (1, 30));
});

on_both_databases!(
    quick_jobs_start_within_two_seconds_while_heavy_ones_run_for_an_hour,
    |bed: TestBed| async move {
        let (quick, heavy) = (Worker::new(|_| Outcome::Done), Worker::new(|_| Outcome::WaitsForever));
        let (quick_elsewhere, heavy_elsewhere) = (quick.clone(), heavy.clone());
        let here = Runner::new(bed.db().clone(), bed.ambient.clone())
            .places(1, 2)
            .handle(KIND, quick.clone())
            .handle(HEAVY, heavy.clone());
        let elsewhere = Runner::new(bed.db().clone(), bed.ambient.clone())
            .places(0, 1)
            .handle(KIND, quick_elsewhere)
            .handle(HEAVY, heavy_elsewhere);
        for _ in 0..5 {
            enqueue(&bed, HEAVY, 0).await;
        }
        for minute in 1..60 {
            enqueue(&bed, KIND, minute * 60).await;
        }
        let (mut here, mut elsewhere) = (here.shift(), elsewhere.shift());
        let (mut begun, mut latest) = (0, 0);
        for second in 0_i64..3_600 {
            begun += elsewhere.look().await.expect("a look");
            let started = here.look().await.expect("a look");
            begun += started;
            for _ in 0..started {
                if second > 0 {
                    quick.started().await;
                    latest = latest.max(second % 60);
                    here.one_ended().await;
                } else {
                    heavy.started().await;
                }
            }
            bed.clock.advance_seconds(1);
        }
        assert_eq!((quick.runs(), heavy.runs()), (59, 3), "three places for heavy ones, each taken once");
        assert_eq!(begun, 62);
        assert!(latest <= 2, "a quick job waited for {latest} s");
        // Their leases were renewed all the time: no attempt was counted twice.
        assert_eq!(count(bed.db(), "select sum_of.value from (select cast(sum(attempts) as bigint) as value from jobs where kind = 'probe.render') sum_of").await, 3);
    }
);

on_both_databases!(lease_is_left_alone_until_it_ends_and_then_taken, |bed: TestBed| async move {
    let stuck = Worker::new(|_| Outcome::WaitsForever);
    let first = runner(&bed, &stuck);
    enqueue(&bed, KIND, 0).await;
    let mut process = first.shift();
    assert_eq!(process.look().await.expect("a look"), 1);
    stuck.started().await;

    let worker = Worker::new(|_| Outcome::Done);
    let second = runner(&bed, &worker);
    bed.clock.advance_seconds(90);
    assert_eq!(second.run_due().await.expect("a run"), 0, "the lease holds");
    // The first process dies in the middle of its work.
    drop(process);
    bed.clock.advance_seconds(1);
    assert_eq!(second.run_due().await.expect("a run"), 1, "the lease has ended");
    assert_eq!(count(bed.db(), "select attempts as value from jobs").await, 2);
});

on_both_databases!(late_finisher_changes_nothing, |bed: TestBed| async move {
    let slow = Worker::new(|_| Outcome::WaitsForAPush);
    let first = runner(&bed, &slow);
    enqueue(&bed, KIND, 0).await;
    let mut asleep = first.shift();
    assert_eq!(asleep.look().await.expect("a look"), 1);
    slow.started().await;

    // The machine of the first process sleeps; another fails the job, and it waits for its second try there.
    bed.clock.advance_seconds(91);
    let fails = Worker::new(|_| Outcome::Fails);
    assert_eq!(runner(&bed, &fails).run_due().await.expect("a run"), 1);
    let before = row(bed.db()).await;
    // The machine wakes up, and its run comes to its end.
    slow.push();
    asleep.one_ended().await;
    assert_eq!(row(bed.db()).await, before, "it is as the holder of the lease left it");
    assert_eq!(count(bed.db(), DONE).await, 0);
});

on_both_databases!(run_whose_lease_was_taken_is_stopped, |bed: TestBed| async move {
    let slow = Worker::new(|_| Outcome::WaitsForever);
    let first = runner(&bed, &slow);
    enqueue(&bed, KIND.timeout_seconds(86_400), 0).await;
    let mut asleep = first.shift();
    asleep.look().await.expect("a look");
    slow.started().await;
    bed.clock.advance_seconds(59);
    asleep.look().await.expect("a look");
    bed.clock.advance_seconds(91);
    let second = runner(&bed, &slow);
    let mut awake = second.shift();
    assert_eq!(awake.look().await.expect("a look"), 1, "the lease was not renewed for too long");
    slow.started().await;
    assert_eq!(asleep.look().await.expect("a look"), 0);
    asleep.one_ended().await;
    assert_eq!((slow.runs(), slow.dropped()), (2, 1));
    assert_eq!(count(bed.db(), "select count(*) as value from jobs where lease is not null").await, 1);
});

on_both_databases!(run_that_takes_too_long_is_stopped_and_has_failed, |bed: TestBed| async move {
    let slow = Worker::new(|_| Outcome::WaitsForever);
    let runner =
        Runner::new(bed.db().clone(), bed.ambient.clone()).handle(KIND.timeout_seconds(30), slow.clone());
    enqueue(&bed, KIND, 0).await;
    let mut shift = runner.shift();
    shift.look().await.expect("a look");
    slow.started().await;
    bed.clock.advance_seconds(30);
    shift.look().await.expect("a look");
    shift.one_ended().await;
    assert_eq!(slow.dropped(), 1);
    let text =
        "select count(*) as value from jobs where attempts = 1 and last_error = 'took longer than 30 s'";
    assert_eq!(count(bed.db(), text).await, 1);
    bed.clock.advance_seconds(5);
    assert_eq!(shift.look().await.expect("a look"), 1, "it is tried again");
});

on_both_databases!(job_that_kills_its_process_is_given_up, |bed: TestBed| async move {
    enqueue(&bed, KIND, 0).await;
    let fatal = Worker::new(|_| Outcome::WaitsForever);
    for _ in 0..20 {
        let first = runner(&bed, &fatal);
        let mut process = first.shift();
        process.look().await.expect("a look");
        fatal.started().await;
        drop(process);
        bed.clock.advance_seconds(91);
    }
    assert_eq!(runner(&bed, &fatal).run_due().await.expect("a run"), 1);
    assert_eq!(fatal.runs(), 20, "it is not tried a 21st time");
    assert_eq!(count(bed.db(), GIVEN_UP).await, 1);
});

on_both_databases!(two_runners_share_the_jobs, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    for _ in 0..50 {
        enqueue(&bed, KIND, 0).await;
    }
    let both = [runner(&bed, &worker), runner(&bed, &worker)];
    let tasks = both.map(|runner| tokio::spawn(async move { runner.run_due().await.expect("a run") }));
    for task in tasks {
        task.await.expect("no panic");
    }
    assert_eq!(worker.runs(), 50);
    assert_eq!(count(bed.db(), "select count(*) as value from jobs where attempts <> 1").await, 0);
});

on_both_databases!(due_job_starts_with_its_commit_and_the_stop_lets_it_finish, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    let runner = runner(&bed, &worker);
    let stop = CancellationToken::new();
    let told = stop.clone();
    let running = tokio::spawn(async move { runner.run(told).await });
    for _ in 0..3 {
        enqueue(&bed, KIND, 0).await;
        worker.started().await;
    }
    stop.cancel();
    running.await.expect("no panic");
    assert_eq!(count(bed.db(), DONE).await, 3);
});

on_both_databases!(stop_puts_back_what_does_not_finish, |bed: TestBed| async move {
    let slow = Worker::new(|_| Outcome::WaitsForever);
    let first = runner(&bed, &slow);
    enqueue(&bed, KIND, 0).await;
    let mut shift = first.shift();
    shift.look().await.expect("a look");
    slow.started().await;
    shift.end(Duration::ZERO).await;
    assert_eq!(slow.dropped(), 1);
    assert_eq!(count(bed.db(), "select attempts as value from jobs").await, 0, "it costs no attempt");
    let worker = Worker::new(|_| Outcome::Done);
    assert_eq!(runner(&bed, &worker).run_due().await.expect("a run"), 1, "others take it at once");
});

on_both_databases!(clock_that_is_set_back_leaves_out_no_time_of_a_schedule, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    let runner = Runner::new(bed.db().clone(), bed.ambient.clone()).every(Every::Hour, KIND, worker.clone());
    let right = bed.ambient.now();
    let mut shift = runner.shift();
    bed.clock.advance_seconds(3 * 86_400);
    shift.look().await.expect("a look");
    bed.clock.set(right);
    shift.look().await.expect("a look");
    bed.clock.advance_seconds(3_600);
    assert_eq!(shift.look().await.expect("a look"), 1, "the next full hour");
    shift.one_ended().await;
});

on_both_databases!(each_time_of_a_schedule_is_taken_once_by_all_processes, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Done);
    let nightly = || {
        let runner = Runner::new(bed.db().clone(), bed.ambient.clone());
        runner.every(Every::Night, KIND, worker.clone()).every(Every::Hour, HEAVY, worker.clone())
    };
    let processes: Vec<Runner> = (0..4).map(|_| nightly()).collect();
    // The first morning at nine; the next nights are at three.
    for hour in 0..72 {
        let looks = processes.iter().map(Runner::run_due);
        futures_util::future::try_join_all(looks).await.expect("they all look");
        assert_eq!(count(bed.db(), OF_THE_HOUR).await, hour, "after {hour} hours");
        assert_eq!(count(bed.db(), OF_THE_NIGHT).await, (hour + 6) / 24, "after {hour} hours");
        bed.clock.advance_seconds(3_600);
    }
});

on_both_databases!(missed_times_are_made_up_for_once_and_never_pile_up, |bed: TestBed| async move {
    let (done, stuck) = (Worker::new(|_| Outcome::Done), Worker::new(|_| Outcome::WaitsForever));
    let hourly = |worker: &Arc<Worker>| {
        Runner::new(bed.db().clone(), bed.ambient.clone()).every(Every::Hour, HEAVY, worker.clone())
    };
    assert_eq!(hourly(&done).run_due().await.expect("a run"), 0);
    bed.clock.advance_seconds(40 * 3_600);
    assert_eq!(hourly(&done).run_due().await.expect("a run"), 1, "the server was off for two nights");
    assert_eq!(hourly(&done).run_due().await.expect("a run"), 0);

    let slow = hourly(&stuck);
    let mut shift = slow.shift();
    for _ in 0..(90 * 60) {
        shift.look().await.expect("a look");
        bed.clock.advance_seconds(1);
    }
    assert_eq!(count(bed.db(), OF_THE_HOUR).await, 2, "the next waits until this one is done");
});

on_both_databases!(done_jobs_are_forgotten_after_a_week_in_small_bites, |bed: TestBed| async move {
    let worker = Worker::new(|attempt| if attempt == 1 { Outcome::Done } else { Outcome::Fails });
    for _ in 0..1_201 {
        enqueue(&bed, KIND, 0).await;
    }
    let text = "update jobs set done_at = run_at";
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql(text).exec(&mut tx).await.expect("they are done");
    tx.commit().await.expect("a commit");
    bed.clock.advance_seconds(6 * 86_400);
    enqueue(&bed, KIND, 0).await;
    let tidy = Arc::new(Tidy { db: bed.db().clone(), ambient: bed.ambient.clone() });
    let runner = runner(&bed, &worker).every(Every::Hour, jobs::TIDY, tidy);
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    bed.clock.advance_seconds(86_400 + 1);
    assert_eq!(runner.run_due().await.expect("a run"), 1);
    assert_eq!(
        count(bed.db(), "select count(*) as value from jobs").await,
        2,
        "the newer one and the tidying itself"
    );
});

on_both_databases!(a_chore_is_done_in_short_runs_however_much_there_is, |bed: TestBed| async move {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into idempotency_keys (person_id, key, request_hash, status, body, at) \
         with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 10500) \
         select $1, cast(n as text), $2, 204, $2, $3 from numbers")
    .bind(bed.ambient.new_id::<kernel::id::kind::Person>())
    .bind(Vec::new())
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("answers");
    tx.commit().await.expect("a commit");
    let tidy = Arc::new(Tidy { db: bed.db().clone(), ambient: bed.ambient.clone() });
    let runner = Runner::new(bed.db().clone(), bed.ambient.clone()).handle(jobs::TIDY, tidy);
    bed.clock.advance_seconds(31 * 86_400);
    enqueue(&bed, jobs::TIDY, 0).await;
    let mut shift = runner.shift();
    assert_eq!(shift.look().await.expect("a look"), 1);
    shift.one_ended().await;
    let left = "select count(*) as value from idempotency_keys";
    assert_eq!(count(bed.db(), left).await, 500, "twenty bites of five hundred");
    // What is left is for the next run, which nobody has to wait an hour for.
    assert_eq!(shift.look().await.expect("a look"), 1);
    shift.one_ended().await;
    assert_eq!(count(bed.db(), left).await, 0);
    assert_eq!(shift.look().await.expect("a look"), 0);
    assert_eq!(count(bed.db(), DONE).await, 2);
});

on_both_databases!(standing_tells_age_and_given_up_jobs_by_kind, |bed: TestBed| async move {
    let worker = Worker::new(|_| Outcome::Fails);
    let runner = Runner::new(bed.db().clone(), bed.ambient.clone())
        .handle(KIND.attempts(1), worker.clone())
        .handle(HEAVY, Worker::new(|_| Outcome::WaitsForever));
    for (kind, in_seconds) in [(KIND, 0), (KIND, 20), (KIND, 500), (HEAVY, 0), (HEAVY, 1)] {
        enqueue(&bed, kind, in_seconds).await;
    }
    let mut shift = runner.shift();
    assert_eq!(shift.look().await.expect("a look"), 2);
    worker.started().await;
    shift.one_ended().await;
    bed.clock.advance_seconds(80);
    let expected = |kind: Kind, figures: [i64; 4], last_error: Option<&str>| {
        let [waiting, running, oldest_due_seconds, given_up] = figures;
        let (kind, lane) = (kind.name.to_owned(), Some(kind.lane));
        let last_error = last_error.map(str::to_owned);
        Standing { kind, lane, waiting, running, oldest_due_seconds, given_up, last_error }
    };
    let why = "not today: an error occurred when formatting an argument";
    assert_eq!(
        standing(&bed, &runner).await,
        [expected(KIND, [2, 0, 60, 1], Some(why)), expected(HEAVY, [1, 1, 79, 0], None)]
    );
    assert_eq!(Lane::ALL.map(Lane::word), ["quick", "heavy"]);
});

const DONE: &str = "select count(*) as value from jobs where done_at is not null";
const GIVEN_UP: &str = "select count(*) as value from jobs where given_up_at is not null";
const OF_THE_HOUR: &str = "select count(*) as value from jobs where kind = 'probe.render'";
const OF_THE_NIGHT: &str = "select count(*) as value from jobs where kind = 'probe.work'";

fn runner(bed: &TestBed, worker: &Arc<Worker>) -> Runner {
    Runner::new(bed.db().clone(), bed.ambient.clone())
        .handle(KIND.timeout_seconds(86_400), Arc::<Worker>::clone(worker))
}

async fn standing(bed: &TestBed, runner: &Runner) -> Vec<Standing> {
    let mut conn = bed.db().read().await.expect("a reader");
    jobs::standing(&mut conn, &runner.kinds(), bed.ambient.now()).await.expect("the figures")
}

async fn enqueue(bed: &TestBed, kind: Kind, in_seconds: i64) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let at = bed.ambient.now().plus_seconds(in_seconds);
    jobs::enqueue(&mut tx, &bed.ambient, kind, &json!({ "n": 1 }), at).await.expect("a job");
    tx.commit().await.expect("a commit");
}

async fn count(db: &Db, text: &'static str) -> i64 {
    let mut conn = db.read().await.expect("a reader");
    sql(text).one(&mut conn).await.expect("a count")
}

storage::from_row! {
    #[derive(Debug, PartialEq)]
    struct Row { attempts: i64, run_at: kernel::Timestamp, last_error: Option<String>, done_at: Option<kernel::Timestamp> }
}

async fn row(db: &Db) -> Row {
    let mut conn = db.read().await.expect("a reader");
    sql("select attempts, run_at, last_error, done_at from jobs").one(&mut conn).await.expect("one job")
}
