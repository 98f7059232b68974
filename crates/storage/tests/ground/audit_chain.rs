//! The audit log notices every entry that was changed or taken away.

use serde_json::json;
use storage::audit::{self, Entry};
use storage::{Query, sql};
use testkit::{TestBed, on_both_databases};

const CHAIN: &str = "trn_probe";

on_both_databases!(untouched_chains_are_whole, |bed: TestBed| async move {
    write(&bed, 7).await;
    append(&bed, "system", 1).await;
    assert_eq!(broken(&bed).await, None);
    let mut conn = bed.db().read().await.expect("a reader");
    assert_eq!(audit::chains(&mut conn).await.expect("names"), ["system", CHAIN]);
    assert_eq!(audit::first_broken(&mut conn, "system").await.expect("an answer"), None);
    assert_eq!(audit::first_broken(&mut conn, "unknown").await.expect("an answer"), None);

    let page = audit::page(&mut conn, CHAIN, 6, 2).await.expect("a page");
    assert_eq!(page.iter().map(|e| e.number).collect::<Vec<_>>(), [5, 4]);
    assert_eq!(page[0].object, "thing-5");
});

on_both_databases!(entry_of_an_abandoned_action_leaves_no_gap, |bed: TestBed| async move {
    write(&bed, 2).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    audit::append(&mut tx, &bed.ambient, entry(CHAIN, 99)).await.expect("an entry");
    drop(tx);
    append(&bed, CHAIN, 3).await;
    assert_eq!(broken(&bed).await, None);
});

on_both_databases!(entry_says_where_it_came_from, |bed: TestBed| async move {
    append(&bed, CHAIN, 1).await;
    audit::came_from([203, 0, 113, 7].into(), append(&bed, CHAIN, 2)).await;
    let mut conn = bed.db().read().await.expect("a reader");
    let page = audit::page(&mut conn, CHAIN, i64::MAX, 9).await.expect("a page");
    assert_eq!(page.iter().map(|e| e.address.as_deref()).collect::<Vec<_>>(), [Some("203.0.113.7"), None]);
    drop(conn);
    tamper(&bed, sql("update audit_entries set address = '198.51.100.1' where number = 2")).await;
    assert_eq!(broken(&bed).await, Some(2));
});

on_both_databases!(parallel_actions_make_one_chain, |bed: TestBed| async move {
    let tasks: Vec<_> = (0..30)
        .map(|n| {
            let (db, ambient) = (bed.db().clone(), bed.ambient.clone());
            tokio::spawn(async move {
                let mut tx = db.begin_write().await.expect("a transaction");
                audit::append(&mut tx, &ambient, entry(CHAIN, n)).await.expect("an entry");
                tx.commit().await.expect("a commit");
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic");
    }
    assert_eq!(broken(&bed).await, None);
    let mut conn = bed.db().read().await.expect("a reader");
    assert_eq!(audit::page(&mut conn, CHAIN, i64::MAX, 100).await.expect("a page").len(), 30);
});

on_both_databases!(changed_entry_is_found, |bed: TestBed| async move {
    write(&bed, 7).await;
    for (number, change) in [
        (7, "update audit_entries set at = $2 where number = $1"),
        (6, "update audit_entries set person_id = $2 where number = $1"),
        (5, "update audit_entries set object = object || 'x' where number = $1 and $2 <> ''"),
        (4, "update audit_entries set action = 'probe.other' where number = $1 and $2 <> ''"),
        (3, "update audit_entries set detail = replace(detail, '1', '2') where number = $1 and $2 <> ''"),
    ] {
        let query = sql(change).bind(number);
        let query = match number {
            7 => query.bind(bed.ambient.now().plus_seconds(1)),
            6 => query.bind(bed.ambient.new_id::<kernel::id::kind::Person>()),
            _ => query.bind("always"),
        };
        tamper(&bed, query).await;
        assert_eq!(broken(&bed).await, Some(number), "{change}");
    }
});

on_both_databases!(flipped_byte_of_a_hash_is_found, |bed: TestBed| async move {
    write(&bed, 5).await;
    let mut conn = bed.db().read().await.expect("a reader");
    let hash = sql("select hash as value from audit_entries where number = 4").one(&mut conn).await;
    let mut hash: Vec<u8> = hash.expect("bytes");
    drop(conn);
    hash[0] ^= 1;
    tamper(&bed, sql("update audit_entries set hash = $1 where number = 4").bind(hash)).await;
    assert_eq!(broken(&bed).await, Some(4));
});

on_both_databases!(missing_entry_is_found_wherever_it_was, |bed: TestBed| async move {
    write(&bed, 7).await;
    for number in [7, 4, 1] {
        tamper(&bed, sql("delete from audit_entries where number = $1").bind(i64::from(number))).await;
        assert_eq!(broken(&bed).await, Some(i64::from(number)));
    }
    // Taking the whole chain away, with its head in place, is noticed too.
    tamper(&bed, sql("delete from audit_entries where number > 0")).await;
    assert_eq!(broken(&bed).await, Some(1));
});

fn entry(chain: &str, n: i64) -> Entry<'static> {
    Entry {
        chain: chain.to_owned(),
        person: None,
        action: "probe.act",
        object: format!("thing-{n}"),
        detail: json!({ "n": 1, "text": "改" }),
    }
}

async fn write(bed: &TestBed, count: i64) {
    for n in 1..=count {
        append(bed, CHAIN, n).await;
    }
}

async fn append(bed: &TestBed, chain: &str, n: i64) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    audit::append(&mut tx, &bed.ambient, entry(chain, n)).await.expect("an entry");
    tx.commit().await.expect("a commit");
}

async fn tamper(bed: &TestBed, query: Query) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    assert!(query.exec(&mut tx).await.expect("a change") > 0);
    tx.commit().await.expect("a commit");
}

async fn broken(bed: &TestBed) -> Option<i64> {
    let mut conn = bed.db().read().await.expect("a reader");
    audit::first_broken(&mut conn, CHAIN).await.expect("an answer")
}
