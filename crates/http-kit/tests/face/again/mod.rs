//! What the database refuses for the sake of others is done again, and an answer never claims what nobody knows.

mod proxy;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::State;
use axum::routing::{post, put};
use http::{Method, StatusCode};
use http_kit::{Answer, Halt, Input, LayerOptions, Path, Platform, Posted, Problem, Query};
use proxy::{Cut, Proxy};
use serde_json::{Value, json};
use storage::{Bounds, Db, DbOptions, StorageError, Tx, sql};
use testkit::{Answered, TestApp, TestBed, TestPerson, Which, on_both_databases};
use tokio::sync::{Barrier, Semaphore};
use utoipa_axum::router::OpenApiRouter;

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize, garde::Validate)]
struct Note {
    #[garde(skip)]
    #[serde(default)]
    text: String,
    #[garde(skip)]
    #[serde(default)]
    more: Value,
}

#[derive(Clone)]
struct Desk {
    platform: Platform,
    /// Handlers that were begun.
    tries: Arc<AtomicUsize>,
    /// Two requests meet here the first time.
    meeting: Arc<Barrier>,
    /// Whoever is asked again waits here until one of them is done.
    done: Arc<Semaphore>,
}

async fn keep(tx: &mut Tx, note: &Note) -> Result<(), StorageError> {
    sql("insert into notes (text, more) values ($1, $2)")
        .bind(&note.text)
        .bind(&note.more)
        .exec(tx)
        .await
        .map(drop)
}

/// Keeps a note once for each idempotency key.
async fn add(State(desk): State<Desk>, posted: Posted<Note>) -> Result<Answer, Halt> {
    desk.tries.fetch_add(1, Ordering::SeqCst);
    let mut tx = posted.once.begin().await?;
    keep(&mut tx, &posted.input).await?;
    posted.once.created(tx, &posted.input).await
}

/// Keeps a note each time.
async fn set(State(desk): State<Desk>, Input(note): Input<Note>) -> Result<StatusCode, Problem> {
    desk.tries.fetch_add(1, Ordering::SeqCst);
    let mut tx = desk.platform.db.begin_write().await?;
    keep(&mut tx, &note).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keeps a note and then fails.
async fn stumble(State(desk): State<Desk>, Input(note): Input<Note>) -> Result<StatusCode, Problem> {
    let mut tx = desk.platform.db.begin_write().await?;
    keep(&mut tx, &note).await?;
    tx.commit().await?;
    let mut conn = desk.platform.db.read().await?;
    let nothing: Option<i64> = sql("select no_such_column from notes").opt(&mut conn).await?;
    Ok(nothing.map_or(StatusCode::NO_CONTENT, |_| StatusCode::OK))
}

/// Takes two rows in the order that the body says; two that meet and take them crosswise stop each other.
async fn cross(State(desk): State<Desk>, posted: Posted<Note>) -> Result<Answer, Halt> {
    let time = desk.tries.fetch_add(1, Ordering::SeqCst);
    if time >= 2 {
        // It could take its row again before the other was woken, and both would stop each other once more.
        drop(desk.done.acquire().await);
    }
    let mut tx = posted.once.begin().await?;
    let (first, second) = if posted.input.text == "up" { (1, 2) } else { (2, 1) };
    take(&mut tx, first).await?;
    if time < 2 {
        desk.meeting.wait().await;
    }
    take(&mut tx, second).await?;
    let created = posted.once.created(tx, &posted.input).await?;
    desk.done.add_permits(1);
    Ok(created)
}

async fn take(tx: &mut Tx, id: i64) -> Result<(), StorageError> {
    sql("update counters set count = count + 1 where id = $1").bind(id).exec(tx).await.map(drop)
}

async fn look(Path(name): Path<String>, Query(note): Query<Note>) -> String {
    format!("{name} {}", note.text)
}

struct House {
    bed: TestBed,
    app: TestApp,
    desk: Desk,
    me: TestPerson,
}

impl House {
    async fn on(bed: TestBed, db: Db) -> Self {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        for text in [
            "create table notes (text text not null, more jsonb not null)",
            "create table counters (id bigint not null, count bigint not null)",
            "insert into counters (id, count) values (1, 0), (2, 0)",
        ] {
            sql(text).exec(&mut tx).await.expect("a table");
        }
        tx.commit().await.expect("a commit");
        let platform = Platform { db, ..bed.platform() };
        let (tries, meeting) = (Arc::default(), Arc::new(Barrier::new(2)));
        let desk = Desk { platform: platform.clone(), tries, meeting, done: Arc::new(Semaphore::new(0)) };
        let routes = OpenApiRouter::new()
            .route("/notes", post(add).put(set))
            .route("/stumble", put(stumble))
            .route("/cross", post(cross))
            .route("/look/{name}", axum::routing::get(look))
            .with_state(desk.clone());
        let app = bed.serve_on(platform, routes, &LayerOptions::default());
        let me = bed.callers.enter(&bed.ambient, bed.ambient.new_id(), &[]);
        Self { bed, app, desk, me }
    }

    /// With PostgreSQL behind a proxy.
    async fn behind_proxy(bed: TestBed) -> (Self, Proxy) {
        let proxy = Proxy::before(&bed.database.address).await;
        let db = Db::open(&proxy.address, &DbOptions::default()).await.expect("it opens through the proxy");
        (Self::on(bed, db).await, proxy)
    }

    async fn post(&self, path: &str, text: &str, key: &str) -> Answered {
        self.post_as(&self.me, path, text, key).await
    }

    async fn post_as(&self, person: &TestPerson, path: &str, text: &str, key: &str) -> Answered {
        self.app
            .as_person(person)
            .in_english()
            .post_with_key(path, json!({ "text": text, "more": {} }), key)
            .await
    }

    async fn count(&self, text: &'static str) -> i64 {
        let mut conn = self.bed.db().read().await.expect("a reader");
        sql(text).one(&mut conn).await.expect("a count")
    }

    fn tries(&self) -> usize {
        self.desk.tries.swap(0, Ordering::SeqCst)
    }
}

const NOTES: &str = "select count(*) as value from notes";

fn on_postgres<Fut: Future<Output = ()>>(test: impl FnOnce(TestBed) -> Fut) {
    TestBed::run(Which::Postgres, test);
}

#[test]
fn two_that_stop_each_other_are_both_done() {
    on_postgres(|bed| async move {
        let db = bed.db().clone();
        let house = House::on(bed, db).await;
        let (up, down) = tokio::join!(
            house.post("/cross", "up", "the-first-key"),
            house.post("/cross", "down", "the-second-key")
        );
        assert_eq!(
            (up.expect(201).json()["text"].clone(), down.expect(201).json()["text"].clone()),
            (json!("up"), json!("down"))
        );
        assert_eq!(house.count("select cast(sum(count) as bigint) as value from counters").await, 4);
        assert_eq!(house.tries(), 3, "one of them was asked again");
    });
}

#[test]
fn commit_that_did_not_arrive_or_whose_answer_was_lost_is_asked_again_under_its_key() {
    on_postgres(|bed| async move {
        let (house, proxy) = House::behind_proxy(bed).await;
        for (number, cut) in (1_i64..).zip([Cut::NextBefore, Cut::NextAfter]) {
            proxy.cut(cut);
            let key = format!("a-key-for-{number}");
            let made = house.post("/notes", "once", &key).await.expect(201).json();
            assert!(proxy.has_cut(), "{cut:?}");
            assert_eq!(house.count(NOTES).await, number, "{cut:?}");
            // When it had arrived, the second asking is answered before its note is written.
            assert_eq!(house.tries(), 2, "{cut:?}");
            assert_eq!(house.post("/notes", "once", &key).await.expect(201).json(), made);
            assert_eq!(house.count(NOTES).await, number);
            house.tries();
        }
    });
}

#[test]
fn outcome_that_stays_unknown_is_said_with_the_key() {
    on_postgres(|bed| async move {
        let (house, proxy) = House::behind_proxy(bed).await;
        proxy.cut(Cut::AllAfter);
        let unknown = house.post("/notes", "once", "a-key-to-keep").await;
        let unknown = unknown.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "request.outcome_unknown");
        assert!(unknown.headers.contains_key("retry-after"));
        let said = unknown.json();
        assert_eq!(said["extra"]["idempotency_key"], "a-key-to-keep");
        assert!(!said.to_string().contains("Nothing was changed"), "{said}");
        assert_eq!(house.tries(), 5, "bounded");
        proxy.cut(Cut::Nothing);
        house.post("/notes", "once", "a-key-to-keep").await.expect(201);
        assert_eq!(house.count(NOTES).await, 1);
    });
}

#[test]
fn without_a_key_nothing_is_done_twice_and_nothing_is_claimed() {
    on_postgres(|bed| async move {
        let (house, proxy) = House::behind_proxy(bed).await;
        for (cut, notes) in [(Cut::NextBefore, 0), (Cut::NextAfter, 1)] {
            proxy.cut(cut);
            let put = house
                .app
                .as_person(&house.me)
                .put("/notes", json!({ "text": "each time", "more": {} }))
                .await;
            let said = put.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "request.outcome_unknown").json();
            assert_eq!(said["extra"], Value::Null);
            assert_eq!((house.count(NOTES).await, house.tries()), (notes, 1), "{cut:?}");
        }
    });
}

#[test]
fn what_an_earlier_attempt_may_have_done_is_not_forgotten() {
    on_postgres(|bed| async move {
        let proxy = Proxy::before(&bed.database.address).await;
        let options = DbOptions { patience: Duration::from_millis(200), ..DbOptions::default() };
        let db = Db::open(&proxy.address, &options).await.expect("it opens through the proxy");
        let house = House::on(bed, db).await;
        proxy.cut(Cut::NextAfterThenAway);
        let lost = house.post("/notes", "kept", "the-key-to-keep").await;
        let said = lost.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "request.outcome_unknown").json();
        assert_eq!(said["extra"]["idempotency_key"], "the-key-to-keep");
        assert!(!said.to_string().contains("Nothing was changed"), "{said}");
        assert!(house.tries() >= 1);
        proxy.cut(Cut::Nothing);
        assert_eq!(house.count(NOTES).await, 1, "it was committed");
        house.post("/notes", "kept", "the-key-to-keep").await.expect(201);
        assert_eq!(house.count(NOTES).await, 1, "and is not done twice");
    });
}

/// Somebody holds a row and says nothing: a frozen process, as the others see it.
#[test]
fn held_row_stops_those_who_want_it_and_nobody_else() {
    on_postgres(|bed| async move {
        let bounds = Bounds { lock: Duration::from_millis(300), ..Bounds::default() };
        let options = DbOptions {
            connections: 4,
            patience: Duration::from_millis(300),
            bounds,
            ..DbOptions::default()
        };
        let db = Db::open(&bed.database.address, &options).await.expect("it opens");
        let house = Arc::new(House::on(bed, db.clone()).await);
        let mut frozen = house.bed.db().begin_write().await.expect("a transaction");
        take(&mut frozen, 1).await.expect("it has the row");
        // Nobody meets or waits for anybody.
        house.desk.tries.store(2, Ordering::SeqCst);
        house.desk.done.add_permits(1);
        let blocked: Vec<_> = (0..10)
            .map(|n| {
                let house = Arc::clone(&house);
                // One person would write two things at once, and stand in nobody's way.
                let person = house.bed.callers.enter(&house.bed.ambient, house.bed.ambient.new_id(), &[]);
                tokio::spawn(async move {
                    house.post_as(&person, "/cross", "up", &format!("the-key-number-{n}")).await
                })
            })
            .collect();
        // All who may write stand before the row, and more wait behind them.
        while db.waiting_writers() == 0 {
            tokio::task::yield_now().await;
        }
        let mut reader = db.read().await.expect("a reader has a connection");
        let notes: i64 = sql(NOTES).one(&mut reader).await.expect("and an answer");
        assert_eq!(notes, 0);
        drop(reader);
        // The row is still held: they give up by themselves, and nothing was done.
        for one in blocked {
            let answer = one.await.expect("it ends");
            answer.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "database.unavailable");
        }
        drop(frozen);
        house.post("/cross", "up", "the-key-of-later").await.expect(201);
        assert_eq!(house.count("select cast(sum(count) as bigint) as value from counters").await, 2);
    });
}

#[test]
fn transaction_that_says_nothing_is_ended_and_lets_go() {
    on_postgres(|bed| async move {
        let db = bed.db().clone();
        let house = House::on(bed, db).await;
        let bounds = Bounds { silence: Duration::from_millis(200), ..Bounds::default() };
        let options = DbOptions { bounds, ..DbOptions::default() };
        let hanging = Db::open(&house.bed.database.address, &options).await.expect("it opens");
        let mut frozen = hanging.begin_write().await.expect("a transaction");
        take(&mut frozen, 1).await.expect("it has the row");
        // Nobody lets it go, and the other gets it.
        let mut other = house.bed.db().begin_write().await.expect("a transaction");
        take(&mut other, 1).await.expect("the row is free");
        other.commit().await.expect("a commit");
        let error = take(&mut frozen, 2).await.expect_err("it is over");
        assert!(matches!(error, StorageError::Unavailable(_)), "{error:?}");
        drop(frozen);
        assert_eq!(house.count("select cast(sum(count) as bigint) as value from counters").await, 1);
    });
}

#[test]
fn backend_that_is_ended_in_the_middle_changes_nothing_and_says_so() {
    on_postgres(|bed| async move {
        let db = bed.db().clone();
        let house = House::on(bed, db.clone()).await;
        let mut tx = db.begin_write().await.expect("a transaction");
        keep(&mut tx, &Note { text: "half".into(), more: json!({}) }).await.expect("a note");
        let own: i64 =
            sql("select cast(pg_backend_pid() as bigint) as value").one(&mut tx).await.expect("a number");
        let mut other = db.read().await.expect("a reader");
        let ended: bool = sql("select pg_terminate_backend(cast($1 as integer)) as value")
            .bind(own)
            .one(&mut other)
            .await
            .expect("it is ended");
        assert!(ended);
        // The next statement hears of it: nothing was committed.
        let error = keep(&mut tx, &Note { text: "other half".into(), more: json!({}) })
            .await
            .expect_err("it is gone");
        assert!(matches!(error, StorageError::Unavailable(_)), "{error:?}");
        drop(tx);
        assert_eq!(house.count(NOTES).await, 0);

        // Ended just before the commit, nobody can tell.
        let mut tx = db.begin_write().await.expect("a transaction");
        keep(&mut tx, &Note { text: "whole".into(), more: json!({}) }).await.expect("a note");
        let own: i64 =
            sql("select cast(pg_backend_pid() as bigint) as value").one(&mut tx).await.expect("a number");
        let ended: bool = sql("select pg_terminate_backend(cast($1 as integer)) as value")
            .bind(own)
            .one(&mut other)
            .await
            .expect("it is ended");
        assert!(ended);
        let error = tx.commit().await.expect_err("there is no answer");
        assert!(matches!(error, StorageError::OutcomeUnknown(_)), "{error:?}");
    });
}

on_both_databases!(failure_after_a_commit_does_not_say_that_nothing_was_changed, |bed: TestBed| async move {
    let db = bed.db().clone();
    let house = House::on(bed, db).await;
    let put = house
        .app
        .as_person(&house.me)
        .in_english()
        .put("/stumble", json!({ "text": "kept", "more": {} }))
        .await;
    let said = put.expect_problem(StatusCode::INTERNAL_SERVER_ERROR, "request.outcome_unknown").json();
    assert!(!said.to_string().contains("Nothing was changed"), "{said}");
    assert_eq!(house.count(NOTES).await, 1);
});

on_both_databases!(text_with_nul_is_refused_with_its_place, |bed: TestBed| async move {
    let db = bed.db().clone();
    let house = House::on(bed, db).await;
    let me = house.app.as_person(&house.me);
    for (body, pointers) in [
        (json!({ "text": "a\0b" }), vec!["/text"]),
        (
            json!({ "text": "", "more": { "a": [1, { "b": "\0" }], "c\0": 1 } }),
            vec!["/more/a/1/b", "/more/c\0"],
        ),
    ] {
        for (method, path) in [(Method::POST, "/notes"), (Method::PUT, "/notes")] {
            let answer =
                me.request(method, path, Some(body.clone()), &[("idempotency-key", "some-key-1")]).await;
            let said = answer.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid").json();
            let found: Vec<_> =
                said["errors"].as_array().expect("fields").iter().map(|e| e["pointer"].clone()).collect();
            assert_eq!(found, pointers);
            assert_eq!(said["errors"][0]["code"], "nul");
        }
    }
    let said = me
        .get("/look/me?text=%00")
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid")
        .json();
    assert_eq!(said["errors"][0]["pointer"], "/text");
    me.get("/look/m%00e").await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    me.get("/look/me?text=fine").await.expect(200);
    assert_eq!(house.count(NOTES).await, 0);
    assert_eq!(house.tries(), 0, "no handler saw it");
    // A header cannot carry it at all.
    assert!(http::HeaderValue::from_bytes(b"key\0").is_err());
});

on_both_databases!(
    text_with_nul_that_comes_another_way_is_refused_by_both_databases,
    |bed: TestBed| async move {
        let db = bed.db().clone();
        let house = House::on(bed, db.clone()).await;
        for note in [
            Note { text: "a\0".into(), more: json!({}) },
            Note { text: String::new(), more: json!({ "deep": ["\0"] }) },
            Note { text: String::new(), more: json!({ "\0": 1 }) },
        ] {
            let mut tx = db.begin_write().await.expect("a transaction");
            let error = keep(&mut tx, &note).await.expect_err("it is refused");
            assert!(matches!(error, StorageError::Nul), "{error:?}");
            let problem = Problem::from(error);
            assert_eq!((problem.status, problem.code), (StatusCode::UNPROCESSABLE_ENTITY, "input.invalid"));
        }
        assert_eq!(house.count(NOTES).await, 0);
    }
);
