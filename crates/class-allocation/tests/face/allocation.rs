//! Drafting, moving, locking and publishing classes, and why a training cannot open.

use std::sync::Arc;

use http::{Method, StatusCode};
use kernel::id::{PersonId, PlacementId};
use kernel::{Role, Timestamp};
use serde_json::{Value, json};
use storage::sql;
use testkit::{TestBed, rows};

use crate::ground::{Ground, rule, sizes};

testkit::on_both_databases!(a_run_divides_everybody_and_is_repeatable, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(45).await;
    ground.full_staff().await;
    let board = ground.run().await;
    assert_eq!(sizes(&board), [15, 15, 15]);
    assert_eq!(board["state"], "draft");
    let names = |board: &Value| -> Vec<Value> {
        let classes = board["classes"].as_array().expect("classes");
        classes
            .iter()
            .flat_map(|c| c["learners"].as_array().expect("learners").clone())
            .map(|l| l["name"].clone())
            .collect()
    };
    let again = ground.run().await;
    assert_eq!(names(&board), names(&again));
    assert_eq!(ground.count("select count(*) as value from classes where training_id = $1").await, 3);
    for class in board["classes"].as_array().expect("classes") {
        let leaders = class["leaders"].as_array().expect("leaders");
        let roles: Vec<&str> = leaders.iter().filter_map(|leader| leader["role"].as_str()).collect();
        assert!(roles.contains(&"assistant") && roles.contains(&"expert"), "{roles:?}");
    }
    let total = board["objective"]["total"].as_i64().expect("a number");
    assert!(total < board["objective"]["alphabetical_total"].as_i64().expect("a number"));
    assert!(board["alphabetical"]["zh"].as_str().expect("a sentence").starts_with("如果按姓名顺序切分"));
    assert_eq!(board["summary"][0]["en"], "3 classes of 15 learners.");
});

testkit::on_both_databases!(missing_people_are_explained_and_keep_it_closed, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    let opening = ground.opening().await;
    assert_eq!(
        (opening["can_open"].as_bool(), rule(&opening, "admitted")["is_met"].as_bool()),
        (Some(false), Some(false))
    );
    let lead = ground.app.as_person(&ground.lead);
    lead.post_as_read(&ground.of_training("allocation"), &ground.of_training("allocation"), json!({}))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.nobody_admitted");
    ground.admit(45).await;
    ground.staff("李婷", Role::Assistant).await;
    let local = ground.staff("杨万明", Role::Expert).await;
    rows::identity::belongs_to(&ground.bed, local.id, ground.counties[0]).await;
    assert_eq!(rule(&ground.opening().await, "assistants")["people_missing"], 2);
    ground.run().await;
    let opening = ground.opening().await;
    assert_eq!(rule(&opening, "placed")["is_met"], true);
    assert_eq!(
        (&rule(&opening, "assistants")["number"], &rule(&opening, "assistants")["people_missing"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        (&rule(&opening, "experts")["number"], &rule(&opening, "experts")["people_missing"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(rule(&opening, "expert_mix")["people_missing"], 1);
    assert_eq!(
        rule(&opening, "assistants")["text"],
        json!({"zh": "有 2 个班没有助教；还缺 2 名助教。", "en": "2 classes have no assistant; 2 more assistants are needed."})
    );
    let lead = ground.app.as_person(&ground.lead);
    lead.post_as_read(
        &ground.of_training("allocation"),
        &ground.of_training("allocation/publish"),
        json!({}),
    )
    .await
    .expect_problem(StatusCode::CONFLICT, "allocation.not_locked");
    lead.post_as_read(&ground.of_training("allocation"), &ground.of_training("allocation/lock"), json!({}))
        .await
        .expect(200);
    let refused = lead
        .in_english()
        .post_as_read(&ground.of_training("allocation"), &ground.of_training("allocation/publish"), json!({}))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.cannot_open")
        .json();
    assert_eq!(refused["extra"], ground.opening().await);
    assert!(refused["title"].as_str().expect("a title").contains("4 more people are needed"), "{refused}");
    assert_eq!(
        ground.count("select count(*) as value from v_class where training_id = $1 and published").await,
        0
    );
    assert_eq!(
        ground
            .count("select count(*) as value from v_training where training_id = $1 and state = 'preparing'")
            .await,
        1
    );
});

testkit::on_both_databases!(
    publication_lets_everybody_in_and_opens_the_training,
    |bed: TestBed| async move {
        let mut ground = Ground::new(bed).await;
        let learners = ground.admit(45).await;
        let (assistants, experts) = ground.full_staff().await;
        let board = ground.publish().await;
        assert_eq!(board["state"], "published");
        assert_eq!(
            ground
                .count(
                    "select count(*) as value from v_training where training_id = $1 and state = 'running'"
                )
                .await,
            1
        );
        let learner = ground.regranted(&learners[0]).await;
        let mine = ground.app.as_person(&learner).get("/api/v1/my/classes").await.expect(200).json();
        assert_eq!(
            (mine["items"].as_array().map(Vec::len), mine["items"][0]["my_role"].as_str()),
            (Some(1), Some("learner"))
        );
        let class = mine["items"][0]["class_id"].as_str().expect("an id").to_owned();
        let page =
            ground.app.as_person(&learner).get(&format!("/api/v1/classes/{class}")).await.expect(200).json();
        assert_eq!(
            (page["learners"].as_u64(), page["charter"]["is_settled"].as_bool()),
            (Some(15), Some(false))
        );
        let members = ground
            .app
            .as_person(&learner)
            .get(&format!("/api/v1/classes/{class}/members"))
            .await
            .expect(200)
            .json();
        assert_eq!(members["items"].as_array().map(Vec::len), Some(17));
        assert_eq!(members["items"][0]["role"], "expert");
        assert!(members["items"][16]["county"].is_string() && members["items"][16]["years"].is_u64());
        let mut led = 0;
        for expert in &experts {
            let expert = ground.regranted(expert).await;
            let classes = ground.app.as_person(&expert).get("/api/v1/my/classes").await.expect(200).json();
            led += classes["items"].as_array().map_or(0, Vec::len);
        }
        assert_eq!(led, 3);
        let assistant = ground.regranted(&assistants[0]).await;
        let classes = ground.app.as_person(&assistant).get("/api/v1/my/classes").await.expect(200).json();
        assert_eq!(classes["items"].as_array().map(Vec::len), Some(1));

        let notices = ground.app.as_person(&learner).get("/api/v1/notices").await.expect(200).json();
        assert_eq!(
            (notices["items"][0]["kind"].as_str(), notices["items"].as_array().map(Vec::len)),
            (Some("class_published"), Some(1)),
            "{notices}"
        );

        // What is published is not changed, only filled up.
        let lead = ground.app.as_person(&ground.lead);
        for (path, code) in [
            ("allocation", "allocation.published"),
            ("allocation/lock", "allocation.published"),
            ("allocation/publish", "allocation.published"),
        ] {
            lead.post_as_read(&ground.of_training("allocation"), &ground.of_training(path), json!({}))
                .await
                .expect_problem(StatusCode::CONFLICT, code);
        }
        let late = ground.admit(1).await.remove(0);
        let body = json!({"person_id": late.id, "class_id": class});
        ground.change(&ground.of_training("placements"), body.clone()).await.expect(201);
        ground
            .change(&ground.of_training("placements"), body)
            .await
            .expect_problem(StatusCode::CONFLICT, "allocation.already_placed");
        let late = ground.regranted(&late).await;
        ground.app.as_person(&late).get(&format!("/api/v1/classes/{class}")).await.expect(200);
    }
);

testkit::on_both_databases!(moves_show_their_effect_and_full_classes_exchange, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(40).await;
    let board = ground.run().await;
    assert_eq!(sizes(&board), [20, 20]);
    let placement = |class: usize, seat: usize| {
        board["classes"][class]["learners"][seat]["placement_id"].as_str().expect("an id").to_owned()
    };
    let second = board["classes"][1]["id"].as_str().expect("an id").to_owned();
    let (mine, theirs) = (placement(0, 0), placement(1, 0));
    let lead = ground.app.as_person(&ground.lead);
    let effect =
        lead.get(&format!("/api/v1/placements/{mine}/effect?class_id={second}")).await.expect(200).json();
    assert_eq!(effect["broken_rules"][0]["rule"], "class_full");
    ground
        .change(&format!("/api/v1/placements/{mine}/move"), json!({"class_id": second}))
        .await
        .expect_problem(StatusCode::CONFLICT, "allocation.class_full");
    let body = json!({"class_id": second, "exchange_with": theirs});
    let foreseen = lead
        .get(&format!("/api/v1/placements/{mine}/effect?class_id={second}&exchange_with={theirs}"))
        .await
        .expect(200)
        .json();
    let done =
        ground.change(&format!("/api/v1/placements/{mine}/move"), body.clone()).await.expect(200).json();
    assert_eq!(foreseen, done);
    // The draft was as good as swaps can make it.
    assert!(done["change"].as_i64().expect("a number") >= 0);
    let after = ground.board().await;
    assert_eq!(sizes(&after), [20, 20]);
    let has = |board: &Value, class: usize, placement: &str| {
        let learners = board["classes"][class]["learners"].as_array().expect("learners").clone();
        learners.iter().any(|learner| learner["placement_id"] == placement)
    };
    assert!(has(&after, 1, &mine) && has(&after, 0, &theirs));
    ground
        .change(&format!("/api/v1/placements/{mine}/move"), body)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.same_class");
    lead.post_as_read(&ground.of_training("allocation"), &ground.of_training("allocation/lock"), json!({}))
        .await
        .expect(200);
    let back = json!({"class_id": after["classes"][0]["id"]});
    ground
        .change(&format!("/api/v1/placements/{mine}/move"), back.clone())
        .await
        .expect_problem(StatusCode::CONFLICT, "allocation.locked");
    unlock(&ground).await.expect(204);
    ground
        .change(&format!("/api/v1/placements/{mine}/move"), back)
        .await
        .expect_problem(StatusCode::CONFLICT, "allocation.class_full");
});

/// Loosens the board as it now stands.
async fn unlock(ground: &Ground) -> testkit::Answered {
    let version = ground.board().await["version"].as_i64().expect("a version");
    let tag = format!("\"v{version}\"");
    let path = ground.of_training("allocation/lock");
    ground.app.as_person(&ground.lead).request(Method::DELETE, &path, None, &[("if-match", &tag)]).await
}

testkit::on_both_databases!(fifty_at_once_fill_twenty_seats, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(15).await;
    let board = ground.run().await;
    assert_eq!(sizes(&board), [15]);
    let class = board["classes"][0]["id"].clone();
    let late = ground.admit(50).await;
    let ground = Arc::new(ground);
    let sends: Vec<_> = late
        .into_iter()
        .map(|person| {
            let ground = Arc::clone(&ground);
            let body = json!({"person_id": person.id, "class_id": class});
            tokio::spawn(async move {
                let path = ground.of_training("placements");
                loop {
                    let version = ground.version().await;
                    let lead = ground.app.as_person(&ground.lead);
                    let answer = lead.post_version(&path, body.clone(), version).await;
                    // Somebody else was placed meanwhile: whoever places looks at the board again.
                    if answer.status != 412 {
                        return (answer.status, answer.code());
                    }
                }
            })
        })
        .collect();
    let mut answers = Vec::new();
    for send in sends {
        answers.push(send.await.expect("the request ends"));
    }
    assert_eq!(answers.iter().filter(|(status, _)| *status == 201).count(), 5, "{answers:?}");
    let full = |(status, code): &&(u16, String)| *status == 409 && code == "allocation.class_full";
    assert_eq!(answers.iter().filter(full).count(), 45, "{answers:?}");
    assert_eq!(sizes(&ground.board().await), [20]);
    assert_eq!(rule(&ground.opening().await, "placed")["number"], 45);
});

testkit::on_both_databases!(the_database_itself_refuses_a_twenty_first_seat, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    let people = ground.admit(21).await;
    let class = rows::class_allocation::class(&ground.bed, ground.training, "一班").await;
    for person in &people[..20] {
        rows::class_allocation::place(&ground.bed, class, person.id, false).await;
    }
    let insert = async |person: PersonId, seat: i64| {
        let id: PlacementId = ground.bed.ambient.new_id();
        let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
        let refused =
            sql("insert into placements (id, class_id, training_id, person_id, seat_no, placed_at) \
             values ($1, $2, $3, $4, $5, $6)")
            .bind(id)
            .bind(class)
            .bind(ground.training)
            .bind(person)
            .bind(seat)
            .bind(ground.bed.ambient.now())
            .exec(&mut tx)
            .await
            .expect_err("the database refuses");
        refused.constraint().map(str::to_owned)
    };
    let newcomer = people[20].id;
    assert_eq!(insert(newcomer, 21).await.as_deref(), Some("placements_seat_no_check"));
    assert_eq!(insert(newcomer, 0).await.as_deref(), Some("placements_seat_no_check"));
    assert_eq!(insert(newcomer, 20).await.as_deref(), Some("placements_class_id_seat_no_key"));
    let other = rows::class_allocation::class(&ground.bed, ground.training, "二班").await;
    let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
    let id: PlacementId = ground.bed.ambient.new_id();
    let twice = sql("insert into placements (id, class_id, training_id, person_id, seat_no, placed_at) \
         values ($1, $2, $3, $4, 1, $5)")
    .bind(id)
    .bind(other)
    .bind(ground.training)
    .bind(people[0].id)
    .bind(ground.bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect_err("one class in a training");
    assert!(twice.breaks("placements_training_id_person_id_key"), "{twice}");
});

testkit::on_both_databases!(staff_are_assigned_within_their_limits, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(45).await;
    let board = ground.run().await;
    let class = |n: usize| board["classes"][n]["id"].as_str().expect("an id").to_owned();
    let expert = ground.staff("周敏贤", Role::Expert).await;
    let assistant = ground.staff("李婷", Role::Assistant).await;
    let assign = async |class: String, person: PersonId, role: &str| {
        let path = format!("/api/v1/classes/{class}/staff-assignments");
        ground.change(&path, json!({"person_id": person, "role": role})).await
    };
    assign(class(0), expert.id, "expert").await.expect(201);
    assign(class(0), expert.id, "expert")
        .await
        .expect_problem(StatusCode::CONFLICT, "allocation.already_assigned");
    let second = assign(class(1), expert.id, "expert").await.expect(201).json();
    assign(class(2), expert.id, "expert")
        .await
        .expect_problem(StatusCode::CONFLICT, "allocation.too_many_classes");
    assign(class(0), assistant.id, "expert")
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.not_staff");
    assign(class(0), assistant.id, "learner")
        .await
        .expect_problem(StatusCode::BAD_REQUEST, "request.malformed");
    assign(class(0), assistant.id, "assistant").await.expect(201);
    let second = second["id"].as_str().expect("an id");
    ground.dismiss(second).await.expect(200);
    ground.dismiss(second).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    assign(class(2), expert.id, "expert").await.expect(201);
});

testkit::on_both_databases!(a_published_class_keeps_its_last_assistant, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(30).await;
    let (_, _) = ground.full_staff().await;
    let board = ground.publish().await;
    // Three assistants for two classes: one class has two.
    let classes = board["classes"].as_array().expect("classes");
    let assistants = |class: &Value| -> Vec<Value> {
        let leaders = class["leaders"].as_array().expect("leaders");
        leaders.iter().filter(|leader| leader["role"] == "assistant").cloned().collect()
    };
    let two = classes.iter().map(assistants).find(|found| found.len() == 2).expect("a class with two");
    let assignment = |nth: usize| two[nth]["assignment_id"].as_str().expect("an id");
    ground.dismiss(assignment(0)).await.expect(200);
    ground.dismiss(assignment(1)).await.expect_problem(StatusCode::CONFLICT, "allocation.last_of_class");
    let mut conn = ground.bed.db().read().await.expect("a reader");
    let left: PersonId = two[0]["person_id"].as_str().expect("an id").parse().expect("a person's id");
    let grants: i64 =
        sql("select count(*) as value from v_grant where person_id = $1 and scope_kind = 'class'")
            .bind(left)
            .one(&mut conn)
            .await
            .expect("a count");
    assert_eq!(grants, 0);
});

testkit::on_both_databases!(only_the_lead_allocates_and_only_watchers_look, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    let learners = ground.admit(24).await;
    let expert = ground.staff("周敏贤", Role::Expert).await;
    let stranger = ground.bed.person("路人", &[]).await;
    let board = ground.run().await;
    let board_path = ground.of_training("allocation");
    let placement = board["classes"][0]["learners"][0]["placement_id"].as_str().expect("an id");
    let class = board["classes"][1]["id"].as_str().expect("an id");
    let moving = format!("/api/v1/placements/{placement}/move");
    let staffing = format!("/api/v1/classes/{class}/staff-assignments");
    ground.app.as_person(&ground.office).get(&board_path).await.expect(200);
    ground.app.as_person(&ground.office).get(&ground.of_training("opening")).await.expect(200);
    for (person, status) in [(&learners[0], 403), (&expert, 403), (&ground.office, 403), (&stranger, 404)] {
        let caller = ground.app.as_person(person);
        assert_eq!(caller.post(&board_path, json!({})).await.status, status);
        let move_them = caller.post_version(&moving, json!({"class_id": class}), 1).await;
        assert_eq!(move_them.status, status);
        let lead_it = json!({"person_id": expert.id, "role": "expert"});
        assert_eq!(caller.post_version(&staffing, lead_it, 1).await.status, status);
        if person.id != ground.office.id {
            assert_eq!(caller.get(&board_path).await.status, status);
        }
        // An unpublished class is hidden from those who will be in it.
        let seen = if person.id == ground.office.id { 200 } else { 404 };
        assert_eq!(caller.get(&format!("/api/v1/classes/{class}")).await.status, seen);
    }
    ground
        .app
        .as_nobody()
        .get(&board_path)
        .await
        .expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");
    // Another training's class is no class here.
    let other =
        rows::training_plan::training(&ground.bed, ground.province, "别的培训", "2026-11-02", 4).await;
    let foreign = rows::class_allocation::class(&ground.bed, other, "一班").await;
    let lead = ground.app.as_person(&ground.lead);
    ground
        .change(&moving, json!({"class_id": foreign}))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    lead.get(&format!("/api/v1/classes/{foreign}")).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let body = json!({"person_id": stranger.id, "class_id": class});
    ground
        .change(&ground.of_training("placements"), body)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.not_admitted");
});

testkit::on_both_databases!(the_same_run_sent_twice_runs_once, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(24).await;
    let lead = ground.app.as_person(&ground.lead);
    let path = ground.of_training("allocation");
    let once = [("idempotency-key", "one-key-for-both"), ("if-match", "\"v0\"")];
    let first = lead.request(Method::POST, &path, Some(json!({"seed": 3})), &once).await.expect(201).json();
    let again = lead.request(Method::POST, &path, Some(json!({"seed": 3})), &once).await.expect(201).json();
    assert_eq!(first, again);
    lead.post_as_read(&path, &path, json!({"most_local_percent": 0}))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    let mut conn = ground.bed.db().read().await.expect("a reader");
    let broken =
        storage::audit::first_broken(&mut conn, &ground.training.to_string()).await.expect("a chain");
    assert_eq!(broken, None);
    let made: Timestamp = first["made_at"].as_str().expect("a time").parse().expect("a time");
    assert_eq!(made, ground.bed.ambient.now());
});

testkit::on_both_databases!(
    whoever_withdraws_after_being_placed_sits_in_no_class,
    |bed: TestBed| async move {
        let mut ground = Ground::new(bed).await;
        let learners = ground.admit(24).await;
        let (_, _) = ground.full_staff().await;
        ground.run().await;
        let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
        sql("delete from admissions where person_id = $1")
            .bind(learners[3].id)
            .exec(&mut tx)
            .await
            .expect("gone");
        tx.commit().await.expect("a commit");
        let lead = ground.app.as_person(&ground.lead);
        lead.post_as_read(
            &ground.of_training("allocation"),
            &ground.of_training("allocation/lock"),
            json!({}),
        )
        .await
        .expect(200);
        let mut conn = ground.bed.db().read().await.expect("a reader");
        let seats: i64 = sql("select count(*) as value from placements where training_id = $1")
            .bind(ground.training)
            .one(&mut conn)
            .await
            .expect("a count");
        assert_eq!(seats, 23);
    }
);
