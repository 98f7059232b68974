//! Working out classes is bounded: whatever can be answered without it is, and nothing is worked out twice.

use std::time::Duration;

use class_allocation::Solving;
use http::{Method, StatusCode, header};
use kernel::Role;
use kernel::id::JobId;
use serde_json::json;
use testkit::{Answered, TestApp, TestBed, TestPerson, rows};

use crate::ground::Ground;

async fn served(ground: &Ground, solving: &Solving) -> TestApp {
    let hub = ground.bed.hub().await;
    ground.bed.serve(class_allocation::router_with(
        ground.bed.platform(),
        hub,
        ground.list.clone(),
        solving.clone(),
    ))
}

/// One press of the button, over a version that was read.
async fn press(app: &TestApp, lead: &TestPerson, board: &str, version: i64, key: &str) -> Answered {
    let tag = format!("\"v{version}\"");
    let headers = [("idempotency-key", key), ("if-match", &*tag)];
    app.as_person(lead).request(Method::POST, board, Some(json!({})), &headers).await
}

fn new_key(ground: &Ground) -> String {
    let id: JobId = ground.bed.ambient.new_id();
    id.to_string()
}

testkit::on_both_databases!(
    what_needs_no_working_out_is_answered_while_none_can_be,
    |bed: TestBed| async move {
        let mut ground = Ground::new(bed).await;
        ground.admit(15).await;
        ground.staff("李婷", Role::Assistant).await;
        ground.staff("周敏贤", Role::Expert).await;
        let (board, lead) = (ground.of_training("allocation"), ground.lead.clone());
        let key = new_key(&ground);
        let first = press(&ground.app, &lead, &board, 0, &key).await.expect(201);

        let nobody_works = Solving::bounded(0, 0, Duration::from_secs(1));
        let app = served(&ground, &nobody_works).await;
        let replayed = press(&app, &lead, &board, 0, &key).await.expect(201);
        assert_eq!(replayed.bytes, first.bytes, "the answer is there");
        let over_another = press(&app, &lead, &board, 1, &key).await;
        over_another.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "idempotency.key_reused");
        let (as_lead, headers) = (app.as_person(&lead), [("idempotency-key", &*key), ("if-match", "\"v1\"")]);
        let other = as_lead.request(Method::POST, &board, Some(json!({ "seed": 2 })), &headers).await;
        other.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "idempotency.key_reused");
        press(&app, &lead, &board, 0, &new_key(&ground))
            .await
            .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
        let busy = press(&app, &lead, &board, 1, &new_key(&ground)).await;
        assert!(busy.headers.contains_key(header::RETRY_AFTER));
        busy.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "allocation.busy");

        ground.change(&ground.of_training("allocation/lock"), json!({})).await.expect(200);
        press(&app, &lead, &board, 2, &new_key(&ground))
            .await
            .expect_problem(StatusCode::CONFLICT, "allocation.locked");
        ground.change(&ground.of_training("allocation/publish"), json!({})).await.expect(200);
        press(&app, &lead, &board, 3, &new_key(&ground))
            .await
            .expect_problem(StatusCode::CONFLICT, "allocation.published");
        rows::training_plan::closed(&ground.bed, ground.training).await;
        press(&app, &lead, &board, 3, &new_key(&ground))
            .await
            .expect_problem(StatusCode::CONFLICT, "training.closed");
        press(&app, &lead, &board, 0, &key).await.expect(201);
        assert_eq!(nobody_works.worked_out(), 0);
    }
);

testkit::on_both_databases!(twenty_presses_at_once_are_worked_out_once, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(45).await;
    let solving = Solving::bounded(1, 20, Duration::from_mins(1));
    let app = served(&ground, &solving).await;
    let (board, lead) = (ground.of_training("allocation"), ground.lead.clone());
    let at_once = async |version: i64, keys: Vec<String>| {
        let pressed: Vec<_> = keys
            .into_iter()
            .map(|key| {
                let (app, lead, board) = (app.clone(), lead.clone(), board.clone());
                tokio::spawn(async move { press(&app, &lead, &board, version, &key).await })
            })
            .collect();
        let mut answers = Vec::new();
        for one in pressed {
            answers.push(one.await.expect("it ends"));
        }
        answers
    };

    let (done, refused): (Vec<_>, Vec<_>) = at_once(0, (0..20).map(|_| new_key(&ground)).collect())
        .await
        .into_iter()
        .partition(|answer| answer.status == 201);
    assert_eq!((done.len(), refused.len(), solving.worked_out()), (1, 19, 1));
    for answer in refused {
        answer.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    }

    let key = new_key(&ground);
    let copies = at_once(1, vec![key; 20]).await;
    assert!(copies.iter().all(|copy| (copy.status, &copy.bytes) == (201, &copies[0].bytes)));
    assert_eq!(solving.worked_out(), 2, "copies of one request wait for its answer");
});
