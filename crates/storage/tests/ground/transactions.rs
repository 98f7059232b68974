//! A transaction is whole or leaves nothing, and only a transaction writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use storage::{Db, DbOptions, StorageError, migrate, sql};
use testkit::{TestBed, Which, on_both_databases};
use tokio::sync::oneshot;

on_both_databases!(reader_refuses_writes, |bed: TestBed| async move {
    probes(bed.db()).await;
    let mut conn = bed.db().read().await.expect("a reader");
    for text in [
        "insert into probes (number) values (1)",
        "update probes set number = 2",
        "delete from probes",
        "create table others (number bigint)",
    ] {
        let refused = sql(text).exec(&mut conn).await;
        assert!(matches!(refused, Err(StorageError::Database(_))), "{text}: {refused:?}");
    }
    drop(conn);
    assert_eq!(numbers(bed.db()).await, [0; 0]);
});

on_both_databases!(dropped_transaction_leaves_nothing, |bed: TestBed| async move {
    probes(bed.db()).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    insert(&mut tx, 1).await.expect("a row");
    drop(tx);
    assert_eq!(numbers(bed.db()).await, [0; 0]);

    let mut tx = bed.db().begin_write().await.expect("the next transaction begins");
    insert(&mut tx, 2).await.expect("a row");
    tx.commit().await.expect("a commit");
    assert_eq!(numbers(bed.db()).await, [2]);
});

on_both_databases!(dropped_transaction_holds_up_no_other_process, |bed: TestBed| async move {
    probes(bed.db()).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    insert(&mut tx, 1).await.expect("a row");
    drop(tx);
    // As a command of the office's beside a server that nobody asks for anything.
    let options = DbOptions { durable: false, patience: Duration::from_secs(30), ..DbOptions::default() };
    let other = Db::open(&bed.database.address, &options).await.expect("the same database");
    let mut tx = other.begin_write().await.expect("the other process may write");
    insert(&mut tx, 2).await.expect("a row");
    tx.commit().await.expect("a commit");
    assert_eq!(numbers(bed.db()).await, [2]);
});

on_both_databases!(commit_after_a_failed_statement_is_refused, |bed: TestBed| async move {
    probes(bed.db()).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    insert(&mut tx, 1).await.expect("a row");
    insert(&mut tx, 1).await.expect_err("the same number again");
    let hooked = Arc::new(AtomicBool::new(false));
    let hook = Arc::clone(&hooked);
    tx.on_commit(move || hook.store(true, Ordering::Relaxed));
    assert!(tx.commit().await.is_err());
    assert!(!hooked.load(Ordering::Relaxed));
    assert_eq!(numbers(bed.db()).await, [0; 0]);
});

on_both_databases!(commit_is_finished_when_the_asker_goes_away, |bed: TestBed| async move {
    probes(bed.db()).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    insert(&mut tx, 1).await.expect("a row");
    let (done, hooked) = oneshot::channel();
    tx.on_commit(move || done.send(()).unwrap_or_default());
    let mut commit = Box::pin(tx.commit());
    let first_look = std::future::poll_fn(|cx| Poll::Ready(commit.as_mut().poll(cx))).await;
    drop(commit);
    drop(first_look);
    hooked.await.expect("the hook ran after the commit");
    assert_eq!(numbers(bed.db()).await, [1]);
});

on_both_databases!(migrating_again_does_nothing, |bed: TestBed| async move {
    let before = storage::applied_migrations(bed.db()).await.expect("numbers");
    migrate(bed.db()).await.expect("a second run");
    assert_eq!(storage::applied_migrations(bed.db()).await.expect("numbers"), before);
    let known: Vec<i64> = storage::known_migrations().map(|(number, _)| number).collect();
    assert_eq!(before, known);
});

/// A transaction that is dropped while others wait to share a commit takes none of them with it. One thread, so that the order
/// of turns is fixed: 1 waits with its commit for 2 and 3; 2 goes away; 3 commits with 1.
#[test]
fn transaction_dropped_within_a_group_leaves_the_others() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let bed = TestBed::new(Which::Sqlite).await;
        probes(bed.db()).await;
        let mut first = bed.db().begin_write().await.expect("a transaction");
        insert(&mut first, 1).await.expect("a row");

        let db = bed.db().clone();
        let second = tokio::spawn(async move {
            let mut tx = db.begin_write().await.expect("a transaction");
            insert(&mut tx, 2).await.expect("a row");
            drop(tx);
        });
        let db = bed.db().clone();
        let third = tokio::spawn(async move {
            let mut tx = db.begin_write().await.expect("a transaction");
            insert(&mut tx, 3).await.expect("a row");
            tx.commit().await.expect("a commit");
        });
        // Both come to the queue before the first one's commit looks whether anybody waits.
        tokio::task::yield_now().await;
        first.commit().await.expect("a commit");
        second.await.expect("no panic");
        third.await.expect("no panic");
        assert_eq!(numbers(bed.db()).await, [1, 3]);
    });
}

async fn probes(db: &Db) {
    let mut tx = db.begin_write().await.expect("a transaction");
    sql("create table probes (number bigint not null, constraint probes_number_key primary key (number))")
        .exec(&mut tx)
        .await
        .expect("a table");
    tx.commit().await.expect("a commit");
}

async fn insert(tx: &mut storage::Tx, number: i64) -> Result<u64, StorageError> {
    sql("insert into probes (number) values ($1)").bind(number).exec(tx).await
}

async fn numbers(db: &Db) -> Vec<i64> {
    let mut conn = db.read().await.expect("a reader");
    sql("select number as value from probes order by number").all(&mut conn).await.expect("rows")
}
