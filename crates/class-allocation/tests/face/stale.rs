//! Nobody changes a board that they have not seen: what a colleague did meanwhile stands until it is looked at.

use std::sync::Arc;

use http::{Method, StatusCode};
use kernel::id::ClassId;
use serde_json::{Value, json};
use storage::sql;
use testkit::{Answered, TestBed};

use crate::ground::Ground;

/// One change of a board, at whichever version.
struct Change {
    method: Method,
    path: String,
    body: Option<Value>,
}

impl Change {
    fn post(path: impl Into<String>, body: Value) -> Self {
        Self { method: Method::POST, path: path.into(), body: Some(body) }
    }

    fn delete(path: impl Into<String>) -> Self {
        Self { method: Method::DELETE, path: path.into(), body: None }
    }

    async fn send(&self, ground: &Ground, version: Option<i64>) -> Answered {
        let key: ClassId = ground.bed.ambient.new_id();
        let key = key.to_string();
        let tag = version.map(|version| format!("\"v{version}\""));
        let mut headers = vec![("idempotency-key", &*key)];
        headers.extend(tag.as_deref().map(|tag| ("if-match", tag)));
        let lead = ground.app.as_person(&ground.lead);
        lead.request(self.method.clone(), &self.path, self.body.clone(), &headers).await
    }

    /// Refused without a version and over one that is no longer the board's, in whatever way the board may have changed; nothing of
    /// it is done.
    async fn is_refused_unseen(&self, ground: &Ground) {
        let (before, version) = (ground.board().await, ground.version().await);
        self.send(ground, None)
            .await
            .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
        for other in [version - 1, version + 1] {
            let refused = self.send(ground, Some(other)).await;
            refused.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
        }
        assert_eq!(ground.board().await, before, "{} {}", self.method, self.path);
    }

    async fn is_done(&self, ground: &Ground) {
        self.is_refused_unseen(ground).await;
        let version = ground.version().await;
        let done = self.send(ground, Some(version)).await;
        assert!((200..300).contains(&done.status), "{} {}: {}", self.method, self.path, done.json());
        assert_eq!(ground.version().await, version + 1, "every change is another version");
    }
}

fn class(board: &Value, nth: usize) -> String {
    board["classes"][nth]["id"].as_str().expect("an id").to_owned()
}

fn placement(board: &Value, class: usize, seat: usize) -> String {
    board["classes"][class]["learners"][seat]["placement_id"].as_str().expect("an id").to_owned()
}

testkit::on_both_databases!(every_change_names_the_board_that_was_read, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(30).await;
    let board_path = ground.of_training("allocation");
    Change::post(&board_path, json!({})).send(&ground, Some(0)).await.expect(201);
    Change::post(&board_path, json!({ "seed": 2 })).is_done(&ground).await;
    let board = ground.board().await;
    let moving = format!("/api/v1/placements/{}/move", placement(&board, 0, 0));
    Change::post(&moving, json!({ "class_id": class(&board, 1) })).is_done(&ground).await;
    let late = ground.admit(1).await.remove(0);
    let body = json!({ "person_id": late.id, "class_id": class(&board, 0) });
    Change::post(ground.of_training("placements"), body).is_done(&ground).await;
    let (assistants, _) = ground.full_staff().await;
    let staffing = format!("/api/v1/classes/{}/staff-assignments", class(&board, 0));
    Change::post(&staffing, json!({ "person_id": assistants[0].id, "role": "assistant" }))
        .is_done(&ground)
        .await;
    let board = ground.board().await;
    let assignment = board["classes"][0]["leaders"][0]["assignment_id"].as_str().expect("an id");
    let dismissal = format!("/api/v1/staff-assignments/{assignment}/dismiss");
    Change::post(dismissal, json!({ "reason": "另有任务" })).is_done(&ground).await;
    Change::post(&board_path, json!({})).is_done(&ground).await;
    let lock = ground.of_training("allocation/lock");
    Change::post(&lock, json!({})).is_done(&ground).await;
    Change::delete(&lock).is_done(&ground).await;
    Change::post(&lock, json!({})).is_done(&ground).await;
    Change::post(ground.of_training("allocation/publish"), json!({})).is_done(&ground).await;
});

testkit::on_both_databases!(a_move_of_a_colleague_is_not_erased_unseen, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(30).await;
    let read = ground.run().await;
    let seen = read["version"].as_i64().expect("a version");
    let moved = placement(&read, 0, 0);
    let body = json!({ "class_id": class(&read, 1) });
    ground.change(&format!("/api/v1/placements/{moved}/move"), body).await.expect(200);
    let as_moved = ground.board().await;

    let again = Change::post(ground.of_training("allocation"), json!({ "seed": 2 }));
    let refused = again.send(&ground, Some(seen)).await;
    let refused = refused.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict").json();
    // Who moved whom is said.
    let (whom, from, to) = (
        &read["classes"][0]["learners"][0]["name"],
        &read["classes"][0]["name"],
        &read["classes"][1]["name"],
    );
    let said = |value: &Value| value.as_str().expect("a name").to_owned();
    let told = format!("宋玉梅把{}从“{}”移到“{}”。", said(whom), said(from), said(to));
    assert_eq!(refused["detail"], told);
    assert_eq!(ground.board().await, as_moved);
    // Who has seen the move may put another draft in its place.
    again.send(&ground, as_moved["version"].as_i64()).await.expect(201);
});

testkit::on_both_databases!(of_fifty_moves_over_one_board_one_stands, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(30).await;
    let board = ground.run().await;
    let seen = board["version"].as_i64();
    let learners = board["classes"][0]["learners"].as_array().expect("learners").len();
    let ground = Arc::new(ground);
    let sends: Vec<_> = (0..50)
        .map(|n| {
            let ground = Arc::clone(&ground);
            let path = format!("/api/v1/placements/{}/move", placement(&board, 0, n % learners));
            let moving = Change::post(path, json!({ "class_id": class(&board, 1) }));
            tokio::spawn(async move { moving.send(&ground, seen).await })
        })
        .collect();
    let mut stands = 0;
    for send in sends {
        let answer = send.await.expect("the request ends");
        if answer.status == 200 {
            stands += 1;
        } else {
            answer.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
        }
    }
    assert_eq!(stands, 1);
    let mut conn = ground.bed.db().read().await.expect("a reader");
    let left: i64 = sql("select count(*) as value from placements where class_id = $1")
        .bind(class(&board, 0).parse::<ClassId>().expect("an id"))
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(usize::try_from(left).expect("a count"), learners - 1);
});
