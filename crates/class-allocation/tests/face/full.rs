//! What a full class says to whoever meets it: what can be done there, and nothing that cannot.

use http::StatusCode;
use http_kit::Problem;
use kernel::id::PersonId;
use serde_json::json;
use testkit::TestBed;

use crate::ground::{Ground, sizes};
use class_allocation::service::draft::{Draft, DraftClass, lay};

/// The problem's title for readers of Chinese and of English.
async fn refused(ground: &Ground, path: &str, body: serde_json::Value) -> (String, String) {
    let lead = ground.app.as_person(&ground.lead);
    let version = ground.version().await;
    let zh = lead.post_version(path, body.clone(), version).await;
    let en = ground.app.as_person(&ground.lead).in_english().post_version(path, body, version).await;
    let title = |answer: testkit::Answered| {
        let problem = answer.expect_problem(StatusCode::CONFLICT, "allocation.class_full").json();
        problem["title"].as_str().expect("a title").to_owned()
    };
    (title(zh), title(en))
}

testkit::on_both_databases!(whoever_places_is_sent_to_another_class, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(20).await;
    let board = ground.run().await;
    assert_eq!(sizes(&board), [20]);
    let late = ground.admit(1).await.remove(0);
    let body = json!({"person_id": late.id, "class_id": board["classes"][0]["id"]});
    let placing = (
        "这个班已满 20 人，请安排到还有空位的班。".to_owned(),
        "This class has 20 learners already; please choose one with a free seat.".to_owned(),
    );
    let path = ground.of_training("placements");
    assert_eq!(refused(&ground, &path, body.clone()).await, placing, "on a draft");
    let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
    for text in [
        "update allocations set state = 'published' where training_id = $1",
        "update classes set published = true where training_id = $1",
    ] {
        storage::sql(text).bind(ground.training).exec(&mut tx).await.expect("it is published");
    }
    tx.commit().await.expect("a commit");
    assert_eq!(refused(&ground, &path, body).await, placing, "after the publication");
});

testkit::on_both_databases!(whoever_moves_may_let_two_change_places, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(40).await;
    let board = ground.run().await;
    let mine = board["classes"][0]["learners"][0]["placement_id"].as_str().expect("an id");
    let full = json!({"class_id": board["classes"][1]["id"]});
    let (zh, en) = refused(&ground, &format!("/api/v1/placements/{mine}/move"), full).await;
    assert_eq!(zh, "这个班已满 20 人，请选择一位学员互换，或者换一个有空位的班。");
    assert!(en.ends_with("Choose somebody to change places with, or a class with a free seat."), "{en}");
});

testkit::on_both_databases!(a_draft_with_too_large_a_class_says_so, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    let learners: Vec<PersonId> = ground.admit(21).await.iter().map(|person| person.id).collect();
    let class = DraftClass { name: "1班".into(), learners, leaders: Vec::new() };
    let draft = Draft { seed: 1, most_local_percent: 60, classes: vec![class] };
    let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
    let refused = lay(&mut tx, &ground.bed.ambient, ground.training, ground.lead.id, 0, &draft).await;
    let problem = Problem::from(refused.expect_err("21 learners"));
    assert_eq!(problem.code, "allocation.class_full");
    assert_eq!(problem.title.zh, "这份分班方案里有一个班超过 20 人，没有采用。");
});

testkit::on_both_databases!(who_locks_twice_is_not_told_to_unlock, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(12).await;
    ground.run().await;
    let lock = ground.of_training("allocation/lock");
    ground.change(&lock, json!({})).await.expect(200);
    let again = ground.change(&lock, json!({})).await;
    let again = again.expect_problem(StatusCode::CONFLICT, "allocation.locked").json();
    assert_eq!(again["title"], "分班结果已经锁定。");
});
