//! Nobody decides on what they have not read; who recommends does not decide.

use http::StatusCode;
use kernel::{Role, Scope};
use serde_json::json;
use testkit::TestBed;

use crate::world::{World, good_answers, grant, my, notice, read};

testkit::on_both_databases!(a_decision_names_the_version_that_was_read, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (person, id) = world.submitted(&bed, "王小明").await;
    let one = format!("/api/v1/applications/{id}");
    let (lead, head, own) =
        (world.app.as_person(&world.lead), world.app.as_person(&world.head), world.app.as_person(&person));
    let seen = lead.get(&one).await.expect(200).version();
    let (decide, recommend) = (format!("{one}/decide"), format!("{one}/recommend"));
    let reject = json!({ "decision": "reject", "reason": "不符合条件" });
    let yes = json!({ "recommended": true, "reason": "教学认真" });
    lead.post(&decide, reject.clone())
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    head.post(&recommend, yes.clone())
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    // While the lead reads, the applicant takes it back and hands in something else.
    own.post_as_read(&my(world.training), &format!("{}/withdraw", my(world.training)), json!({}))
        .await
        .expect(200);
    let version = own.get(&my(world.training)).await.version();
    let mut other = good_answers();
    other["statement"] = json!("另一份申请");
    own.put_version(&my(world.training), other, version).await.expect(200);
    let submit = format!("{}/submit", my(world.training));
    own.post_version(&submit, json!({}), version)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    own.post(&submit, json!({}))
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    own.post_as_read(&my(world.training), &submit, json!({})).await.expect(200);

    for (caller, path, body) in [(&lead, &decide, &reject), (&head, &recommend, &yes)] {
        caller
            .post_version(path, body.clone(), seen)
            .await
            .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    }
    let many = format!("/api/v1/trainings/{}/applications/decide-many", world.training);
    let stale = json!({ "applications": read(&[(id, seen)]), "decision": "reject", "reason": "不" });
    let row = lead.post(&many, stale).await.expect(200).json()["items"][0].clone();
    assert_eq!((&row["state"], &row["problem"]["code"]), (&json!(null), &json!("edit.conflict")));
    own.post_version(&format!("{}/withdraw", my(world.training)), json!({}), seen)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    assert_eq!(lead.get(&one).await.json()["state"], "submitted");
    lead.post_as_read(&one, &decide, reject).await.expect(200);
});

testkit::on_both_databases!(the_next_of_the_waitlist_is_who_the_lead_saw, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (_, first) = world.recommended(&bed, "王小明").await;
    let (_, second) = world.recommended(&bed, "陈小红").await;
    for id in [first, second] {
        bed.clock.advance_seconds(1);
        world.decide(id, "waitlist").await.expect(200);
    }
    let lead = world.app.as_person(&world.lead);
    let seen = lead.get(&format!("/api/v1/applications/{first}")).await.version();
    let next = format!("/api/v1/trainings/{}/applications/admit-next", world.training);
    let body = |id| json!({ "application_id": id, "reason": "递补" });
    lead.post(&next, body(first))
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    lead.post_version(&next, body(second), seen)
        .await
        .expect_problem(StatusCode::CONFLICT, "gate.waitlist_order");
    lead.post_version(&next, body(first), seen - 1)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    lead.post_version(&next, body(first), seen).await.expect(200);
    // A colleague was quicker: nobody waits longer, the one who was seen has just got the seat.
    lead.post_version(&next, body(first), seen)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
});

testkit::on_both_databases!(a_notice_is_published_as_it_was_read, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let path = format!("/api/v1/trainings/{}/notice", world.training);
    let (lead, publish) = (world.app.as_person(&world.lead), format!("{path}/publish"));
    lead.put_version(&path, notice(60), 0).await.expect(200);
    lead.put_version(&path, notice(61), 1).await.expect(200);
    lead.post(&publish, json!({}))
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    lead.post_version(&publish, json!({}), 1)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    lead.post_version(&publish, json!({}), 2).await.expect(200);
});

testkit::on_both_databases!(who_recommends_does_not_decide, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let administrator = bed.person("管理员", &[grant(Role::Administrator, Scope::System)]).await;
    // Whoever heads the school and leads the training is two things, and still one person.
    let both = [
        grant(Role::SchoolHead, Scope::OrgUnit(world.school)),
        grant(Role::TrainingLead, Scope::Training(world.training)),
    ];
    let head_and_lead = bed.person("身兼两职", &both).await;
    for (name, one_person) in [("王小明", &administrator), ("陈小红", &head_and_lead)] {
        let (_, id) = world.submitted(&bed, name).await;
        let one = format!("/api/v1/applications/{id}");
        let (decide, caller) = (format!("{one}/decide"), world.app.as_person(one_person));
        let yes = json!({ "recommended": true, "reason": "教学认真" });
        caller.post_as_read(&one, &format!("{one}/recommend"), yes).await.expect(200);
        for decision in ["admit", "waitlist", "reject"] {
            caller
                .post_as_read(&one, &decide, json!({ "decision": decision, "reason": "通过" }))
                .await
                .expect_problem(StatusCode::FORBIDDEN, "gate.own_recommendation");
        }
        for by in ["recommended_by", "person_id"] {
            let mut tx = bed.db().begin_write().await.expect("a transaction");
            let statement = match by {
                "recommended_by" => "update applications set decided_by = recommended_by where id = $1",
                _ => "update applications set decided_by = person_id where id = $1",
            };
            let refused = storage::sql(statement).bind(id).exec(&mut tx).await;
            let refused = refused.expect_err("the database refuses it too");
            assert!(refused.breaks("applications_decided_by_check"), "{by}: {refused}");
        }
        // Of many at once only this one is left to somebody else.
        let (_, other) = world.recommended(&bed, "周小亮").await;
        let many = format!("/api/v1/trainings/{}/applications/decide-many", world.training);
        let body =
            json!({ "applications": read(&[(id, 3), (other, 3)]), "decision": "admit", "reason": "通过" });
        let items = caller.post(&many, body).await.expect(200).json()["items"].clone();
        assert_eq!(items[0]["problem"]["code"], "gate.own_recommendation");
        assert_eq!(items[1]["state"], "admitted");
        world.decide(id, "admit").await.expect(200);
    }
});
