//! The notice: written by the lead, read by everybody.

use http::StatusCode;
use serde_json::json;
use testkit::TestBed;

use crate::world::{World, notice};

testkit::on_both_databases!(a_visitor_reads_a_published_notice, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let path = format!("/api/v1/trainings/{}/notice", world.training);
    let public = format!("/api/v1/public/trainings/{}/notice", world.training);
    let (lead, nobody) = (world.app.as_person(&world.lead), world.app.as_nobody());
    lead.get(&path).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let saved = lead.put_version(&path, notice(60), 0).await.expect(200);
    assert_eq!(saved.version(), 1);
    nobody.get(&public).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    assert_eq!(nobody.get("/api/v1/public/trainings").await.json()["items"], json!([]));

    lead.post_as_read(&path, &format!("{path}/publish"), json!({})).await.expect(200);
    lead.post_as_read(&path, &format!("{path}/publish"), json!({})).await.expect(200);
    let seen = nobody.get(&public).await.expect(200).json();
    assert_eq!((seen["state"].as_str(), seen["capacity"].as_i64()), (Some("open"), Some(60)));
    let html = seen["body_html"].as_str().expect("html");
    assert!(html.contains("<strong>教学点</strong>") && html.contains("&lt;script&gt;"), "{html}");
    let text = seen.to_string();
    assert!(!text.contains("score") && !text.contains("expected") && !text.contains("threshold"), "{text}");
    let list = nobody.get("/api/v1/public/trainings").await.expect(200).json();
    assert_eq!(list["items"][0]["org_unit_name"], "威宁县");

    bed.clock.set("2026-12-02T00:00:00Z".parse().expect("an instant"));
    assert_eq!(nobody.get(&public).await.json()["state"], "closed");
});

testkit::on_both_databases!(a_notice_is_edited_by_version_and_within_reason, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let path = format!("/api/v1/trainings/{}/notice", world.training);
    let lead = world.app.as_person(&world.lead);
    for (pointer, value, code) in [
        ("/capacity", json!(501), "input.invalid"),
        ("/capacity", json!(0), "input.invalid"),
        ("/closes_at", json!("2026-11-02T00:00:00Z"), "notice.window"),
        ("/opens_at", json!("1999-12-31T23:59:59Z"), "input.invalid"),
        ("/closes_at", json!("9999-01-01T00:00:00Z"), "input.invalid"),
        ("/threshold", json!(9), "notice.rules"),
        ("/pledge/0/key", json!("rural"), "notice.rules"),
        ("/title", json!("长".repeat(121)), "input.invalid"),
        ("/willingness/0/choices", json!([]), "input.invalid"),
    ] {
        let mut body = notice(60);
        *body.pointer_mut(pointer).expect("a field") = value;
        let answer = lead.put_version(&path, body, 0).await;
        assert_eq!((answer.status, answer.code().as_str()), (422, code), "{pointer}");
    }
    lead.put_version(&path, notice(60), 0).await.expect(200);
    lead.put_version(&path, notice(60), 0)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    lead.put_version(&path, notice(61), 1).await.expect(200);
});

testkit::on_both_databases!(no_notice_before_the_plan_is_approved, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql("update plans set state = 'submitted'").exec(&mut tx).await.expect("a change");
    tx.commit().await.expect("a commit");
    let path = format!("/api/v1/trainings/{}/notice", world.training);
    let answer = world.app.as_person(&world.lead).put_version(&path, notice(60), 0).await;
    answer.expect_problem(StatusCode::CONFLICT, "plan.not_approved");
});

testkit::on_both_databases!(rules_stay_once_somebody_handed_in, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let path = format!("/api/v1/trainings/{}/notice", world.training);
    let lead = world.app.as_person(&world.lead);
    let (_, id) = world.recommended(&bed, "王小明").await;
    world.decide(id, "admit").await.expect(200);
    let mut harder = notice(500);
    harder["least_hours"] = json!(5);
    lead.put_version(&path, harder, 2).await.expect_problem(StatusCode::CONFLICT, "notice.rules_fixed");
    let saved = lead.put_version(&path, notice(1), 2).await.expect(200).json();
    assert_eq!(saved["rules_fixed"], true);
    let (_, second) = world.recommended(&bed, "陈小红").await;
    world.decide(second, "admit").await.expect_problem(StatusCode::CONFLICT, "gate.full");
    lead.put_version(&path, notice(2), 3).await.expect(200);
    world.decide(second, "admit").await.expect(200);
    lead.put_version(&path, notice(1), 4)
        .await
        .expect_problem(StatusCode::CONFLICT, "notice.capacity_below_admitted");
});
