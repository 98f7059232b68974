//! Asking people to lead along.

use http::StatusCode;
use kernel::id::TrainingId;
use kernel::{Role, Scope};
use serde_json::{Value, json};
use testkit::{TestBed, TestPerson};

use crate::world::{World, grant};

fn path(training: TrainingId) -> String {
    format!("/api/v1/trainings/{training}/staff-invitations")
}

fn asks(person: &TestPerson, role: &str) -> Value {
    json!({ "person_id": person.id, "role": role, "message": "一起带班吧" })
}

testkit::on_both_databases!(the_invited_person_accepts_and_is_staff, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.approved(&bed).await;
    let (assistant, other) = (bed.person("赵助教", &[]).await, bed.person("路人", &[]).await);
    let lead = world.app.as_person(&world.lead);
    let invited = lead.post(&path(id), asks(&assistant, "assistant")).await.expect(201).json();
    let accept = format!("/api/v1/staff-invitations/{}/accept", invited["id"].as_str().expect("an id"));
    for person in [&other, &world.lead] {
        let answer = world.app.as_person(person).post_version(&accept, json!({}), 1).await;
        answer.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
    let mine = world.app.as_person(&assistant).get("/api/v1/my/staff-invitations").await.expect(200).json();
    assert_eq!(mine["items"][0]["subjects"][0], "一堂课两个年级");
    assert_eq!(mine["items"][0]["invited_by_name"], "李项目");
    let accepted =
        world.app.as_person(&assistant).post_version(&accept, json!({}), 1).await.expect(200).json();
    assert_eq!(accepted["state"], "accepted");
    let again = world.app.as_person(&assistant).post_version(&accept, json!({}), 1).await;
    again.expect_problem(StatusCode::CONFLICT, "staff.answered");

    let mut conn = bed.db().read().await.expect("a reader");
    let staff: i64 = storage::sql(
        "select count(*) as value from v_training_staff s join v_grant g on g.person_id = s.person_id \
         and g.role = s.role and g.scope_id = s.training_id where s.training_id = $1",
    )
    .bind(id)
    .one(&mut conn)
    .await
    .expect("a count");
    assert_eq!(staff, 1);
    let listed = lead.get(&path(id)).await.expect(200).json();
    assert_eq!(listed["items"][0]["person"]["name"], "赵助教");
});

testkit::on_both_databases!(after_a_no_somebody_may_be_asked_again, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.approved(&bed).await;
    let expert = bed.person("钱专家", &[]).await;
    let lead = world.app.as_person(&world.lead);
    let invited = lead.post(&path(id), asks(&expert, "expert")).await.expect(201).json();
    lead.post(&path(id), asks(&expert, "assistant"))
        .await
        .expect_problem(StatusCode::CONFLICT, "staff.already_invited");
    let base = format!("/api/v1/staff-invitations/{}", invited["id"].as_str().expect("an id"));
    let no = json!({ "reason": "这学期太忙" });
    world.app.as_person(&expert).post_version(&format!("{base}/decline"), no, 1).await.expect(200);
    lead.post_version(&format!("{base}/withdraw"), json!({}), 2)
        .await
        .expect_problem(StatusCode::CONFLICT, "staff.answered");
    bed.clock.advance_seconds(1);
    let second = lead.post(&path(id), asks(&expert, "expert")).await.expect(201).json();
    let withdraw = format!("/api/v1/staff-invitations/{}/withdraw", second["id"].as_str().expect("an id"));
    let answer = world.app.as_person(&expert).post_version(&withdraw, json!({}), 1).await;
    answer.expect_problem(StatusCode::NOT_FOUND, "not_found");
    lead.post_version(&withdraw, json!({}), 1).await.expect(200);
    let mine = world.app.as_person(&expert).get("/api/v1/my/staff-invitations").await.json();
    assert_eq!(mine["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(lead.get(&path(id)).await.json()["items"][1]["reason"], "这学期太忙");
});

testkit::on_both_databases!(not_everybody_can_be_asked, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let draft = world.training(&bed).await;
    let somebody = bed.person("孙老师", &[]).await;
    let lead = world.app.as_person(&world.lead);
    lead.post(&path(draft), asks(&somebody, "assistant"))
        .await
        .expect_problem(StatusCode::CONFLICT, "plan.not_approved");
    bed.regrant(&world.lead, &[grant(Role::TrainingLead, Scope::OrgUnit(world.county))]);
    let id = world.approved(&bed).await;
    let learner = bed.person("周学员", &[]).await;
    let learns = grant(Role::Learner, Scope::Training(id));
    testkit::rows::identity::grant(&bed, learner.id, learns).await;
    lead.post(&path(id), asks(&learner, "assistant"))
        .await
        .expect_problem(StatusCode::CONFLICT, "staff.is_learner");
    let nobody: kernel::id::PersonId = bed.ambient.new_id();
    lead.post(&path(id), json!({ "person_id": nobody, "role": "expert" }))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "staff.no_such_person");
    let answer = lead.post(&path(id), asks(&somebody, "training_lead")).await;
    answer.expect_problem(StatusCode::BAD_REQUEST, "request.malformed");
    let office = world.app.as_person(&world.office).post(&path(id), asks(&somebody, "expert")).await;
    office.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    // A learner who was invited before being admitted cannot accept any more.
    let invited = lead.post(&path(id), asks(&somebody, "assistant")).await.expect(201).json();
    testkit::rows::identity::grant(&bed, somebody.id, learns).await;
    let accept = format!("/api/v1/staff-invitations/{}/accept", invited["id"].as_str().expect("an id"));
    let answer = world.app.as_person(&somebody).post_version(&accept, json!({}), 1).await;
    answer.expect_problem(StatusCode::CONFLICT, "staff.is_learner");
});

testkit::on_both_databases!(an_answer_names_the_version_that_was_read, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.approved(&bed).await;
    let somebody = bed.person("赵助教", &[]).await;
    let lead = world.app.as_person(&world.lead);
    let invited = lead.post(&path(id), asks(&somebody, "assistant")).await.expect(201).json();
    let version = invited["version"].as_i64().expect("a version");
    let base = format!("/api/v1/staff-invitations/{}", invited["id"].as_str().expect("an id"));
    let own = world.app.as_person(&somebody);
    for (caller, action) in [(&own, "accept"), (&own, "decline"), (&lead, "withdraw")] {
        let action = format!("{base}/{action}");
        caller
            .post(&action, json!({}))
            .await
            .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
        caller
            .post_version(&action, json!({}), version + 1)
            .await
            .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    }
    let accepted = own.post_version(&format!("{base}/accept"), json!({}), version).await.expect(200).json();
    assert_eq!(accepted["version"], version + 1);
});

testkit::on_both_databases!(a_training_invites_no_more_than_its_page_shows, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.approved(&bed).await;
    let asked_before = bed.person("谢绝过的", &[]).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    for _ in 0..499 {
        let invitation: kernel::id::StaffInvitationId = bed.ambient.new_id();
        storage::sql(
            "insert into staff_invitations (id, training_id, person_id, role, message, state, version, invited_at) \
             values ($1, $2, $3, 'assistant', '', 'declined', 2, $4)",
        )
        .bind(invitation)
        .bind(id)
        .bind(asked_before.id)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("an invitation is stored");
    }
    tx.commit().await.expect("a commit");
    let lead = world.app.as_person(&world.lead);
    let (last, late) = (bed.person("最后一位", &[]).await, bed.person("来晚的", &[]).await);
    lead.post(&path(id), asks(&last, "assistant")).await.expect(201);
    let refused = lead.post(&path(id), asks(&late, "expert")).await;
    refused.expect_problem(StatusCode::CONFLICT, "staff.too_many_invitations");
    let listed = lead.get(&path(id)).await.expect(200).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(500));
});

testkit::on_both_databases!(ones_own_invitations_are_paged, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.approved(&bed).await;
    let expert = bed.person("钱专家", &[]).await;
    let (lead, asked) = (world.app.as_person(&world.lead), world.app.as_person(&expert));
    let mut made = Vec::new();
    for _ in 0..3 {
        bed.clock.advance_seconds(1);
        let invited = lead.post(&path(id), asks(&expert, "expert")).await.expect(201).json();
        let decline = format!("/api/v1/staff-invitations/{}/decline", invited["id"].as_str().expect("an id"));
        asked.post_version(&decline, json!({}), 1).await.expect(200);
        made.push(invited["id"].clone());
    }
    let first = asked.get("/api/v1/my/staff-invitations?limit=2").await.expect(200).json();
    let next = first["next"].as_str().expect("there is more");
    let second = format!("/api/v1/my/staff-invitations?limit=2&after={next}");
    let second = asked.get(&second).await.expect(200).json();
    let shown = first["items"].as_array().into_iter().chain(second["items"].as_array()).flatten();
    let shown: Vec<_> = shown.map(|one| one["id"].clone()).collect();
    made.reverse();
    assert_eq!(shown, made);
    assert!(second["next"].is_null());
    let nowhere = asked.get("/api/v1/my/staff-invitations?after=x").await;
    nowhere.expect_problem(StatusCode::NOT_FOUND, "not_found");
});
