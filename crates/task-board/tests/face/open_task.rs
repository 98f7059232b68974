//! Who may work on a task and when, and what later areas tell the board.

use http::{Method, StatusCode};
use kernel::Timestamp;
use kernel::id::TaskId;
use serde_json::json;
use storage::sql;
use task_board::access::OpenTask;
use task_board::progress::{self, Deed};
use testkit::{TestBed, TestPerson, rows};

use crate::world;
use crate::world::{World, actor};

async fn check(bed: &TestBed, person: &TestPerson, task: TaskId) -> Result<OpenTask, &'static str> {
    let mut conn = bed.db().read().await.expect("a reader");
    OpenTask::check(&mut conn, &bed.ambient, &actor(bed, person), task).await.map_err(|p| p.code)
}

testkit::on_both_databases!(task_opens_for_its_learner_alone, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = rows::task_board::list(&bed, w.training, 1, &[w.class]).await;
    let task = rows::task_board::task(&bed, list, "read", "读一读", None).await;
    let unsigned = world::learner(&bed, w.training, w.class, "未签", false).await;

    assert_eq!(check(&bed, &w.learner, task).await.err(), Some("task_board.not_claimed"));
    assert_eq!(check(&bed, &unsigned, task).await.err(), Some("task_board.charter_unsigned"));
    for stranger in [&w.neighbour, &w.outsider, &w.expert, &w.assistant] {
        assert_eq!(check(&bed, stranger, task).await.err(), Some("not_found"));
    }
    rows::task_board::claim(&bed, list, w.class, w.learner.id).await;
    let open = check(&bed, &w.learner, task).await.expect("open now");
    assert_eq!((open.class, open.training, open.week, open.late), (w.class, w.training, 1, false));
    assert_eq!(check(&bed, &w.learner, bed.ambient.new_id()).await.err(), Some("not_found"));
});

testkit::on_both_databases!(week_opens_turns_late_and_closes, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = rows::task_board::list(&bed, w.training, 2, &[w.class]).await;
    let task = rows::task_board::task(&bed, list, "read", "读一读", None).await;
    rows::task_board::claim(&bed, list, w.class, w.learner.id).await;
    for (now, expected) in [
        ("2026-11-08T15:59:59Z", Err("task_board.week_not_open")),
        ("2026-11-08T16:00:00Z", Ok(false)),
        ("2026-11-15T16:00:00Z", Ok(true)),
        ("2026-11-22T16:00:00Z", Err("task_board.week_closed")),
    ] {
        bed.clock.set(now.parse::<Timestamp>().expect("an instant"));
        assert_eq!(check(&bed, &w.learner, task).await.map(|open| open.late), expected, "{now}");
    }
});

testkit::on_both_databases!(done_is_noted_once_with_its_record, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = rows::task_board::list(&bed, w.training, 1, &[w.class]).await;
    let task = rows::task_board::task(&bed, list, "discuss", "议一议", None).await;
    rows::task_board::claim(&bed, list, w.class, w.learner.id).await;
    let open = check(&bed, &w.learner, task).await.expect("open now");
    let done = async |person: &TestPerson, at: &str| {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        let deed = open.did(at.parse().expect("an instant"), serde_json::json!({"posts": 1}));
        let deed = Deed { person: person.id, ..deed };
        let first = progress::done(&mut tx, &bed.ambient, deed, None).await.expect("it is noted");
        tx.commit().await.expect("a commit");
        first
    };
    assert!(!done(&w.assistant, "2026-11-03T00:00:00Z").await, "staff have nothing to do");
    // It was in time when it was proved, and is late when it is done.
    assert!(!open.late && done(&w.learner, "2026-11-10T00:00:00Z").await);
    assert!(!done(&w.learner, "2026-11-11T00:00:00Z").await, "done once");

    let mut conn = bed.db().read().await.expect("a reader");
    let row: Progress =
        sql("select state, late, done_at, credited_ms from v_task_progress where task_id = $1")
            .bind(task)
            .one(&mut conn)
            .await
            .expect("progress");
    assert_eq!(row.state, "done");
    assert!(row.late);
    assert_eq!(row.done_at.to_string(), "2026-11-10T00:00:00Z");
    assert_eq!(row.credited_ms, 0);
    let records: i64 = sql("select count(*) as value from learning_records where object_id = $1")
        .bind(task)
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(records, 1);
});

storage::from_row! {
    struct Progress { state: String, late: bool, done_at: Timestamp, credited_ms: i64 }
}

testkit::on_both_databases!(
    whom_a_task_is_closed_to_is_told_that_before_anything_else,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let list = rows::task_board::list(&bed, w.training, 1, &[w.class]).await;
        let mut ways = Vec::new();
        for (kind, method, way) in [
            ("read", Method::POST, "/start"),
            ("read", Method::POST, "/read"),
            ("watch", Method::POST, "/playbacks"),
            ("reflect", Method::PUT, "/reflection"),
            ("reflect", Method::POST, "/reflection/hand-in"),
        ] {
            let video = (kind == "watch").then(|| w.video.uuid());
            let task = rows::task_board::task(&bed, list, kind, "做一做", video).await;
            ways.push((method, format!("/api/v1/tasks/{task}{way}")));
        }
        // No key, and words that are none.
        let told = async |person: &TestPerson| {
            let mut codes = Vec::new();
            for (method, path) in &ways {
                let body = json!({"draft": 5, "based_on": -1});
                codes.push(
                    w.app.as_person(person).request(method.clone(), path, Some(body), &[]).await.code(),
                );
            }
            codes
        };
        assert_eq!(told(&w.neighbour).await, ["not_found"; 5]);
        assert_eq!(told(&w.learner).await, ["task_board.not_claimed"; 5]);
        rows::task_board::claim(&bed, list, w.class, w.learner.id).await;
        let missing = "idempotency.key_missing";
        assert_eq!(told(&w.learner).await, [missing, missing, missing, "request.malformed", missing]);
        let other = ways[0].1.replace("/start", "/playbacks");
        let refused = w.app.as_person(&w.learner).request(Method::POST, &other, Some(json!({})), &[]).await;
        refused.expect_problem(StatusCode::CONFLICT, "task_board.other_kind");
    }
);

testkit::on_both_databases!(
    the_view_of_what_is_open_says_what_the_proof_says_but_for_the_clock,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let list = rows::task_board::list(&bed, w.training, 1, &[w.class]).await;
        let task = rows::task_board::task(&bed, list, "test", "考一考", None).await;
        let withdrawn = rows::task_board::task(&bed, list, "test", "不考了", None).await;
        let unsigned = world::learner(&bed, w.training, w.class, "未签", false).await;
        let unclaimed = world::learner(&bed, w.training, w.class, "未领", true).await;
        for person in [&w.learner, &unsigned, &w.neighbour, &w.assistant] {
            rows::task_board::claim(&bed, list, w.class, person.id).await;
        }
        let change = async |text: &'static str, id: uuid::Uuid| {
            let mut tx = bed.db().begin_write().await.expect("a transaction");
            sql(text).bind(id).bind(bed.ambient.now()).exec(&mut tx).await.expect("a change");
            tx.commit().await.expect("a commit");
        };
        let withdrawal = "update tasks set corrected_as = 'withdrawn', correction = '不考了', corrected_at = $2, withdrawn_at = $2 \
                          where id = $1";
        change(withdrawal, withdrawn.uuid()).await;
        let compare = async |open: usize| {
            let mut found = 0;
            for person in [&w.learner, &unsigned, &unclaimed, &w.neighbour, &w.assistant, &w.outsider] {
                for task in [task, withdrawn] {
                    let listed: i64 = sql(
                        "select count(*) as value from v_workable_task where task_id = $1 and person_id = $2",
                    )
                    .bind(task)
                    .bind(person.id)
                    .one(&mut bed.db().read().await.expect("a reader"))
                    .await
                    .expect("a count");
                    let proof = check(&bed, person, task).await;
                    assert_eq!(listed == 1, proof.is_ok(), "{:?}", proof.err());
                    found += usize::from(listed == 1);
                }
            }
            assert_eq!(found, open);
        };
        compare(1).await;
        change("delete from list_publications where list_id = $1 and published_at <= $2", list.uuid()).await;
        compare(0).await;
        rows::training_plan::closed(&bed, w.training).await;
        compare(0).await;
    }
);
