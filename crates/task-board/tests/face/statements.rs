//! How many statements a learner's evening costs at most, on either database.
//!
//! Whoever signs the requests here asks nothing of the database; in the product each request costs one statement more, and each write what holds
//! the session. A key costs two: it is reserved, and its answer is kept. PostgreSQL is asked once more where rows are held before they
//! are read.

use http::Method;
use kernel::id::JobId;
use serde_json::{Value, json};
use testkit::{Answered, TestBed, Which, rows};

use crate::world::{World, text};

/// The learner, counted.
struct Evening<'a> {
    bed: &'a TestBed,
    w: &'a World,
}

/// At most so many, on SQLite and on PostgreSQL.
type Most = [u64; 2];

const KEY: u64 = 2;

impl Evening<'_> {
    async fn ask(&self, most: Most, method: Method, path: &str, body: Option<Value>) -> Answered {
        let asked = format!("{method} {path}");
        let learner = self.w.app.as_person(&self.w.learner);
        let key: JobId = self.bed.ambient.new_id();
        let key = key.to_string();
        let headers = [("idempotency-key", key.as_str())];
        let headers = if method == Method::POST { &headers[..] } else { &[] };
        let (answer, counts) = storage::counted(learner.request(method, path, body, headers)).await;
        let most = most[usize::from(self.bed.which == Which::Postgres)];
        assert!(
            counts.statements <= most,
            "{asked}: {} statements, where {most} are enough",
            counts.statements
        );
        answer
    }

    async fn get(&self, most: Most, path: &str) -> Value {
        self.ask(most, Method::GET, path, None).await.expect(200).json()
    }

    /// What it costs beside its key.
    async fn post(&self, most: Most, path: &str, body: Value) -> Answered {
        self.ask(most.map(|most| most + KEY), Method::POST, path, Some(body)).await
    }

    async fn put(&self, most: Most, path: &str, body: Value) -> Answered {
        self.ask(most, Method::PUT, path, Some(body)).await
    }
}

testkit::on_both_databases!(a_week_is_read_by_two_statements, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let evening = Evening { bed: &bed, w: &w };
    let path = w.class_path("this-week");
    let before = evening.get([2, 2], &path).await;
    assert_eq!(before["next"]["kind"], "wait");
    let list = w.published_list(1).await;
    let unclaimed = evening.get([2, 2], &path).await;
    assert_eq!(unclaimed["list"]["id"], list["id"]);
    let claim = format!("/api/v1/task-lists/{}/claim", text(&list["id"]));
    evening.post([3, 3], &claim, json!({})).await.expect(201);
    evening.post([2, 2], &claim, json!({})).await.expect(201);
    let week = evening.get([2, 2], &path).await;
    assert_eq!(week["next"]["kind"], "task");
    evening.get([2, 2], &w.class_path("weeks/1")).await;
    evening.get([2, 2], &w.class_path("announcements")).await;
    evening.get([1, 1], &format!("/api/v1/tasks/{}", text(&list["tasks"][0]["id"]))).await;
    // What the grants say nobody asks the database.
    evening.get([1, 1], &w.training_path("board-settings")).await;
});

testkit::on_both_databases!(a_text_is_opened_and_read, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.published_list(1).await;
    let evening = Evening { bed: &bed, w: &w };
    evening
        .post([3, 3], &format!("/api/v1/task-lists/{}/claim", text(&list["id"])), json!({}))
        .await
        .expect(201);
    let task = format!("/api/v1/tasks/{}", text(&list["tasks"][0]["id"]));
    let (start, read) = (format!("{task}/start"), format!("{task}/read"));
    evening.post([3, 4], &start, json!({})).await.expect(204);
    evening.post([1, 2], &start, json!({})).await.expect(204);
    evening.post([3, 4], &read, json!({})).await.expect(204);
    evening.post([2, 3], &read, json!({})).await.expect(204);
});

testkit::on_both_databases!(a_report_of_watching_costs_three_statements, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.published_list(1).await;
    let evening = Evening { bed: &bed, w: &w };
    evening
        .post([3, 3], &format!("/api/v1/task-lists/{}/claim", text(&list["id"])), json!({}))
        .await
        .expect(201);
    let task = format!("/api/v1/tasks/{}", text(&list["tasks"][1]["id"]));
    let (playbacks, evidence) = (format!("{task}/playbacks"), format!("{task}/watch-evidence"));
    evening.post([5, 6], &playbacks, json!({})).await.expect(201);
    let opened = evening.post([3, 4], &playbacks, json!({})).await.expect(201).json();
    let report = |counter: u32, from: u32, to: u32| {
        let played = json!({"counter": counter, "from_ms": from, "to_ms": to, "rate_hundredths": 100, "wall_ms": to - from,
            "is_visible": true});
        json!({"playback_id": opened["id"], "records": [played]})
    };
    let refused = evening.post([2, 3], &evidence, report(0, 0, 60_000)).await.expect(200).json();
    assert_eq!(refused["gained_ms"], 0);
    bed.clock.advance_seconds(60);
    let some = evening.post([3, 3], &evidence, report(1, 0, 30_000)).await.expect(200).json();
    assert_eq!((&some["gained_ms"], &some["is_done"]), (&json!(30_000), &json!(false)));
    let done = evening.post([3, 3], &evidence, report(2, 30_000, 60_000)).await.expect(200).json();
    assert_eq!((&done["credited_ms"], &done["is_done"]), (&json!(60_000), &json!(true)));
    let again = evening.post([2, 3], &evidence, report(3, 0, 60_000)).await.expect(200).json();
    assert_eq!((&again["gained_ms"], &again["is_done"]), (&json!(0), &json!(true)));
});

testkit::on_both_databases!(a_reflection_is_saved_as_it_grows, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = rows::task_board::list(&bed, w.training, 1, &[w.class]).await;
    let task = rows::task_board::task(&bed, list, "reflect", "写一写", None).await;
    rows::task_board::claim(&bed, list, w.class, w.learner.id).await;
    let evening = Evening { bed: &bed, w: &w };
    let path = format!("/api/v1/tasks/{task}/reflection");
    evening.get([2, 2], &path).await;
    evening.put([5, 6], &path, json!({"draft": "今天", "based_on": 0})).await.expect(200);
    evening.put([2, 3], &path, json!({"draft": "今天我看见", "based_on": 1})).await.expect(200);
    evening.get([1, 1], &path).await;
    let body = "今天我看见一个孩子自己找到了办法。";
    let hand_in = format!("{path}/hand-in");
    evening.post([6, 7], &hand_in, json!({"body": body, "based_on": 2})).await.expect(200);
    let better = format!("{body}明天再看。");
    evening.post([6, 7], &hand_in, json!({"body": better, "based_on": 3})).await.expect(200);
});
