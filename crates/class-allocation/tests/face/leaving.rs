//! Who stops leading along loses every right of the training at once; what needs somebody else is told.

use http::StatusCode;
use kernel::Role;
use kernel::id::{PersonId, StaffInvitationId};
use serde_json::{Value, json};
use storage::sql;
use testkit::{TestBed, TestPerson, rows};

use crate::ground::{Ground, grants, kinds, on_training};

async fn invitation_of(ground: &Ground, person: PersonId) -> StaffInvitationId {
    let mut conn = ground.bed.db().read().await.expect("a reader");
    sql("select id as value from staff_invitations where person_id = $1")
        .bind(person)
        .one(&mut conn)
        .await
        .expect("an invitation")
}

async fn end(ground: &Ground, by: &TestPerson, person: PersonId, version: i64) -> testkit::Answered {
    let path = format!("/api/v1/staff-invitations/{}/end", invitation_of(ground, person).await);
    ground.app.as_person(by).post_version(&path, json!({ "reason": "工作调动" }), version).await
}

/// What somebody was told of classes that miss somebody.
async fn missing(ground: &Ground, person: &TestPerson) -> Vec<String> {
    kinds(ground, person).await.into_iter().filter(|kind| kind.starts_with("class_without_")).collect()
}

fn without(board: &Value) -> Vec<Value> {
    let classes = board["classes"].as_array().expect("classes");
    classes.iter().map(|class| class["without"].clone()).collect()
}

/// A published training of one class, whose lead and leaders hold their grants in the database too.
async fn led(bed: TestBed) -> (Ground, TestPerson, TestPerson) {
    let mut ground = Ground::new(bed).await;
    ground.admit(15).await;
    let assistant = ground.staff("李婷", Role::Assistant).await;
    let expert = ground.staff("周敏贤", Role::Expert).await;
    for (person, role) in
        [(&assistant, Role::Assistant), (&expert, Role::Expert), (&ground.lead, Role::TrainingLead)]
    {
        rows::identity::grant(&ground.bed, person.id, on_training(role, ground.training)).await;
    }
    ground.publish().await;
    // What is told from now on is newer.
    ground.bed.clock.advance_seconds(1);
    (ground, assistant, expert)
}

testkit::on_both_databases!(the_lead_ends_a_part_and_every_right_with_it, |bed: TestBed| async move {
    let (ground, assistant, _) = led(bed).await;
    assert_eq!(grants(&ground, assistant.id).await, 2, "the training's and the class's");
    let path = format!("/api/v1/staff-invitations/{}/end", invitation_of(&ground, assistant.id).await);
    let lead = ground.app.as_person(&ground.lead);
    lead.post(&path, json!({ "reason": "调动" }))
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    lead.post_version(&path, json!({ "reason": "" }), 2)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    end(&ground, &ground.lead, assistant.id, 1)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    let ended = end(&ground, &ground.lead, assistant.id, 2).await.expect(200).json();
    assert_eq!(ended["classes"][0]["needs_another"], true);
    assert_eq!(grants(&ground, assistant.id).await, 0);
    let counted = ground
        .count("select count(*) as value from v_class_member where training_id = $1 and role = 'assistant'");
    assert_eq!(counted.await, 0);
    assert_eq!(without(&ground.board().await), [json!(["assistant"])]);
    assert_eq!(kinds(&ground, &assistant).await[0], "staff_ended");
    assert_eq!(missing(&ground, &ground.lead).await, ["class_without_assistant"], "whoever has ended it");
    end(&ground, &ground.lead, assistant.id, 3)
        .await
        .expect_problem(StatusCode::CONFLICT, "staff.not_leading");
    // Somebody else takes the place.
    let other = ground.staff("马晓梅", Role::Assistant).await;
    let class = ended["classes"][0]["class_id"].as_str().expect("an id");
    let body = json!({ "person_id": other.id, "role": "assistant" });
    ground.change(&format!("/api/v1/classes/{class}/staff-assignments"), body).await.expect(201);
    assert_eq!(without(&ground.board().await), [json!([])]);
    let mut conn = ground.bed.db().read().await.expect("a reader");
    let entries =
        storage::audit::page(&mut conn, &ground.training.to_string(), i64::MAX, 200).await.expect("entries");
    for action in ["training_plan.end_invitation", "class_allocation.release"] {
        assert_eq!(entries.iter().filter(|entry| entry.action == action).count(), 1, "{action}");
    }
});

testkit::on_both_databases!(
    somebody_leaves_by_themselves_and_nobody_else_ends_it,
    |bed: TestBed| async move {
        let (ground, assistant, expert) = led(bed).await;
        let stranger = ground.bed.person("路人", &[]).await;
        for (caller, status) in [(&assistant, 403), (&ground.office, 403), (&stranger, 404)] {
            assert_eq!(end(&ground, caller, expert.id, 2).await.status, status);
        }
        end(&ground, &expert, expert.id, 2).await.expect(200);
        assert_eq!(grants(&ground, expert.id).await, 0);
        let mut told = kinds(&ground, &ground.lead).await;
        told.sort();
        assert_eq!(told, ["class_without_expert", "staff_left"]);
        let notices = ground.app.as_person(&ground.lead).get("/api/v1/notices").await.expect(200).json();
        let items = notices["items"].as_array().expect("a list");
        let notice = items.iter().find(|item| item["kind"] == "class_without_expert").expect("it is told");
        let board = ground.board().await;
        let class = board["classes"][0]["name"].as_str().expect("a name");
        let said = notice["text"].as_str().expect("a sentence");
        assert!(said.contains(class) && said.contains("专家"), "{said}");
        assert_eq!(notice["link"], format!("/office/trainings/{}/allocation", ground.training));
        assert_eq!(missing(&ground, &assistant).await, [""; 0], "nobody else is asked to find somebody");
        assert_eq!(without(&ground.board().await), [json!(["expert"])]);
    }
);

testkit::on_both_databases!(who_is_taken_from_a_class_is_told, |bed: TestBed| async move {
    let (ground, first, _) = led(bed).await;
    let second = ground.staff("马晓梅", Role::Assistant).await;
    let board = ground.board().await;
    let class = board["classes"][0]["id"].as_str().expect("an id");
    let body = json!({ "person_id": second.id, "role": "assistant" });
    ground.change(&format!("/api/v1/classes/{class}/staff-assignments"), body).await.expect(201);
    let leaders = board["classes"][0]["leaders"].as_array().expect("leaders");
    let mine = leaders.iter().find(|leader| leader["name"] == "李婷").expect("the first leads it");
    let assignment = mine["assignment_id"].as_str().expect("an id");
    let path = format!("/api/v1/staff-assignments/{assignment}/dismiss");
    for reason in [json!({}), json!({ "reason": " " }), json!({ "reason": "长".repeat(501) })] {
        let answer = ground.change(&path, reason).await;
        assert!([400, 422].contains(&answer.status), "{}", answer.json());
    }
    ground.change(&path, json!({ "reason": " 到县里开会\n" })).await.expect(200);
    assert_eq!(grants(&ground, first.id).await, 1, "still asked along in the training");

    // The person reads why, the leads find it on the board, and the audit log keeps it.
    let notices = ground.app.as_person(&first).get("/api/v1/notices").await.expect(200).json();
    assert_eq!(notices["items"][0]["kind"], "class_dismissed");
    let said = notices["items"][0]["text"].as_str().expect("a sentence");
    assert!(said.contains("被撤下") && said.ends_with("原因：到县里开会"), "{said}");
    assert_eq!(missing(&ground, &ground.lead).await, [""; 0], "another assistant leads the class");
    let dismissed = ground.board().await["classes"][0]["dismissed"].clone();
    assert_eq!(
        (&dismissed[0]["name"], &dismissed[0]["role"], &dismissed[0]["reason"]),
        (&json!("李婷"), &json!("assistant"), &json!("到县里开会"))
    );
    let mut conn = ground.bed.db().read().await.expect("a reader");
    let entries =
        storage::audit::page(&mut conn, &ground.training.to_string(), i64::MAX, 200).await.expect("entries");
    let entry = entries.iter().find(|entry| entry.action == "class_allocation.dismiss").expect("an entry");
    assert!(entry.detail.contains("到县里开会"), "{}", entry.detail);

    // Who leads the class again is no longer named as taken away.
    let body = json!({ "person_id": first.id, "role": "assistant" });
    ground.change(&format!("/api/v1/classes/{class}/staff-assignments"), body).await.expect(201);
    assert_eq!(ground.board().await["classes"][0]["dismissed"], json!([]));
});

testkit::on_both_databases!(draft_is_changed_without_telling_anybody, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(15).await;
    let assistant = ground.staff("李婷", Role::Assistant).await;
    let board = ground.run().await;
    let leader = &board["classes"][0]["leaders"][0];
    ground.dismiss(leader["assignment_id"].as_str().expect("an id")).await.expect(200);
    assert!(!kinds(&ground, &assistant).await.contains(&"class_dismissed".to_owned()));
    assert_eq!(ground.board().await["classes"][0]["dismissed"], json!([]));
    end(&ground, &ground.lead, assistant.id, 2).await.expect(200);
    assert_eq!(missing(&ground, &ground.lead).await, [""; 0], "the opening rules say it");
});

testkit::on_both_databases!(of_an_end_and_an_assignment_at_once_no_key_is_left, |bed: TestBed| async move {
    // Rights in a class are given in a published training alone.
    let (ground, ..) = led(bed).await;
    let board = ground.board().await;
    let class = board["classes"][0]["id"].as_str().expect("an id").to_owned();
    let (mut stayed, mut left) = (0, 0);
    for round in 0..200 {
        let person = ground.staff(&format!("来去{round}"), Role::Expert).await;
        rows::identity::grant(&ground.bed, person.id, on_training(Role::Expert, ground.training)).await;
        let invitation = invitation_of(&ground, person.id).await;
        let (app, lead) = (ground.app.clone(), ground.lead.clone());
        let (path, body) = (
            format!("/api/v1/classes/{class}/staff-assignments"),
            json!({ "person_id": person.id, "role": "expert" }),
        );
        let version = ground.version().await;
        let (asked, wish) = (path.clone(), body.clone());
        let assigning = async move { app.as_person(&lead).post_version(&asked, wish, version).await };
        let (app, id) = (ground.app.clone(), person.id);
        let leaving = async move {
            let path = format!("/api/v1/staff-invitations/{invitation}/end");
            app.as_person(&person).post_version(&path, json!({ "reason": "调动" }), 2).await
        };
        let (assigned, gone) = testkit::both(round % 2 == 0, assigning, leaving).await;
        gone.expect(200);
        assert_eq!(grants(&ground, id).await, 0, "round {round}");
        if assigned.status == 201 {
            stayed += 1;
        } else {
            left += 1;
            // They left first, and whoever looks at the board again sees why.
            assert_eq!(assigned.code(), "edit.conflict", "round {round}");
            let again = ground.change(&path, body).await;
            again.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.not_staff");
        }
    }
    let assigned =
        ground.count("select count(*) as value from staff_assignments where training_id = $1").await;
    assert_eq!(assigned, 2, "those of before");
    assert!(stayed > 0 && left > 0, "{stayed} stayed a moment, {left} left first");
});

testkit::on_both_databases!(nobody_is_placed_after_withdrawing, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    let hub = ground.bed.hub().await;
    let gate = ground.bed.serve(gate_admission::router(ground.bed.platform(), hub));
    let (mut stayed, mut left) = (0, 0);
    for round in 0..200 {
        ground.next_training(&format!("培训{round}")).await;
        let learners = ground.admit(2).await;
        for (name, role) in [("李婷", Role::Assistant), ("周敏贤", Role::Expert)] {
            ground.staff(name, role).await;
        }
        ground.run().await;
        let board = ground.of_training("allocation");
        let lead = ground.app.as_person(&ground.lead);
        lead.post_as_read(&board, &ground.of_training("allocation/lock"), json!({})).await.expect(200);
        let version = ground.board().await["version"].as_i64().expect("a version");
        let leaver = learners[0].clone();
        let (app, by, path) =
            (ground.app.clone(), ground.lead.clone(), ground.of_training("allocation/publish"));
        let publishing = async move { app.as_person(&by).post_version(&path, json!({}), version).await };
        let (app, who, path) = (gate.clone(), leaver.clone(), ground.of_training("my-application/withdraw"));
        let withdrawing = async move { app.as_person(&who).post_version(&path, json!({}), 1).await };
        let (published, withdrawn) = testkit::both(round % 2 == 0, publishing, withdrawing).await;
        published.expect(200);
        let (admitted, placed) = (
            ground.count("select count(*) as value from v_admitted where training_id = $1").await,
            ground.count("select count(*) as value from placements where training_id = $1").await,
        );
        let mut conn = ground.bed.db().read().await.expect("a reader");
        let class_grants: i64 =
            sql("select count(*) as value from v_grant where person_id = $1 and scope_kind = 'class'")
                .bind(leaver.id)
                .one(&mut conn)
                .await
                .expect("a count");
        if withdrawn.status == 200 {
            left += 1;
            assert_eq!((admitted, placed, class_grants), (1, 1, 0), "round {round}");
        } else {
            stayed += 1;
            assert_eq!(withdrawn.code(), "gate.training_began", "round {round}");
            assert_eq!((admitted, placed, class_grants), (2, 2, 1), "round {round}");
        }
    }
    assert!(stayed > 0 && left > 0, "{stayed} stayed, {left} left");
});
