//! Two hundred transactions at once: exactly the successful ones are there, and nobody was answered too early.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::FutureExt as _;
use storage::{Bounds, Db, DbOptions, StorageError, sql};
use testkit::{TestBed, Which, on_both_databases};

const AT_ONCE: i64 = 200;

#[test]
fn exactly_the_acknowledged_are_there_on_sqlite() {
    TestBed::run(Which::Sqlite, |bed: TestBed| async move {
        // As shipped: every commit waits for the disk.
        let durable = DbOptions { durable: true, ..DbOptions::default() };
        let db = Db::open(&bed.database.address, &durable).await.expect("the same file");
        exactly_the_acknowledged_are_there(db).await;
    });
}

#[test]
fn exactly_the_acknowledged_are_there_on_postgres() {
    TestBed::run(Which::Postgres, |bed: TestBed| async move {
        exactly_the_acknowledged_are_there(bed.db().clone()).await;
    });
}

async fn exactly_the_acknowledged_are_there(db: Db) {
    let mut tx = db.begin_write().await.expect("a transaction");
    sql("create table probes (number bigint not null, twice bigint not null, constraint probes_number_key unique (number))")
        .exec(&mut tx)
        .await
        .expect("a table");
    tx.commit().await.expect("a commit");

    let tasks: Vec<_> = (0..AT_ONCE).map(|number| tokio::spawn(act(db.clone(), number))).collect();
    let mut acknowledged = BTreeSet::new();
    for (number, task) in (0..AT_ONCE).zip(tasks) {
        match task.await.expect("no panic") {
            Ok(true) => assert!(acknowledged.insert(number)),
            Ok(false) => assert_eq!(fate(number), Fate::GoesAway),
            Err(error) => {
                assert_eq!(fate(number), Fate::BreaksARule);
                assert!(error.breaks("probes_number_key"), "{error:?}");
            }
        }
    }
    let expected: BTreeSet<i64> = (0..AT_ONCE).filter(|n| fate(*n) == Fate::Commits).collect();
    assert_eq!(acknowledged, expected);

    let mut conn = db.read().await.expect("a reader");
    let there: Vec<i64> =
        sql("select number as value from probes order by number").all(&mut conn).await.expect("rows");
    assert_eq!(there, expected.into_iter().collect::<Vec<_>>());
    let halves: i64 = sql("select count(*) as value from probes where twice <> 2 * number")
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(halves, 0);
}

#[test]
fn who_shares_a_transaction_that_is_ended_may_begin_again() {
    TestBed::run(Which::Sqlite, |bed: TestBed| async move {
        let bounds = Bounds { statement: Duration::from_millis(1), ..Bounds::default() };
        let db = Db::open(&bed.database.address, &DbOptions { bounds, ..DbOptions::default() }).await;
        let db = db.expect("the same file");
        let mut first = db.begin_write().await.expect("a transaction");
        sql("create table probes (number bigint not null)").exec(&mut first).await.expect("a table");
        let mut second = Box::pin(db.begin_write());
        assert!(second.as_mut().now_or_never().is_none(), "it waits for its turn");
        let mut shared = first.commit();
        assert!(shared.as_mut().now_or_never().is_none(), "the commit is the second one's too");
        let mut second = second.await.expect("its turn");
        let long = "insert into probes with recursive n (i) as (select 1 union all select i + 1 from n where i < 300000) \
                    select i from n";
        sql(long).exec(&mut second).await.expect_err("SQLite ends the whole transaction");
        drop(second);
        let ended = shared.await;
        assert!(
            matches!(ended, Err(StorageError::GaveWay(_))),
            "certainly nothing of it is there: {ended:?}"
        );
    });
}

#[tokio::test]
async fn what_is_committed_is_told_while_the_next_one_writes() {
    // On one thread, where it is known who comes when.
    let folder = tempfile::tempdir().expect("a folder");
    let address = format!("sqlite:{}", folder.path().join("probes.db").display());
    let options = DbOptions { durable: false, ..DbOptions::default() };
    let db = Db::open(&address, &options).await.expect("a new file");
    let first = db.begin_write().await.expect("a transaction");
    let mut second = Box::pin(db.begin_write());
    assert!(second.as_mut().now_or_never().is_none(), "it waits for its turn");
    let first = tokio::spawn(first.commit());
    all_have_come_round().await;
    let second = second.await.expect("its turn");
    let mut third = Box::pin(db.begin_write());
    assert!(third.as_mut().now_or_never().is_none(), "it waits, behind the first one, who will commit");
    let second = tokio::spawn(second.commit());
    let third = third.await.expect("its turn");
    all_have_come_round().await;
    assert!(first.is_finished() && second.is_finished(), "both are on the disk");
    first.await.expect("no panic").expect("a commit");
    second.await.expect("no panic").expect("a commit");
    third.commit().await.expect("a commit");
}

async fn all_have_come_round() {
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
}

on_both_databases!(actions_stopped_anywhere_are_whole_or_absent, |bed: TestBed| async move {
    let db = bed.db().clone();
    let mut tx = db.begin_write().await.expect("a transaction");
    sql("create table halves (number bigint not null, half bigint not null)")
        .exec(&mut tx)
        .await
        .expect("a table");
    tx.commit().await.expect("a commit");

    let tasks: Vec<_> = (0..AT_ONCE).map(|number| tokio::spawn(two_halves(db.clone(), number))).collect();
    let mut acknowledged = BTreeSet::new();
    for (number, task) in (0..AT_ONCE).zip(tasks) {
        // Every second request goes away, wherever it is just now; the waiting in between moves that point about.
        if number % 2 == 0 {
            task.abort();
        }
        match task.await {
            Ok(done) => {
                done.expect("nothing is refused");
                acknowledged.insert(number);
            }
            Err(stopped) => assert!(stopped.is_cancelled(), "{stopped}"),
        }
    }
    // Commits that were under way when their askers went away are finished before this one.
    db.begin_write().await.expect("a transaction").commit().await.expect("a commit");

    let mut conn = db.read().await.expect("a reader");
    let halves: Vec<i64> = sql("select number as value from halves group by number having count(*) <> 2")
        .all(&mut conn)
        .await
        .expect("rows");
    assert_eq!(halves, [0; 0]);
    let there: Vec<i64> =
        sql("select distinct number as value from halves").all(&mut conn).await.expect("rows");
    let there: BTreeSet<i64> = there.into_iter().collect();
    assert!(there.is_superset(&acknowledged), "{:?}", acknowledged.difference(&there));
    assert!(acknowledged.len() >= usize::try_from(AT_ONCE / 2).expect("small"));
});

async fn two_halves(db: Db, number: i64) -> Result<(), StorageError> {
    let mut tx = db.begin_write().await?;
    for half in 1..=2_i64 {
        sql("insert into halves (number, half) values ($1, $2)")
            .bind(number)
            .bind(half)
            .exec(&mut tx)
            .await?;
    }
    tx.commit().await
}

#[derive(Debug, PartialEq)]
enum Fate {
    Commits,
    BreaksARule,
    GoesAway,
}

fn fate(number: i64) -> Fate {
    match number % 5 {
        3 => Fate::BreaksARule,
        4 => Fate::GoesAway,
        _ => Fate::Commits,
    }
}

/// Whether the transaction was acknowledged.
async fn act(db: Db, number: i64) -> Result<bool, StorageError> {
    let mut tx = db.begin_write().await?;
    insert(&mut tx, number).await?;
    sql("update probes set twice = 2 * number where number = $1").bind(number).exec(&mut tx).await?;
    match fate(number) {
        Fate::GoesAway => return Ok(false),
        Fate::BreaksARule => drop(insert(&mut tx, number).await?),
        Fate::Commits => {}
    }
    tx.commit().await?;
    // What was acknowledged is committed: another connection sees it.
    let mut conn = db.read().await?;
    let seen: i64 =
        sql("select count(*) as value from probes where number = $1").bind(number).one(&mut conn).await?;
    assert_eq!(seen, 1, "{number} was acknowledged before it was committed");
    Ok(true)
}

async fn insert(tx: &mut storage::Tx, number: i64) -> Result<u64, StorageError> {
    sql("insert into probes (number, twice) values ($1, 0)").bind(number).exec(tx).await
}
