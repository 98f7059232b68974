//! A learner stops taking part: every right of the training ends at once, the seat is free, and what was done stays.

use http::StatusCode;
use kernel::id::{AdmissionId, ApplicationId, PersonId};
use kernel::{Grant, Role, Scope};
use serde_json::json;
use storage::sql;
use testkit::{Answered, TestBed, TestPerson, rows};

use crate::ground::{Ground, grants, kinds, on_training};

async fn application_of(ground: &Ground, person: PersonId) -> ApplicationId {
    let mut conn = ground.bed.db().read().await.expect("a reader");
    sql("select id as value from applications where person_id = $1 and training_id = $2")
        .bind(person)
        .bind(ground.training)
        .one(&mut conn)
        .await
        .expect("an application")
}

async fn end(ground: &Ground, by: &TestPerson, person: PersonId, version: i64) -> Answered {
    let path = format!("/api/v1/applications/{}/end", application_of(ground, person).await);
    ground.app.as_person(by).post_version(&path, json!({ "reason": "家庭原因" }), version).await
}

/// The assistant with what they hold in the class that somebody left.
fn of_class(ground: &Ground, assistant: &TestPerson, ended: &serde_json::Value) -> TestPerson {
    let class = ended["class_id"].as_str().expect("an id").parse().expect("an id");
    let class = Grant { role: Role::Assistant, scope: Scope::Class(class) };
    let grants = [on_training(Role::Assistant, ground.training), class];
    ground.bed.callers.enter(&ground.bed.ambient, assistant.id, &grants)
}

/// A training that runs with one class, whose lead and learners hold their grants in the database too.
async fn running(bed: TestBed) -> (Ground, Vec<TestPerson>, TestPerson) {
    let mut ground = Ground::new(bed).await;
    let learners = ground.admit(15).await;
    let assistant = ground.staff("李婷", Role::Assistant).await;
    ground.staff("周敏贤", Role::Expert).await;
    rows::identity::grant(&ground.bed, ground.lead.id, on_training(Role::TrainingLead, ground.training))
        .await;
    for learner in &learners {
        rows::identity::grant(&ground.bed, learner.id, on_training(Role::Learner, ground.training)).await;
    }
    ground.publish().await;
    // What is told from now on is newer.
    ground.bed.clock.advance_seconds(1);
    (ground, learners, assistant)
}

testkit::on_both_databases!(the_lead_removes_a_learner_with_a_reason, |bed: TestBed| async move {
    let (ground, learners, assistant) = running(bed).await;
    let (gone, other) = (&learners[0], &learners[1]);
    assert_eq!(grants(&ground, gone.id).await, 2, "the training's and the class's");
    let path = format!("/api/v1/applications/{}/end", application_of(&ground, gone.id).await);
    let lead = ground.app.as_person(&ground.lead);
    lead.post(&path, json!({ "reason": "长期不参加" }))
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    lead.post_version(&path, json!({ "reason": "" }), 1)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    end(&ground, &ground.lead, gone.id, 2)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    let stranger = ground.bed.person("路人", &[]).await;
    for (caller, status) in [(&assistant, 403), (&ground.office, 403), (other, 403), (&stranger, 404)] {
        assert_eq!(end(&ground, caller, gone.id, 1).await.status, status);
    }
    let ended = end(&ground, &ground.lead, gone.id, 1).await.expect(200).json();
    assert_eq!(grants(&ground, gone.id).await, 0);
    assert_eq!(kinds(&ground, gone).await[0], "learner_removed");
    for what in [
        "select count(*) as value from v_admitted where training_id = $1",
        "select count(*) as value from v_class_member where training_id = $1 and role = 'learner'",
    ] {
        assert_eq!(ground.count(what).await, 14, "{what}");
    }
    end(&ground, &ground.lead, gone.id, 2).await.expect_problem(StatusCode::CONFLICT, "gate.wrong_state");
    let departed = ground.of_training("departed-learners");
    let of_no_class = ground.app.as_person(&assistant).get(&departed).await.expect(200).json();
    assert_eq!(of_no_class["items"], json!([]), "why somebody left is for those who lead the class");
    let overseen = ground.app.as_person(&ground.office).get(&departed).await.expect(200).json();
    assert_eq!(overseen["items"].as_array().map(Vec::len), Some(1));
    let assistant = of_class(&ground, &assistant, &ended);
    let listed = ground.app.as_person(&assistant).get(&departed).await.expect(200).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    let row = &listed["items"][0];
    assert_eq!((&row["person_id"], &row["class_id"]), (&json!(gone.id), &ended["class_id"]));
    assert_eq!((row["by_themselves"].as_bool(), row["reason"].as_str()), (Some(false), Some("家庭原因")));
    ground.app.as_person(other).get(&departed).await.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    let mut conn = ground.bed.db().read().await.expect("a reader");
    let entries =
        storage::audit::page(&mut conn, &ground.training.to_string(), i64::MAX, 200).await.expect("entries");
    for action in ["gate_admission.end", "class_allocation.unseat"] {
        assert_eq!(entries.iter().filter(|entry| entry.action == action).count(), 1, "{action}");
    }
});

testkit::on_both_databases!(a_learner_leaves_and_the_lead_is_told, |bed: TestBed| async move {
    let (mut ground, learners, assistant) = running(bed).await;
    let gone = &learners[3];
    let before = ground.board().await["version"].as_i64();
    let ended = end(&ground, gone, gone.id, 1).await.expect(200).json();
    assert_eq!(grants(&ground, gone.id).await, 0);
    assert_eq!(kinds(&ground, &ground.lead).await, ["learner_left"]);
    assert!(!kinds(&ground, gone).await.contains(&"learner_removed".to_owned()), "they know it themselves");
    assert!(ground.board().await["version"].as_i64() > before, "an open board is stale");
    let departed = ground.of_training("departed-learners");
    let assistant = of_class(&ground, &assistant, &ended);
    let listed = ground.app.as_person(&assistant).get(&departed).await.expect(200).json();
    assert_eq!(listed["items"][0]["by_themselves"], true);
    // Somebody else takes the seats, of the gate and of the class.
    let next = ground.admit(1).await.pop().expect("somebody");
    let class = ended["class_id"].as_str().expect("an id");
    let body = json!({ "person_id": next.id, "class_id": class });
    ground.change(&ground.of_training("placements"), body).await.expect(201);
    let learners = "select count(*) as value from v_class_member where training_id = $1 and role = 'learner'";
    assert_eq!(ground.count(learners).await, 15);
});

testkit::on_both_databases!(other_leads_read_who_ended_it, |bed: TestBed| async move {
    let (ground, learners, _) = running(bed).await;
    let second = ground.bed.person("许明", &[on_training(Role::TrainingLead, ground.training)]).await;
    rows::identity::grant(&ground.bed, second.id, on_training(Role::TrainingLead, ground.training)).await;
    end(&ground, &ground.lead, learners[0].id, 1).await.expect(200);
    assert_eq!(kinds(&ground, &second).await, ["learner_taken_out"]);
    assert_eq!(kinds(&ground, &ground.lead).await, Vec::<String>::new(), "they know it themselves");
    ground.bed.clock.advance_seconds(1);
    end(&ground, &learners[1], learners[1].id, 1).await.expect(200);
    assert_eq!(kinds(&ground, &second).await, ["learner_left", "learner_taken_out"]);
    assert_eq!(kinds(&ground, &ground.lead).await, ["learner_left"]);
});

testkit::on_both_databases!(who_has_no_class_yet_leaves_too, |bed: TestBed| async move {
    let (mut ground, _, _) = running(bed).await;
    let late = ground.admit(1).await.pop().expect("somebody");
    rows::identity::grant(&ground.bed, late.id, on_training(Role::Learner, ground.training)).await;
    let ended = end(&ground, &late, late.id, 1).await.expect(200).json();
    assert_eq!(ended["class_id"], json!(null));
    assert_eq!(grants(&ground, late.id).await, 0);
    assert_eq!(ground.count("select count(*) as value from departures where training_id = $1").await, 0);
});

testkit::on_both_databases!(nobody_leaves_what_is_over, |bed: TestBed| async move {
    let (ground, learners, _) = running(bed).await;
    let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
    training_plan::training::close(&mut tx, &ground.bed.ambient, ground.training, ground.lead.id)
        .await
        .expect("it closes");
    tx.commit().await.expect("a commit");
    for by in [&ground.lead, &learners[0]] {
        end(&ground, by, learners[0].id, 1).await.expect_problem(StatusCode::CONFLICT, "training.closed");
    }
    assert_eq!(grants(&ground, learners[0].id).await, 2);
});

testkit::on_both_databases!(who_left_and_is_admitted_again_has_not_left, |bed: TestBed| async move {
    let (ground, learners, _) = running(bed).await;
    let person = &learners[0];
    let ended = end(&ground, person, person.id, 1).await.expect(200).json();
    let seat: AdmissionId = ground.bed.ambient.new_id();
    let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
    sql("insert into admissions (id, training_id, person_id, application_id, seat_no, admitted_at) values ($1, $2, $3, $4, 400, $5)")
        .bind(seat)
        .bind(ground.training)
        .bind(person.id)
        .bind(application_of(&ground, person.id).await)
        .bind(ground.bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a seat");
    tx.commit().await.expect("a commit");
    let body = json!({ "person_id": person.id, "class_id": ended["class_id"] });
    ground.change(&ground.of_training("placements"), body).await.expect(201);
    let departed = ground.app.as_person(&ground.lead).get(&ground.of_training("departed-learners")).await;
    assert_eq!(departed.expect(200).json()["items"], json!([]));
});

testkit::on_both_databases!(of_a_leave_and_a_placement_at_once_no_seat_is_left, |bed: TestBed| async move {
    let (mut ground, learners, _) = running(bed).await;
    let class = ground.board().await["classes"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(learners.len(), 15);
    let (mut placed, mut refused) = (0, 0);
    for round in 0..200 {
        let person = ground.admit(1).await.pop().expect("somebody");
        rows::identity::grant(&ground.bed, person.id, on_training(Role::Learner, ground.training)).await;
        let id = application_of(&ground, person.id).await;
        let body = json!({ "person_id": person.id, "class_id": class });
        let (app, lead, path) = (ground.app.clone(), ground.lead.clone(), ground.of_training("placements"));
        let read = ground.version().await;
        let placing = async move { app.as_person(&lead).post_version(&path, body, read).await };
        let (app, leaver) = (ground.app.clone(), person.clone());
        let leaving = async move {
            let path = format!("/api/v1/applications/{id}/end");
            app.as_person(&leaver).post_version(&path, json!({ "reason": "调动" }), 1).await
        };
        // Each goes first in turn.
        let (placing, leaving) = if round % 2 == 0 {
            let first = tokio::spawn(placing);
            (first, tokio::spawn(leaving))
        } else {
            let first = tokio::spawn(leaving);
            (tokio::spawn(placing), first)
        };
        leaving.await.expect("it ends").expect(200);
        let placing = placing.await.expect("it ends");
        if placing.status == 201 {
            placed += 1;
        } else {
            // The board that was read is no more.
            assert_eq!(placing.code(), "edit.conflict", "round {round}");
            refused += 1;
        }
        assert_eq!(grants(&ground, person.id).await, 0, "round {round}");
        let seats = ground.count("select count(*) as value from placements where training_id = $1").await;
        assert_eq!(seats, 15, "round {round}");
    }
    println!("{:?}: {placed} placed first, {refused} left first", ground.bed.which);
});

testkit::on_both_databases!(the_seat_of_a_no_show_goes_to_who_waits_longest, |bed: TestBed| async move {
    let (ground, learners, _) = running(bed).await;
    let hub = ground.bed.hub().await;
    let gate = ground.bed.serve(gate_admission::router(ground.bed.platform(), hub));
    let mut waiting = Vec::new();
    for name in ["陈小红", "周小亮"] {
        ground.bed.clock.advance_seconds(1);
        let person = ground.bed.person(name, &[]).await;
        let id: ApplicationId = ground.bed.ambient.new_id();
        let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
        sql("insert into applications (id, training_id, person_id, state, version, answers, submitted_at, waitlisted_at, \
               created_at, updated_at) values ($1, $2, $3, 'waitlisted', 1, $4, $5, $5, $5, $5)")
        .bind(id)
        .bind(ground.training)
        .bind(person.id)
        .bind(json!({}))
        .bind(ground.bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("an application is stored");
        tx.commit().await.expect("a commit");
        waiting.push((person, id));
    }
    let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
    sql("update notices set capacity = 15 where training_id = $1")
        .bind(ground.training)
        .exec(&mut tx)
        .await
        .expect("a notice");
    tx.commit().await.expect("a commit");
    let lead = gate.as_person(&ground.lead);
    let decide = async |id: ApplicationId| {
        let path = format!("/api/v1/applications/{id}/decide");
        lead.post_version(&path, json!({ "decision": "admit", "reason": "递补" }), 1).await
    };
    decide(waiting[0].1).await.expect_problem(StatusCode::CONFLICT, "gate.full");
    let ended = end(&ground, &ground.lead, learners[3].id, 1).await;
    ended.expect(200);
    decide(waiting[1].1).await.expect_problem(StatusCode::CONFLICT, "gate.waitlist_order");
    let admitted = decide(waiting[0].1).await.expect(200).json();
    assert_eq!(admitted["seat_no"], 4, "the seat that the other had");
    decide(waiting[1].1).await.expect_problem(StatusCode::CONFLICT, "gate.full");
    let path = format!("/api/v1/applications/{}", application_of(&ground, learners[3].id).await);
    let steps = lead.get(&path).await.expect(200).json()["steps"].clone();
    let last = steps.as_array().and_then(|steps| steps.last()).expect("a step").clone();
    assert_eq!((last["kind"].as_str(), last["reason"].as_str()), (Some("removed"), Some("家庭原因")));
});
