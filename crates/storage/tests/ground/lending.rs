//! Connections come back whole whatever happens to whoever has them, and nobody waits for one that lies unused.

use std::path::PathBuf;
use std::time::Duration;

use futures_util::FutureExt as _;
use storage::{Bounds, Conn, Db, DbOptions, StorageError, attempt, sql};
use testkit::{TestBed, Which, on_both_databases};

#[test]
fn what_the_server_has_ended_is_read_again_on_a_new_connection() {
    TestBed::run(Which::Postgres, |bed: TestBed| async move {
        let db = of_size(&bed, 3).await;
        let before = three_at_once(&db).await;
        end_all_but_mine(&bed).await;
        // Each was fine when it was given back; none is asked before it is used.
        let after = three_at_once(&db).await;
        assert!(after.iter().all(|pid| !before.contains(pid)), "{before:?} {after:?}");
        end_all_but_mine(&bed).await;
        let mut tx = db.begin_write().await.expect("a transaction on a new connection");
        pid(&mut tx).await.expect("it works");
        tx.commit().await.expect("a commit");
    });
}

#[test]
fn what_was_prepared_and_is_out_of_step_is_prepared_anew() {
    TestBed::run(Which::Postgres, |bed: TestBed| async move {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("create table probes (word varchar(3) not null)").exec(&mut tx).await.expect("a table");
        tx.commit().await.expect("a commit");
        let db = of_size(&bed, 1).await;
        let word = || sql("select word as value from probes union all select 'abc'");
        let mut conn = db.read().await.expect("a reader");
        word().all::<String>(&mut conn).await.expect("it is prepared");
        drop(conn);
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        // As a migration does that runs while another process serves.
        sql("alter table probes alter column word type char(5)").exec(&mut tx).await.expect("another type");
        tx.commit().await.expect("a commit");
        let mut tx = db.begin_write().await.expect("the only connection there is");
        let refused = word().all::<String>(&mut tx).await.err();
        assert!(
            matches!(refused, Some(StorageError::GaveWay(_))),
            "the action may be made again: {refused:?}"
        );
        drop(tx);
        let mut tx = db.begin_write().await.expect("another connection");
        word().all::<String>(&mut tx).await.expect("it is prepared anew");
        sql("deallocate all").exec(&mut tx).await.expect("a pooler in between does so");
        tx.commit().await.expect("a commit");
        let mut conn = db.read().await.expect("the same connection");
        word().all::<String>(&mut conn).await.expect("what reads is made once more");
    });
}

#[test]
fn transaction_whose_connection_is_lost_is_not_gone_on_with() {
    TestBed::run(Which::Postgres, |bed: TestBed| async move {
        let db = of_size(&bed, 2).await;
        let mut tx = db.begin_write().await.expect("a transaction");
        pid(&mut tx).await.expect("it works");
        end_all_but_mine(&bed).await;
        let lost = pid(&mut tx).await.expect_err("its connection is gone");
        assert!(matches!(lost, StorageError::Unavailable(_)), "{lost:?}");
        assert!(pid(&mut tx).await.is_err(), "nothing of it is done outside of the transaction");
        assert!(tx.commit().await.is_err());
        let mut snapshot = db.snapshot().await.expect("a snapshot");
        pid(&mut snapshot).await.expect("it works");
        end_all_but_mine(&bed).await;
        pid(&mut snapshot).await.expect_err("another connection would not read what this one read");
    });
}

#[test]
fn statement_that_nobody_waits_for_leaves_its_connection_usable() {
    TestBed::run(Which::Postgres, |bed: TestBed| async move {
        let db = of_size(&bed, 1).await;
        let mut conn = db.read().await.expect("a reader");
        let before = pid(&mut conn).await.expect("it works");
        {
            let mut asked =
                Box::pin(sql("select 1::bigint as value from pg_sleep(0.1)").one::<i64>(&mut conn));
            // Sent, and given up before the answer.
            assert!(asked.as_mut().now_or_never().is_none());
        }
        drop(conn);
        let mut conn = db.read().await.expect("the only connection there is");
        assert_eq!(pid(&mut conn).await.expect("its own answer"), before);
    });
}

#[test]
fn attempt_keeps_its_connection_until_others_need_it() {
    TestBed::run(Which::Postgres, |bed: TestBed| async move {
        let db = of_size(&bed, 1).await;
        let work = async {
            let first = pid(&mut db.read().await.expect("a reader")).await.expect("it works");
            assert!(db.read().now_or_never().is_some(), "its own is there at once");
            let other = tokio::spawn({
                let db = db.clone();
                async move { pid(&mut db.read().await.expect("what lies unused")).await.expect("it works") }
            });
            assert_eq!(other.await.expect("no panic"), first);
            let mut tx = db.begin_write().await.expect("it comes back");
            pid(&mut tx).await.expect("it works");
            tx.commit().await.expect("a commit");
        };
        attempt::watch(work).await;
        db.close().await;
        assert!(db.read().await.is_err());
    });
}

on_both_databases!(what_reads_much_is_done_two_at_a_time, |bed: TestBed| async move {
    let db = bed.db();
    let first = db.read_long().await.expect("a place");
    let _second = db.read_long().await.expect("another");
    assert!(db.read_long().now_or_never().is_none());
    assert!(db.snapshot().now_or_never().is_none());
    let mut short = db.read().await.expect("others read meanwhile");
    let one: i64 = sql("select cast(1 as bigint) as value").one(&mut short).await.expect("a number");
    assert_eq!(one, 1);
    drop(first);
    let mut third = db.read_long().await.expect("the place given back");
    let one: i64 = sql("select cast(1 as bigint) as value").one(&mut third).await.expect("a number");
    assert_eq!(one, 1);
});

#[test]
fn writer_waits_for_another_process_without_holding_its_thread() {
    TestBed::run(Which::Sqlite, |bed: TestBed| async move {
        let file = bed.database.address.trim_start_matches("sqlite:").to_owned();
        let other = rusqlite::Connection::open(file).expect("the file opens");
        other.execute_batch("begin immediate").expect("another process writes");
        let mut begin = Box::pin(bed.db().begin_write());
        assert!(begin.as_mut().now_or_never().is_none(), "it waits");
        other.execute_batch("commit").expect("the other is done");
        begin.await.expect("a transaction").commit().await.expect("a commit");
    });
}

#[test]
fn database_that_was_removed_is_not_written_to_nor_made_anew() {
    TestBed::run(Which::Sqlite, |bed: TestBed| async move {
        let file = PathBuf::from(bed.database.address.trim_start_matches("sqlite:"));
        let db = of_size(&bed, 4).await;
        let mut open = db.read().await.expect("a reader");
        db.is_whole().expect("it is there");
        let aside = file.with_extension("aside");
        std::fs::rename(&file, &aside).expect("somebody moves it away");
        assert!(db.is_whole().is_err());
        let refused = db.begin_write().await.err();
        assert!(matches!(refused, Some(StorageError::Unavailable(_))), "it would be lost: {refused:?}");
        let refused = db.read().await.err();
        assert!(matches!(refused, Some(StorageError::Unavailable(_))), "there is none to open: {refused:?}");
        assert!(!file.exists());
        let one: i64 = sql("select 1 as value").one(&mut open).await.expect("what is open reads on");
        assert_eq!(one, 1);
        std::fs::rename(&aside, &file).expect("it comes back");
        db.is_whole().expect("the same file");
        db.begin_write().await.expect("a transaction").commit().await.expect("a commit");
    });
}

#[test]
fn statement_ends_in_time_unless_it_is_of_a_snapshot() {
    TestBed::run(Which::Sqlite, |bed: TestBed| async move {
        let bounds = Bounds { statement: Duration::from_millis(1), ..Bounds::default() };
        let db = Db::open(&bed.database.address, &DbOptions { bounds, ..DbOptions::default() }).await;
        let db = db.expect("the same database");
        let long = || {
            sql("with recursive n (i) as (select 1 union all select i + 1 from n where i < 300000) \
                 select count(*) as value from n")
        };
        let mut conn = db.read().await.expect("a reader");
        let stopped = long().one::<i64>(&mut conn).await.expect_err("it takes longer");
        assert!(matches!(stopped, StorageError::Unavailable(_)), "{stopped:?}");
        drop(conn);
        let mut snapshot = db.snapshot().await.expect("a snapshot");
        assert_eq!(long().one::<i64>(&mut snapshot).await.expect("its end"), 300_000);
        drop(snapshot);
        let mut conn = db.read().await.expect("the same connection");
        assert!(long().one::<i64>(&mut conn).await.is_err(), "it is bound again");
    });
}

#[test]
fn transaction_that_was_interrupted_is_not_gone_on_with() {
    TestBed::run(Which::Sqlite, |bed: TestBed| async move {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("create table probes (number bigint not null)").exec(&mut tx).await.expect("a table");
        tx.commit().await.expect("a commit");
        let bounds = Bounds { statement: Duration::from_millis(1), ..Bounds::default() };
        let db = Db::open(&bed.database.address, &DbOptions { bounds, ..DbOptions::default() }).await;
        let db = db.expect("the same database");
        let mut tx = db.begin_write().await.expect("a transaction");
        let long = "insert into probes with recursive n (i) as (select 1 union all select i + 1 from n where i < 300000) \
                    select i from n";
        sql(long).exec(&mut tx).await.expect_err("it takes longer");
        let after = sql("insert into probes (number) values (1)").exec(&mut tx).await;
        assert!(matches!(after, Err(StorageError::Unavailable(_))), "{after:?}");
        assert!(tx.commit().await.is_err());
        let count = sql("select count(*) as value from probes");
        let mut conn = bed.db().read().await.expect("a reader");
        assert_eq!(count.one::<i64>(&mut conn).await.expect("a count"), 0);
        // The writer itself goes on.
        db.begin_write().await.expect("the next one").commit().await.expect("a commit");
    });
}

async fn of_size(bed: &TestBed, connections: u32) -> Db {
    let options = DbOptions { connections, patience: Duration::from_mins(1), ..DbOptions::default() };
    Db::open(&bed.database.address, &options).await.expect("the same database")
}

async fn three_at_once(db: &Db) -> Vec<i64> {
    let mut conns = Vec::new();
    for _ in 0..3 {
        conns.push(db.read().await.expect("a reader"));
    }
    let mut pids = Vec::new();
    for mut conn in conns {
        pids.push(pid(&mut conn).await.expect("it works"));
    }
    pids
}

/// Which of the server's processes answers.
async fn pid(conn: &mut Conn) -> Result<i64, StorageError> {
    sql("select pg_backend_pid()::bigint as value").one(conn).await
}

/// As a server does that is restarted.
async fn end_all_but_mine(bed: &TestBed) {
    let mut conn = bed.db().read().await.expect("a reader");
    sql("select count(*) as value from (select pg_terminate_backend(pid) from pg_stat_activity \
         where datname = current_database() and pid <> pg_backend_pid()) ended")
    .one::<i64>(&mut conn)
    .await
    .expect("they are ended");
}
