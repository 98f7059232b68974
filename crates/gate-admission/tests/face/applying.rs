//! An applicant writes, loses the network, hands in, takes back.

use http::StatusCode;
use kernel::{Role, Scope};
use serde_json::json;
use testkit::TestBed;

use crate::world::{World, admitted, good_answers, grant, learner_grants, my, notice};

testkit::on_both_databases!(a_draft_is_kept_step_by_step, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let person = world.teacher(&bed, "王小明").await;
    let (path, app) = (my(world.training), world.app.as_person(&person));
    let none = app.get(&path).await.expect(200);
    assert_eq!((none.version(), none.json()["application_id"].is_null()), (0, true));
    let first = app.put_version(&path, json!({ "eligibility": { "rural": true } }), 0).await.expect(200);
    assert_eq!(first.version(), 1);
    // The answer was lost on the way; the phone sends the same again.
    let again = app.put_version(&path, json!({ "eligibility": { "rural": true } }), 0).await.expect(200);
    assert_eq!(again.version(), 1);
    // Another device with other content does not win silently.
    app.put_version(&path, json!({ "hours_a_week": 9 }), 0)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    let second = app.put_version(&path, good_answers(), 1).await.expect(200);
    assert_eq!(second.json()["answers"], app.get(&path).await.json()["answers"]);
    let mine = app.get("/api/v1/my/applications").await.expect(200).json();
    assert_eq!(mine["items"][0]["state"], "draft");
});

testkit::on_both_databases!(everything_unmet_is_told_at_once, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let person = world.teacher(&bed, "王小明").await;
    let (path, app) = (my(world.training), world.app.as_person(&person));
    let wrong = json!({
        "eligibility": { "rural": false }, "willingness": { "why": 1, "when": 1 }, "hours_a_week": 2,
        "pledge": ["honest"],
    });
    app.put_version(&path, wrong, 0).await.expect(200);
    let answer = app.post_as_read(&path, &format!("{path}/submit"), json!({})).await;
    let told: Vec<String> = answer.json()["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|e| {
            format!(
                "{} {}",
                e["pointer"].as_str().unwrap_or_default(),
                e["code"].as_str().unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "/eligibility/rural not_eligible",
            "/willingness too_low",
            "/hours_a_week too_low",
            "/pledge/share open"
        ]
    );
    answer.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "gate.not_met");
    assert_eq!(app.get(&path).await.json()["state"], "draft");
    let long = json!({ "statement": "长".repeat(2001) });
    app.put_version(&path, long, 1).await.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    let key = "k".repeat(41);
    app.put_version(&path, json!({ "eligibility": { key: true } }), 1)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
});

testkit::on_both_databases!(what_is_handed_in_is_fixed_until_taken_back, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (person, _) = world.submitted(&bed, "王小明").await;
    let (path, app) = (my(world.training), world.app.as_person(&person));
    let view = app.get(&path).await.expect(200);
    assert_eq!(
        (view.json()["state"].as_str(), view.json()["willingness_score"].as_i64()),
        (Some("submitted"), Some(8))
    );
    app.put_version(&path, json!({}), view.version())
        .await
        .expect_problem(StatusCode::CONFLICT, "gate.wrong_state");
    app.post_as_read(&path, &format!("{path}/submit"), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "gate.wrong_state");
    app.post_as_read(&path, &format!("{path}/withdraw"), json!({ "reason": "家里有事" })).await.expect(200);
    app.post_as_read(&path, &format!("{path}/withdraw"), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "gate.wrong_state");
    let version = app.get(&path).await.version();
    app.put_version(&path, good_answers(), version).await.expect(200);
    let again = app.post_as_read(&path, &format!("{path}/submit"), json!({})).await.expect(200).json();
    let kinds: Vec<_> = again["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .map(|s| s["kind"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(kinds, ["submitted", "withdrawn", "submitted"]);
});

testkit::on_both_databases!(
    what_a_school_judged_is_kept_beside_what_replaced_it,
    |bed: TestBed| async move {
        let world = World::open(&bed).await;
        let (person, id) = world.submitted(&bed, "王小明").await;
        let path = format!("/api/v1/applications/{id}");
        let head = world.app.as_person(&world.head);
        let judged = head.get(&path).await.expect(200).json();
        let no = json!({ "recommended": false, "reason": "他写的课时和课表对不上" });
        head.post_as_read(&path, &format!("{path}/recommend"), no).await.expect(200);
        let (mine, app) = (my(world.training), world.app.as_person(&person));
        app.post_as_read(&mine, &format!("{mine}/withdraw"), json!({})).await.expect(200);
        // While nobody's application waits, the questions may change too.
        let notice_path = format!("/api/v1/trainings/{}/notice", world.training);
        let lead = world.app.as_person(&world.lead);
        let read = lead.get(&notice_path).await.expect(200);
        let mut rules = notice(500);
        rules["eligibility"][0]["text"] = json!("换了一个问法");
        lead.put_version(&notice_path, rules, read.version()).await.expect(200);
        let mut other = good_answers();
        other["hours_a_week"] = json!(9);
        other["statement"] = json!("另一套说法");
        let version = app.get(&mine).await.version();
        app.put_version(&mine, other, version).await.expect(200);
        app.post_as_read(&mine, &format!("{mine}/submit"), json!({})).await.expect(200);

        let now = head.get(&path).await.expect(200).json();
        assert_eq!(now["answers"]["statement"], "另一套说法");
        let steps = now["steps"].as_array().expect("steps");
        let (first, second) = (&steps[0]["handed_in"], &steps[3]["handed_in"]);
        assert_eq!(first["answers"], judged["answers"]);
        assert_eq!(first["willingness_score"], judged["willingness_score"]);
        for asked in ["eligibility", "willingness", "pledge"] {
            assert_eq!(first[asked], judged[asked], "{asked} as it was asked");
        }
        assert_eq!((&second["answers"], &second["eligibility"]), (&now["answers"], &now["eligibility"]));
        assert_ne!(first["eligibility"], second["eligibility"]);
        assert!(steps[1]["handed_in"].is_null() && steps[2]["handed_in"].is_null());
        // The same for whoever else reads the application.
        for (reader, path) in [(&lead, &path), (&app, &mine)] {
            assert_eq!(reader.get(path).await.expect(200).json()["steps"], now["steps"]);
        }
    }
);

testkit::on_both_databases!(applications_are_taken_in_time_only, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let person = world.teacher(&bed, "王小明").await;
    let (path, app) = (my(world.training), world.app.as_person(&person));
    app.put_version(&path, good_answers(), 0).await.expect(200);
    bed.clock.set("2026-12-02T00:00:00Z".parse().expect("an instant"));
    for answer in [
        app.put_version(&path, good_answers(), 1).await,
        app.post_as_read(&path, &format!("{path}/submit"), json!({})).await,
    ] {
        answer.expect_problem(StatusCode::CONFLICT, "gate.not_open");
    }
    assert_eq!(app.get(&path).await.json()["answers"]["hours_a_week"], 4);
});

testkit::on_both_databases!(who_leads_does_not_learn, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let person = world.teacher(&bed, "赵助教").await;
    let assists = grant(Role::Assistant, Scope::Training(world.training));
    testkit::rows::identity::grant(&bed, person.id, assists).await;
    let (path, app) = (my(world.training), world.app.as_person(&person));
    app.put_version(&path, good_answers(), 0).await.expect(200);
    app.post_as_read(&path, &format!("{path}/submit"), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "gate.is_staff");
});

testkit::on_both_databases!(a_second_training_in_the_same_weeks_is_shown, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (second, _) = world.second_training(&bed, "2026-12-14").await;
    let (later, _) = world.second_training(&bed, "2027-03-01").await;
    let (person, _) = world.submitted(&bed, "王小明").await;
    world.submit(&person, second).await;
    world.submit(&person, later).await;
    let view = world.app.as_person(&person).get(&my(second)).await.expect(200).json();
    let overlaps = view["overlaps"].as_array().expect("a list");
    assert_eq!(overlaps.len(), 1, "{overlaps:?}");
    assert_eq!(overlaps[0]["title"], "复式教学研修");
});

testkit::on_both_databases!(a_withdrawn_admission_frees_its_seat, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (first, first_id) = world.recommended(&bed, "王小明").await;
    let (_, second_id) = world.recommended(&bed, "陈小红").await;
    let (_, third_id) = world.recommended(&bed, "周小亮").await;
    assert_eq!(world.decide(first_id, "admit").await.expect(200).json()["seat_no"], 1);
    assert_eq!(world.decide(second_id, "admit").await.expect(200).json()["seat_no"], 2);
    assert_eq!(learner_grants(&bed, first.id, world.training).await, 1);
    let app = world.app.as_person(&first);
    app.post_as_read(
        &my(world.training),
        &format!("{}/withdraw", my(world.training)),
        json!({ "reason": "调动" }),
    )
    .await
    .expect(200);
    assert_eq!(learner_grants(&bed, first.id, world.training).await, 0);
    assert_eq!(world.decide(third_id, "admit").await.expect(200).json()["seat_no"], 1);
    assert_eq!(admitted(&bed, world.training).await, 2);
});

testkit::on_both_databases!(nobody_slips_out_of_a_running_training, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (person, id) = world.recommended(&bed, "王小明").await;
    world.decide(id, "admit").await.expect(200);
    testkit::rows::training_plan::running(&bed, world.training).await;
    let answer = world
        .app
        .as_person(&person)
        .post_as_read(&my(world.training), &format!("{}/withdraw", my(world.training)), json!({}))
        .await;
    answer.expect_problem(StatusCode::CONFLICT, "gate.training_began");
    assert_eq!(learner_grants(&bed, person.id, world.training).await, 1);
});

testkit::on_both_databases!(ones_own_applications_are_paged, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let person = world.teacher(&bed, "王小明").await;
    let app = world.app.as_person(&person);
    let mut made = vec![world.training];
    for starts_on in ["2027-03-01", "2027-09-06"] {
        made.push(world.second_training(&bed, starts_on).await.0);
    }
    for training in &made {
        bed.clock.advance_seconds(1);
        app.put_version(&my(*training), good_answers(), 0).await.expect(200);
    }
    let first = app.get("/api/v1/my/applications?limit=2").await.expect(200).json();
    let next = first["next"].as_str().expect("there is more");
    let second = app.get(&format!("/api/v1/my/applications?limit=2&after={next}")).await.expect(200).json();
    let shown = first["items"].as_array().into_iter().chain(second["items"].as_array()).flatten();
    let shown: Vec<_> = shown.map(|one| one["training_id"].clone()).collect();
    made.reverse();
    assert_eq!(json!(shown), json!(made));
    assert!(second["next"].is_null());
    app.get("/api/v1/my/applications?after=x").await.expect_problem(StatusCode::NOT_FOUND, "not_found");
});
