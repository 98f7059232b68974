//! A training that is over: its classes stay as they are.

use http::{Method, StatusCode};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{TestBed, TestPerson, rows};

use crate::ground::class::Class;

testkit::on_both_databases!(classes_of_a_training_that_is_over_stay_as_they_are, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let ground = &class.ground;
    let another = ground.staff("马晓梅", Role::Assistant).await;
    class.settle("互相帮助", &["不懂就问"]).await;
    let board = ground.board().await;
    let leaders = board["classes"][0]["leaders"].as_array().expect("leaders");
    let assignment = leaders[0]["assignment_id"].as_str().expect("an id").to_owned();
    let placement = board["classes"][0]["learners"][0]["placement_id"].as_str().expect("an id").to_owned();
    let (lead, assistant, learner) = (&ground.lead, &class.assistant, &class.learners[0]);
    let id = class.id;
    let may = async |who: &TestPerson| {
        let charter = ground.app.as_person(who).get(&class.path("")).await.expect(200).json();
        (charter["may_settle"].clone(), charter["may_sign"].clone())
    };
    assert_eq!((may(learner).await, may(assistant).await.0), ((json!(false), json!(true)), json!(true)));
    let changes: Vec<(&TestPerson, Method, String, Value)> = vec![
        (lead, Method::POST, ground.of_training("allocation"), json!({})),
        (lead, Method::POST, ground.of_training("allocation/lock"), json!({})),
        (lead, Method::DELETE, ground.of_training("allocation/lock"), Value::Null),
        (lead, Method::POST, ground.of_training("allocation/publish"), json!({})),
        (
            lead,
            Method::POST,
            ground.of_training("placements"),
            json!({ "person_id": another.id, "class_id": id }),
        ),
        (lead, Method::POST, format!("/api/v1/placements/{placement}/move"), json!({ "class_id": id })),
        (
            lead,
            Method::POST,
            format!("/api/v1/classes/{id}/staff-assignments"),
            json!({ "person_id": another.id, "role": "assistant" }),
        ),
        (
            lead,
            Method::POST,
            format!("/api/v1/staff-assignments/{assignment}/dismiss"),
            json!({ "reason": "调动" }),
        ),
        (assistant, Method::PUT, format!("/api/v1/classes/{id}"), json!({ "name": "春天班" })),
        (assistant, Method::PUT, class.path(""), json!({ "vision": "又一个", "clauses": ["按时"] })),
        (learner, Method::POST, class.path("/clauses"), json!({ "body": "多听课" })),
        (learner, Method::POST, class.path("/sign"), json!({ "version": 1 })),
    ];
    // Each waits for the lead who is ending the training, and is judged by how it then stands.
    let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
    storage::sql("update trainings set state = 'closed', closed_at = $2 where id = $1")
        .bind(ground.training)
        .bind(ground.bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a training closes");
    let ask = |(n, (who, method, path, body)): (usize, &(&TestPerson, Method, String, Value))| {
        let (app, who, method) = (ground.app.clone(), (*who).clone(), method.clone());
        let (path, body, key) = (path.clone(), body.clone(), format!("change-{n}"));
        tokio::spawn(async move {
            let headers = [("if-match", "\"v0\""), ("idempotency-key", key.as_str())];
            let body = (!body.is_null()).then_some(body);
            app.as_person(&who).request(method, &path, body, &headers).await
        })
    };
    // The first is reckoned before its transaction begins, and so does not wait: before the end it would hear that classes are published.
    let mut asked: Vec<_> = changes.iter().enumerate().skip(1).map(ask).collect();
    ground.bed.until_waiting(1, &asked.iter().collect::<Vec<_>>()).await;
    tx.commit().await.expect("a commit");
    asked.push(ask((0, &changes[0])));
    for answer in asked {
        answer.await.expect("it ends").expect_problem(StatusCode::CONFLICT, "training.closed");
    }
    assert_eq!(ground.board().await, board);
    for who in [learner, assistant] {
        assert_eq!(may(who).await, (json!(false), json!(false)), "nobody is asked for what is not taken");
    }
    // Rights are taken at any time.
    let invitation =
        rows::training_plan::staff(&ground.bed, ground.training, ground.lead.id, Role::Expert).await;
    let end = format!("/api/v1/staff-invitations/{invitation}/end");
    ground.app.as_person(lead).post_version(&end, json!({ "reason": "调动" }), 2).await.expect(200);
});
