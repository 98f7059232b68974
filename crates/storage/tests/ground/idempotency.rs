//! One effect and one answer for a key, however many requests carry it at once.

use kernel::Ambient;
use kernel::id::PersonId;
use storage::idempotency::{self, Key, Reserved, StoredAnswer};
use storage::{Db, sql};
use testkit::{TestBed, on_both_databases};

on_both_databases!(fifty_equal_requests_have_one_effect, |bed: TestBed| async move {
    effects(bed.db()).await;
    let key = key(&bed, "again-and-again");
    let tasks: Vec<_> = (0..50)
        .map(|n| tokio::spawn(request(bed.db().clone(), bed.ambient.clone(), key.clone(), n)))
        .collect();
    let mut fresh = 0;
    let mut answers = Vec::new();
    for task in tasks {
        let (was_fresh, answer) = task.await.expect("no panic");
        fresh += u32::from(was_fresh);
        answers.push(answer);
    }
    assert_eq!(fresh, 1);
    assert!(answers.iter().all(|a| *a == answers[0] && a.status == 201), "{answers:?}");
    assert_eq!(count(bed.db(), "select count(*) as value from effects").await, 1);
});

on_both_databases!(abandoned_request_frees_its_key, |bed: TestBed| async move {
    effects(bed.db()).await;
    let key = key(&bed, "first-try-fails");
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let reserved = idempotency::reserve(&mut tx, &key, bed.ambient.now()).await.expect("an answer");
    assert_eq!(reserved, Reserved::Fresh);
    drop(tx);
    let (fresh, _) = request(bed.db().clone(), bed.ambient.clone(), key, 1).await;
    assert!(fresh);
});

on_both_databases!(key_of_another_request_or_person_is_told_apart, |bed: TestBed| async move {
    effects(bed.db()).await;
    let first = key(&bed, "shared-word");
    request(bed.db().clone(), bed.ambient.clone(), first.clone(), 1).await;

    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let other_body = Key { request_hash: vec![9], ..first.clone() };
    let reserved = idempotency::reserve(&mut tx, &other_body, bed.ambient.now()).await.expect("an answer");
    assert_eq!(reserved, Reserved::OtherRequest);
    let other_person = Key { person: bed.ambient.new_id(), ..first };
    let reserved = idempotency::reserve(&mut tx, &other_person, bed.ambient.now()).await.expect("an answer");
    assert_eq!(reserved, Reserved::Fresh);
});

on_both_databases!(old_answers_are_forgotten, |bed: TestBed| async move {
    effects(bed.db()).await;
    request(bed.db().clone(), bed.ambient.clone(), key(&bed, "old-one"), 1).await;
    bed.clock.advance_seconds(10);
    request(bed.db().clone(), bed.ambient.clone(), key(&bed, "new-one"), 2).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    assert_eq!(idempotency::forget(&mut tx, bed.ambient.now(), 500).await.expect("a count"), 1);
    tx.commit().await.expect("a commit");
    assert_eq!(count(bed.db(), "select count(*) as value from idempotency_keys").await, 1);
});

/// What a service does with a key; whether the effect was its own, and the answer.
async fn request(db: Db, ambient: Ambient, key: Key, n: i64) -> (bool, StoredAnswer) {
    let mut tx = db.begin_write().await.expect("a transaction");
    let (fresh, answer) = match idempotency::reserve(&mut tx, &key, ambient.now()).await.expect("an answer") {
        Reserved::Fresh => {
            sql("insert into effects (number) values ($1)").bind(n).exec(&mut tx).await.expect("a row");
            let answer = StoredAnswer { status: 201, location: None, body: n.to_string().into_bytes() };
            idempotency::answer(&mut tx, &key, &answer).await.expect("it is kept");
            (true, answer)
        }
        Reserved::Answered(answer) => (false, answer),
        Reserved::OtherRequest | Reserved::Voided => panic!("the request is the same, and so are its rights"),
    };
    tx.commit().await.expect("a commit");
    (fresh, answer)
}

fn key(bed: &TestBed, word: &str) -> Key {
    let person: PersonId = bed.ambient.new_id();
    Key { person, key: word.to_owned(), request_hash: vec![1, 2, 3] }
}

async fn effects(db: &Db) {
    let mut tx = db.begin_write().await.expect("a transaction");
    sql("create table effects (number bigint not null)").exec(&mut tx).await.expect("a table");
    tx.commit().await.expect("a commit");
}

async fn count(db: &Db, text: &'static str) -> i64 {
    let mut conn = db.read().await.expect("a reader");
    sql(text).one(&mut conn).await.expect("a count")
}
