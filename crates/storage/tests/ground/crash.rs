//! A process that writes is killed in two hundred places: what it acknowledged is there, and nothing is there by halves.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use storage::{Db, DbOptions, StorageError, sql};
use testkit::{TestBed, on_both_databases};

const KILLS: i64 = 200;
/// So many transactions are under way at once, in every stage of theirs.
const AT_ONCE: usize = 16;
/// A run writes fewer rows than this.
const A_RUN: i64 = 100_000;

const ADDRESS: &str = "LINGXUE_TEST_CRASH_ADDRESS";
const FIRST: &str = "LINGXUE_TEST_CRASH_FIRST";

on_both_databases!(killed_process_loses_nothing_it_acknowledged, |bed: TestBed| async move {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("create table halves (number bigint not null, half bigint not null, \
         constraint halves_number_half_key primary key (number, half))")
    .exec(&mut tx)
    .await
    .expect("a table");
    tx.commit().await.expect("a commit");

    for round in 0..KILLS {
        let first = round * A_RUN;
        // Spread over the first commits of a process, where its connections are new, and later ones.
        let acknowledged = write_until_killed(&bed.database.address, first, 1 + (round * 37) % 61);
        let there = whole_rows(bed.db(), first).await;
        let lost: Vec<_> = acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "round {round}: {lost:?} were acknowledged and are not there");
    }
    if bed.db().is_sqlite() {
        let mut conn = bed.db().read().await.expect("a reader");
        let said: String = sql("select integrity_check as value from pragma_integrity_check limit 1")
            .one(&mut conn)
            .await
            .expect("an answer");
        assert_eq!(said, "ok");
    }
});

/// Starts a process that writes, kills it when it has acknowledged so many, and tells all that it acknowledged.
fn write_until_killed(address: &str, first: i64, enough: i64) -> BTreeSet<i64> {
    let mut process = Command::new(std::env::current_exe().expect("this program"))
        .args(["crash::process_that_writes", "--exact", "--nocapture"])
        .env(ADDRESS, address)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a process");
    let lines = BufReader::new(process.stdout.take().expect("its output")).lines();
    let mut acknowledged = BTreeSet::new();
    let mut is_killed = false;
    // What it said before its end counts, also when it is read after it.
    for line in lines.map_while(Result::ok) {
        let number = line.strip_prefix("acknowledged ").and_then(|number| number.parse::<i64>().ok());
        acknowledged.extend(number);
        if !is_killed && acknowledged.len() >= usize::try_from(enough).expect("small") {
            process.kill().expect("it is killed");
            is_killed = true;
        }
    }
    process.wait().expect("its end");
    assert!(is_killed, "it ended by itself");
    acknowledged
}

/// The numbers of a run that are there; each must have both of its halves.
async fn whole_rows(db: &Db, first: i64) -> BTreeSet<i64> {
    let mut conn = db.read().await.expect("a reader");
    let rows: Vec<(i64, i64)> =
        sql("select number, count(*) as halves from halves where number >= $1 group by number")
            .bind(first)
            .all_by(&mut conn, |row| Ok((row.get("number")?, row.get("halves")?)))
            .await
            .expect("rows");
    assert!(rows.iter().all(|(_, halves)| *halves == 2), "{rows:?}");
    rows.into_iter().map(|(number, _)| number).collect()
}

/// Not a test by itself: the process that is killed.
#[test]
fn process_that_writes() {
    let (Ok(address), Ok(first)) = (std::env::var(ADDRESS), std::env::var(FIRST)) else { return };
    let next = Arc::new(AtomicI64::new(first.parse().expect("a number")));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let db = Db::open(&address, &DbOptions::default()).await.expect("the database");
        let tasks: Vec<_> =
            (0..AT_ONCE).map(|_| tokio::spawn(write_on(db.clone(), Arc::clone(&next)))).collect();
        for task in tasks {
            task.await.expect("no panic").expect("nothing is refused");
        }
    });
}

async fn write_on(db: Db, next: Arc<AtomicI64>) -> Result<(), StorageError> {
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let mut tx = db.begin_write().await?;
        for half in 1..=2_i64 {
            sql("insert into halves (number, half) values ($1, $2)")
                .bind(number)
                .bind(half)
                .exec(&mut tx)
                .await?;
        }
        tx.commit().await?;
        println!("acknowledged {number}");
    }
}
