//! The lead decides, one by one and many at once, and the waitlist moves in order.

use http::StatusCode;
use kernel::id::ApplicationId;
use serde_json::json;
use testkit::TestBed;

use crate::world::{World, learner_grants, my, notice, read, waiting};

testkit::on_both_databases!(an_admission_gives_a_seat_a_grant_and_a_reason, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (person, id) = world.submitted(&bed, "王小明").await;
    world.decide(id, "admit").await.expect_problem(StatusCode::CONFLICT, "gate.wrong_state");
    world.recommend(id).await;
    let decided = world.decide(id, "admit").await.expect(200).json();
    assert_eq!((decided["state"].as_str(), decided["seat_no"].as_i64()), (Some("admitted"), Some(1)));
    assert_eq!(learner_grants(&bed, person.id, world.training).await, 1);
    world.decide(id, "admit").await.expect_problem(StatusCode::CONFLICT, "gate.wrong_state");
    let mine = world.app.as_person(&person).get(&my(world.training)).await.json();
    assert_eq!((mine["state"].as_str(), mine["seat_no"].as_i64()), (Some("admitted"), Some(1)));
    assert_eq!(mine["steps"][2]["reason"], "材料齐全");

    let mut conn = bed.db().read().await.expect("a reader");
    for (what, expected) in [
        ("select count(*) as value from learning_records where verb = 'registered'", 1_i64),
        ("select count(*) as value from v_admitted where seat_no = 1", 1),
    ] {
        let count: i64 = storage::sql(what).one(&mut conn).await.expect("a count");
        assert_eq!(count, expected, "{what}");
    }
    let chain = world.training.to_string();
    assert_eq!(storage::audit::first_broken(&mut conn, &chain).await.expect("a check"), None);
});

testkit::on_both_databases!(a_rejection_is_final_and_has_its_reason, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (person, id) = world.submitted(&bed, "王小明").await;
    let lead = world.app.as_person(&world.lead);
    let decide = format!("/api/v1/applications/{id}/decide");
    lead.post_as_read(
        &format!("/api/v1/applications/{id}"),
        &decide,
        json!({ "decision": "reject", "reason": "" }),
    )
    .await
    .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    lead.post_as_read(
        &format!("/api/v1/applications/{id}"),
        &decide,
        json!({ "decision": "reject", "reason": "今年名额优先给复式班" }),
    )
    .await
    .expect(200);
    world.decide(id, "admit").await.expect_problem(StatusCode::CONFLICT, "gate.wrong_state");
    let mine = world.app.as_person(&person).get(&my(world.training)).await.json();
    assert_eq!(
        (mine["state"].as_str(), mine["steps"][1]["reason"].as_str()),
        (Some("rejected"), Some("今年名额优先给复式班"))
    );
    assert_eq!(learner_grants(&bed, person.id, world.training).await, 0);
});

testkit::on_both_databases!(the_waitlist_moves_in_its_order, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    world.publish(&world.lead, world.training, notice(1)).await;
    let (holder, first) = world.recommended(&bed, "王小明").await;
    let (_, second) = world.recommended(&bed, "陈小红").await;
    let (third_person, third) = world.recommended(&bed, "周小亮").await;
    world.decide(first, "admit").await.expect(200);
    let full = world.decide(second, "admit").await.expect_problem(StatusCode::CONFLICT, "gate.full").json();
    assert_eq!(full["title"], "1 个名额已满，可以列入候补。");
    world.decide(third, "waitlist").await.expect(200);
    bed.clock.advance_seconds(60);
    world.decide(second, "waitlist").await.expect(200);
    let lead = world.app.as_person(&world.lead);
    let path = format!("/api/v1/trainings/{}/applications", world.training);
    let admit_next = format!("{path}/admit-next");
    let full = lead
        .post_as_read(
            &format!("/api/v1/applications/{third}"),
            &admit_next,
            json!({ "application_id": third, "reason": "递补" }),
        )
        .await
        .expect_problem(StatusCode::CONFLICT, "gate.full")
        .json();
    assert_eq!(full["title"], "1 个名额已满，有人退出或增加名额后再录取。", "nobody waits twice");
    world
        .app
        .as_person(&holder)
        .post_as_read(&my(world.training), &format!("{}/withdraw", my(world.training)), json!({}))
        .await
        .expect(200);
    world.decide(second, "admit").await.expect_problem(StatusCode::CONFLICT, "gate.waitlist_order");
    let place = world.app.as_person(&third_person).get(&my(world.training)).await.json();
    assert_eq!(place["waitlist_place"], 1);
    let listed = lead.get(&format!("{path}?state=waitlisted")).await.expect(200).json();
    let places: Vec<_> =
        listed["items"].as_array().expect("a list").iter().map(|i| i["waitlist_place"].as_i64()).collect();
    assert_eq!(places, [Some(2), Some(1)]);
    let admitted = lead
        .post_as_read(
            &format!("/api/v1/applications/{third}"),
            &admit_next,
            json!({ "application_id": third, "reason": "递补" }),
        )
        .await
        .expect(200)
        .json();
    assert_eq!(
        (admitted["application_id"].as_str(), admitted["seat_no"].as_i64()),
        (Some(third.to_string().as_str()), Some(1))
    );
    world.decide(second, "reject").await.expect(200);
    lead.post_as_read(
        &format!("/api/v1/applications/{third}"),
        &admit_next,
        json!({ "application_id": third, "reason": "递补" }),
    )
    .await
    .expect_problem(StatusCode::CONFLICT, "gate.nobody_waits");
});

testkit::on_both_databases!(nobody_gets_a_seat_before_whoever_waits, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    world.publish(&world.lead, world.training, notice(3)).await;
    let (_, first) = world.recommended(&bed, "王小明").await;
    let (_, second) = world.recommended(&bed, "陈小红").await;
    let (_, fresh) = world.recommended(&bed, "周小亮").await;
    let (chosen_person, chosen) = world.recommended(&bed, "赵小林").await;
    world.decide(second, "waitlist").await.expect(200);
    bed.clock.advance_seconds(60);
    world.decide(first, "waitlist").await.expect(200);
    let lead = world.app.as_person(&world.lead);
    let refused = world.decide(fresh, "admit").await;
    let refused = refused.expect_problem(StatusCode::CONFLICT, "gate.waitlist_order").json();
    assert_eq!(refused["title"], "候补名单上还有人在等，请先按顺序录取他们，或者把这份申请列入候补。");
    let many = format!("/api/v1/trainings/{}/applications/decide-many", world.training);
    let admit = |applications: serde_json::Value| json!({ "applications": applications, "decision": "admit", "reason": "通过", "ahead_of_waitlist": true });
    let items = lead.post(&many, admit(read(&[(fresh, 3), (first, 4)]))).await.expect(200).json();
    for row in items["items"].as_array().expect("rows") {
        assert_eq!(row["problem"]["code"], "gate.waitlist_order", "{row}");
    }

    // The lead who must take somebody else says why, of that one alone.
    let path = format!("/api/v1/applications/{chosen}");
    let ahead = json!({ "decision": "admit", "reason": "该教学点只有一名教师，县里要求优先", "ahead_of_waitlist": true });
    lead.post_as_read(&path, &format!("{path}/decide"), ahead).await.expect(200);
    let theirs = world.app.as_person(&chosen_person).get(&my(world.training)).await.expect(200).json();
    let step = theirs["steps"].as_array().and_then(|steps| steps.last()).expect("a step").clone();
    assert_eq!(
        (step["kind"].as_str(), step["reason"].as_str()),
        (Some("admitted_ahead"), Some("该教学点只有一名教师，县里要求优先"))
    );
    let mut conn = bed.db().read().await.expect("a reader");
    let audited: i64 = storage::sql(
        "select count(*) as value from audit_entries where action = 'gate_admission.decide' and object = $1 \
         and cast(detail as text) like '%ahead_of_waitlist%'",
    )
    .bind(chosen.to_string())
    .one(&mut conn)
    .await
    .expect("a count");
    assert_eq!(audited, 1);
    drop(conn);

    // In one go the waitlist comes first, in its order, and then whoever is left.
    let items =
        lead.post(&many, admit(read(&[(fresh, 3), (first, 4), (second, 4)]))).await.expect(200).json();
    let result = |id: ApplicationId| {
        let rows = items["items"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["application_id"] == json!(id)).expect("a row");
        (row["seat_no"].as_i64(), row["problem"]["code"].as_str().map(str::to_owned))
    };
    assert_eq!(result(second), (Some(2), None));
    assert_eq!(result(first), (Some(3), None));
    assert_eq!(result(fresh), (None, Some("gate.full".into())));
});

testkit::on_both_databases!(nobody_is_ahead_where_nobody_waits, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (person, id) = world.recommended(&bed, "王小明").await;
    let path = format!("/api/v1/applications/{id}");
    let ahead = json!({ "decision": "admit", "reason": "材料齐全", "ahead_of_waitlist": true });
    let lead = world.app.as_person(&world.lead);
    lead.post_as_read(&path, &format!("{path}/decide"), ahead).await.expect(200);
    let mine = world.app.as_person(&person).get(&my(world.training)).await.expect(200).json();
    assert_eq!(mine["steps"][2]["kind"], "admitted");
});

testkit::on_both_databases!(
    who_waits_longest_is_named_wherever_they_stand_in_the_table,
    |bed: TestBed| async move {
        let world = World::new(&bed).await;
        world.publish(&world.lead, world.training, notice(1)).await;
        let lead = world.app.as_person(&world.lead);
        let path = format!("/api/v1/trainings/{}/applications", world.training);
        let next_waiting = format!("{path}/next-waiting");
        assert_eq!(lead.get(&next_waiting).await.expect(200).json(), json!({ "next": null }));
        let (_, first) = world.recommended(&bed, "王小明").await;
        let (_, second) = world.recommended(&bed, "陈小红").await;
        world.decide(second, "waitlist").await.expect(200);
        bed.clock.advance_seconds(60);
        world.decide(first, "waitlist").await.expect(200);
        let waiting = lead.get(&next_waiting).await.expect(200).json()["next"].clone();
        let listed = lead.get(&format!("{path}?state=waitlisted")).await.expect(200).json();
        assert_eq!(listed["items"][1], waiting, "the second of the table waits longest");
        assert_eq!(waiting["id"], second.to_string());
        let body = json!({ "application_id": second, "reason": "递补" });
        let application = format!("/api/v1/applications/{second}");
        lead.post_as_read(&application, &format!("{path}/admit-next"), body).await.expect(200);
        assert_eq!(lead.get(&next_waiting).await.expect(200).json()["next"]["id"], first.to_string());
    }
);

testkit::on_both_databases!(many_are_decided_each_with_its_own_result, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    world.publish(&world.lead, world.training, notice(2)).await;
    let (_, first) = world.recommended(&bed, "王小明").await;
    let (_, unrecommended) = world.submitted(&bed, "赵小林").await;
    let (_, second) = world.recommended(&bed, "陈小红").await;
    let (_, third) = world.recommended(&bed, "周小亮").await;
    let nothing: kernel::id::ApplicationId = bed.ambient.new_id();
    let lead = world.app.as_person(&world.lead);
    let path = format!("/api/v1/trainings/{}/applications/decide-many", world.training);
    let body = json!({
        "applications": read(&[(third, 3), (first, 3), (unrecommended, 2), (second, 3), (nothing, 1), (first, 3)]), "decision": "admit", "reason": "通过",
    });
    let items = lead.in_english().post(&path, body).await.expect(200).json()["items"].clone();
    let result = |id: kernel::id::ApplicationId| {
        let rows = items.as_array().expect("a list");
        let mut found = rows.iter().filter(|row| row["application_id"] == id.to_string());
        let row = found.next().expect("a row").clone();
        assert!(found.next().is_none(), "each is decided once");
        (row["state"].as_str().map(str::to_owned), row["problem"]["code"].as_str().map(str::to_owned))
    };
    assert_eq!(result(first), (Some("admitted".into()), None));
    assert_eq!(result(second), (Some("admitted".into()), None));
    assert_eq!(result(third), (None, Some("gate.full".into())));
    assert_eq!(result(unrecommended), (None, Some("gate.wrong_state".into())));
    assert_eq!(result(nothing), (None, Some("not_found".into())));
    let lead = world.app.as_person(&world.lead);
    let summary =
        lead.get(&format!("/api/v1/trainings/{}/admission-summary", world.training)).await.expect(200).json();
    assert_eq!(
        (
            summary["capacity"].as_i64(),
            summary["admitted"].as_i64(),
            summary["recommended"].as_i64(),
            summary["submitted"].as_i64()
        ),
        (Some(2), Some(2), Some(1), Some(1))
    );
    let found = lead
        .get(&format!("/api/v1/trainings/{}/applications?name=%E5%B0%8F%E7%BA%A2", world.training))
        .await
        .json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    let all = lead.get(&format!("/api/v1/trainings/{}/applications?name=%25", world.training)).await.json();
    assert_eq!(all["items"], json!([]), "a sign of patterns is only a sign");
});

testkit::on_both_databases!(one_training_at_a_time, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (overlapping, other_lead) = world.second_training(&bed, "2026-12-14").await;
    let (later, later_lead) = world.second_training(&bed, "2027-01-04").await;
    let (person, first) = world.recommended(&bed, "王小明").await;
    let second = world.submit(&person, overlapping).await;
    let third = world.submit(&person, later).await;
    world.recommend(second).await;
    world.recommend(third).await;
    world.decide(first, "admit").await.expect(200);
    let admit = json!({ "decision": "admit", "reason": "通过" });
    let other = world.app.as_person(&other_lead);
    other
        .post_as_read(
            &format!("/api/v1/applications/{second}"),
            &format!("/api/v1/applications/{second}/decide"),
            admit.clone(),
        )
        .await
        .expect_problem(StatusCode::CONFLICT, "gate.overlap");
    // The first training ends on 27 December; one that starts afterwards is no clash.
    let later_desk = world.app.as_person(&later_lead);
    later_desk
        .post_as_read(
            &format!("/api/v1/applications/{third}"),
            &format!("/api/v1/applications/{third}/decide"),
            admit.clone(),
        )
        .await
        .expect(200);
    // A lead of one training decides nothing in another.
    other
        .post_as_read(
            &format!("/api/v1/applications/{third}"),
            &format!("/api/v1/applications/{third}/decide"),
            admit.clone(),
        )
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    let many = json!({ "applications": read(&[(third, 3)]), "decision": "reject", "reason": "不" });
    let row = other
        .post(&format!("/api/v1/trainings/{overlapping}/applications/decide-many"), many)
        .await
        .expect(200)
        .json();
    assert_eq!(row["items"][0]["problem"]["code"], "not_found");
});

testkit::on_both_databases!(
    a_decision_waits_for_no_other_trainings_applications,
    |bed: TestBed| async move {
        let world = World::open(&bed).await;
        let (elsewhere, _) = world.second_training(&bed, "2027-03-01").await;
        let stranger = bed.person("外训老师", &[]).await;
        let foreign = waiting(&bed, elsewhere, stranger.id).await;
        let (_, own) = world.recommended(&bed, "王小明").await;
        // The lead over there is deciding about it.
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        storage::sql("update applications set version = version where id = $1")
            .bind(foreign)
            .exec(&mut tx)
            .await
            .expect("it is held");
        let (app, lead) = (world.app.clone(), world.lead.clone());
        let path = format!("/api/v1/trainings/{}/applications/decide-many", world.training);
        let body = json!({ "applications": read(&[(foreign, 1), (own, 3), (own, 3)]), "decision": "admit", "reason": "通过" });
        let asked = tokio::spawn(async move { app.as_person(&lead).post(&path, body).await });
        bed.until_waiting(1, &[&asked]).await;
        let did_not_wait = asked.is_finished();
        tx.commit().await.expect("a commit");
        let answer = asked.await.expect("it ends").expect(200).json();
        assert!(did_not_wait || bed.db().is_sqlite(), "SQLite has one writer");
        let rows = answer["items"].as_array().expect("rows").clone();
        let of =
            |id: ApplicationId| rows.iter().find(|row| row["application_id"] == json!(id)).expect("a row");
        assert_eq!((rows.len(), &of(own)["state"]), (2, &json!("admitted")));
        assert_eq!(of(foreign)["problem"]["code"], "not_found");
    }
);
