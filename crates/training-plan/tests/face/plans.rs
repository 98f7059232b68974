//! The plan on its way: edited, handed in, returned, approved.

use http::StatusCode;
use kernel::{Role, Scope};
use serde_json::json;
use testkit::TestBed;

use crate::world::{World, grant, plan_path, whole_plan};

testkit::on_both_databases!(a_plan_is_written_returned_and_approved, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.training(&bed).await;
    let (lead, office) = (world.app.as_person(&world.lead), world.app.as_person(&world.office));
    let path = plan_path(id);
    let draft = lead.get(&path).await.expect(200);
    assert_eq!((draft.version(), draft.json()["state"].as_str()), (1, Some("draft")));

    let saved = lead.put_version(&path, whole_plan(), 1).await.expect(200);
    assert_eq!(saved.version(), 2);
    assert_eq!(saved.json()["budget_fen"], 1_230_050);
    assert_eq!(lead.get(&path).await.json()["content"], saved.json()["content"]);
    lead.put_version(&path, whole_plan(), 1)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    lead.put(&path, whole_plan())
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");

    let (submit, back, approve) =
        (format!("{path}/submit"), format!("{path}/return"), format!("{path}/approve"));
    office
        .post_as_read(&path, &approve, json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "plan.not_submitted");
    lead.post_as_read(&path, &submit, json!({})).await.expect(200);
    lead.put_version(&path, whole_plan(), 3).await.expect_problem(StatusCode::CONFLICT, "plan.not_editable");
    office
        .post_as_read(&path, &back, json!({ "reasons": "" }))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    let returned = office.post_as_read(&path, &back, json!({ "reasons": "预算请细化。" })).await.expect(200);
    assert_eq!(returned.json()["state"], "returned");

    let version = lead.get(&path).await.version();
    let mut better = whole_plan();
    better["purpose"] = json!("更清楚的目的");
    lead.put_version(&path, better, version).await.expect(200);
    lead.post_as_read(&path, &submit, json!({})).await.expect(200);
    let approved = office.post_as_read(&path, &approve, json!({ "note": "同意" })).await.expect(200);
    assert_eq!(approved.json()["state"], "approved");

    let history = lead.get(&format!("{path}/submissions")).await.expect(200).json();
    let told: Vec<_> = history["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|s| (s["number"].as_i64(), s["decision"].as_str(), s["reasons"].as_str()))
        .collect();
    assert_eq!(
        told,
        [(Some(2), Some("approved"), Some("同意")), (Some(1), Some("returned"), Some("预算请细化。"))]
    );
    assert_eq!(history["items"][1]["content"]["purpose"], whole_plan()["purpose"]);
    assert_eq!(history["items"][0]["decided_by"]["name"], "省厅");
    let view = lead.get(&format!("/api/v1/trainings/{id}")).await.json();
    assert_eq!((view["starts_on"].as_str(), view["weeks"].as_i64()), (Some("2026-11-09"), Some(4)));
    assert_eq!(view["stages"][1]["next"], "prepare_training");
});

testkit::on_both_databases!(an_incomplete_plan_is_told_everything_at_once, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.training(&bed).await;
    let lead = world.app.as_person(&world.lead);
    let answer = lead.post_as_read(&plan_path(id), &format!("{}/submit", plan_path(id)), json!({})).await;
    let pointers: Vec<_> = answer.json()["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|e| e["pointer"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        pointers,
        [
            "/purpose",
            "/target_group",
            "/scale",
            "/staff_needed/assistants",
            "/staff_needed/experts",
            "/content_lines"
        ]
    );
    answer.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "plan.incomplete");
    assert_eq!(lead.get(&plan_path(id)).await.json()["state"], "draft");
});

testkit::on_both_databases!(a_wrong_plan_is_not_saved, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.training(&bed).await;
    let lead = world.app.as_person(&world.lead);
    for (pointer, value, code) in [
        ("/time_zone", json!("Beijing"), "plan.time_zone"),
        ("/weeks", json!(3), "plan.incomplete"),
        ("/weeks", json!(60), "input.invalid"),
        ("/scale", json!(501), "input.invalid"),
        ("/budget_lines/0/fen", json!(-1), "input.invalid"),
        ("/content_lines/0/title", json!(""), "input.invalid"),
        ("/purpose", json!("长".repeat(4001)), "input.invalid"),
    ] {
        let mut body = whole_plan();
        *body.pointer_mut(pointer).expect("a field") = value;
        let answer = lead.put_version(&plan_path(id), body, 1).await;
        assert_eq!((answer.status, answer.code().as_str()), (422, code), "{pointer}");
    }
    assert_eq!(lead.get(&plan_path(id)).await.version(), 1);
});

testkit::on_both_databases!(
    only_the_office_above_decides_and_never_its_own_plan,
    |bed: TestBed| async move {
        let world = World::new(&bed).await;
        let id = world.submitted(&bed).await;
        let approve = format!("{}/approve", plan_path(id));
        let admin = bed.person("管理员", &[grant(Role::Administrator, Scope::System)]).await;
        for person in [&world.lead, &admin] {
            let answer = world.app.as_person(person).post_as_read(&plan_path(id), &approve, json!({})).await;
            answer.expect_problem(StatusCode::FORBIDDEN, "access.denied");
        }
        let answer =
            world.app.as_person(&world.stranger).post_as_read(&plan_path(id), &approve, json!({})).await;
        answer.expect_problem(StatusCode::NOT_FOUND, "not_found");
        // The lead who becomes the office still does not decide what they handed in.
        let both = [
            grant(Role::TrainingLead, Scope::Training(id)),
            grant(Role::ProvincialOffice, Scope::OrgUnit(world.province)),
        ];
        let lead = bed.regrant(&world.lead, &both);
        let answer = world.app.as_person(&lead).post_as_read(&plan_path(id), &approve, json!({})).await;
        answer.expect_problem(StatusCode::FORBIDDEN, "plan.own");
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        let raw =
            storage::sql("update plan_submissions set decision = 'approved', decided_by = submitted_by")
                .exec(&mut tx)
                .await
                .expect_err("the database refuses it too");
        assert!(raw.breaks("plan_submissions_decided_by_check"), "{raw}");
    }
);

testkit::on_both_databases!(of_many_decisions_at_once_one_counts, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.submitted(&bed).await;
    let decisions: Vec<_> = (0..50)
        .map(|n| {
            let (app, office) = (world.app.clone(), world.office.clone());
            let (path, body) = if n % 2 == 0 {
                (format!("{}/approve", plan_path(id)), json!({}))
            } else {
                (format!("{}/return", plan_path(id)), json!({ "reasons": "再想想" }))
            };
            tokio::spawn(async move { app.as_person(&office).post_version(&path, body, 3).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for decision in decisions {
        statuses.push(decision.await.expect("it ends"));
    }
    assert_eq!(statuses.iter().filter(|s| **s == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|s| **s == 409).count(), 49);
    let mut conn = bed.db().read().await.expect("a reader");
    let entries = storage::audit::page(&mut conn, &id.to_string(), i64::MAX, 200).await.expect("entries");
    assert_eq!(entries.iter().filter(|e| e.action == "training_plan.decide_plan").count(), 1);
});

testkit::on_both_databases!(a_stale_page_approves_nothing, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.submitted(&bed).await;
    let (lead, office) = (world.app.as_person(&world.lead), world.app.as_person(&world.office));
    let path = plan_path(id);
    let (submit, back, approve) =
        (format!("{path}/submit"), format!("{path}/return"), format!("{path}/approve"));
    let opened = office.get(&path).await.expect(200).version();
    // Meanwhile a colleague returns it, and the lead hands in something else.
    office.post_version(&back, json!({ "reasons": "预算请细化。" }), opened).await.expect(200);
    let returned = lead.get(&path).await.version();
    let mut other = whole_plan();
    other["purpose"] = json!("完全不同的目的");
    lead.put_version(&path, other, returned).await.expect(200);
    lead.post_version(&submit, json!({}), returned)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    lead.post(&submit, json!({}))
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    lead.post_as_read(&path, &submit, json!({})).await.expect(200);

    for (action, body) in [(&approve, json!({})), (&back, json!({ "reasons": "不同意。" }))] {
        office
            .post(action, body.clone())
            .await
            .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
        office
            .post_version(action, body, opened)
            .await
            .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    }
    assert_eq!(office.get(&path).await.json()["state"], "submitted");
    office.post_as_read(&path, &approve, json!({})).await.expect(200);
});

testkit::on_both_databases!(the_history_of_a_plan_is_paged, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.submitted(&bed).await;
    let (lead, office) = (world.app.as_person(&world.lead), world.app.as_person(&world.office));
    let path = plan_path(id);
    for _ in 0..2 {
        let reasons = json!({ "reasons": "预算请细化。" });
        office.post_as_read(&path, &format!("{path}/return"), reasons).await.expect(200);
        lead.post_as_read(&path, &format!("{path}/submit"), json!({})).await.expect(200);
    }
    let first = lead.get(&format!("{path}/submissions?limit=2")).await.expect(200).json();
    let next = first["next"].as_str().expect("there is more");
    let second = lead.get(&format!("{path}/submissions?limit=2&after={next}")).await.expect(200).json();
    let shown = first["items"].as_array().into_iter().chain(second["items"].as_array()).flatten();
    let shown: Vec<_> = shown.map(|one| one["number"].as_i64()).collect();
    assert_eq!(shown, [Some(3), Some(2), Some(1)]);
    assert!(second["next"].is_null());
    let nowhere = lead.get(&format!("{path}/submissions?after=x")).await;
    nowhere.expect_problem(StatusCode::NOT_FOUND, "not_found");
});
