//! A week from the expert's first line to the learner's last task, and who may not do what.

use http::{Method, StatusCode};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::sql;
use testkit::{TestBed, rows};

use crate::world;
use crate::world::{World, text};

testkit::on_both_databases!(week_goes_from_draft_to_done, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.ready_list(1).await;
    let learner = w.app.as_person(&w.learner);
    let before = w.this_week().await;
    assert_eq!((&before["list"], &before["next"]["kind"]), (&json!(null), &json!("wait")));
    assert_eq!((before["week"].as_i64(), before["phase"].as_str()), (Some(1), Some("open")));
    learner.get(&format!("/api/v1/tasks/{}", text(&list["tasks"][0]["id"]))).await.expect(404);

    let body =
        json!({"list_id": list["id"], "title": "第一周", "body": "**先看视频** <script>alert(1)</script>"});
    let assistant = w.app.as_person(&w.assistant);
    let said = assistant.post(&w.class_path("announcements"), body.clone()).await.expect(201).json();
    assert!(text(&said["body_html"]).contains("&lt;script&gt;"));
    assistant
        .post(&w.class_path("announcements"), body)
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.published_before");

    let week = w.this_week().await;
    assert_eq!((&week["next"]["kind"], week["announcements"].as_i64()), (&json!("claim"), Some(1)));
    assert_eq!(week["closes_at"], "2026-11-08T16:00:00Z");
    assert_eq!(week["list"]["tasks"][1]["video_seconds"], 60);
    let read = format!("/api/v1/tasks/{}", text(&week["list"]["tasks"][0]["id"]));
    learner
        .post(&format!("{read}/start"), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.not_claimed");
    let claim = format!("/api/v1/task-lists/{}/claim", text(&list["id"]));
    learner.post(&claim, json!({})).await.expect(201);
    learner.post(&claim, json!({})).await.expect(201);
    let week = w.this_week().await;
    assert_eq!(week["next"], json!({"kind": "task", "task_id": week["list"]["tasks"][0]["id"]}));

    learner
        .post(&format!("{read}/read"), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.not_opened");
    let task = learner.get(&read).await.expect(200).json();
    assert_eq!(task["body_html"], "<p><strong>三本账</strong></p>\n");
    learner.post(&format!("{read}/start"), json!({})).await.expect(204);
    learner.post(&format!("{read}/read"), json!({})).await.expect(204);
    let week = w.this_week().await;
    assert_eq!((week["done"].as_i64(), week["total"].as_i64()), (Some(1), Some(2)));
    assert_eq!(week["next"]["task_id"], week["list"]["tasks"][1]["id"]);

    let mut conn = bed.db().read().await.expect("a reader");
    let records: Vec<String> =
        sql("select verb as value from learning_records where actor_id = $1 order by verb")
            .bind(w.learner.id)
            .all(&mut conn)
            .await
            .expect("records");
    assert_eq!(records, ["completed", "launched", "registered"]);
    assert_eq!(
        storage::audit::first_broken(&mut conn, &w.training.to_string()).await.expect("a chain"),
        None
    );
});

testkit::on_both_databases!(unchanged_week_is_answered_without_a_body, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.published_list(1).await;
    let path = w.class_path("this-week");
    let learner = w.app.as_person(&w.learner);
    let first = learner.get(&path).await.expect(200);
    let tag = first.headers["etag"].to_str().expect("a tag").to_owned();
    let again = async |person| {
        w.app
            .as_person(person)
            .request(http::Method::GET, &path, None, &[("if-none-match", &tag)])
            .await
            .status
    };
    assert_eq!(again(&w.learner).await, 304);
    assert_eq!(again(&w.assistant).await, 200, "another person on the same phone");
    let as_lead =
        bed.regrant(&w.learner, &[Grant { role: Role::TrainingLead, scope: Scope::Training(w.training) }]);
    assert_eq!(again(&as_lead).await, 200, "the same person who leads it now");
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update classes set name = '春天班', version = version + 1 where id = $1")
        .bind(w.class)
        .exec(&mut tx)
        .await
        .expect("the class has another name");
    tx.commit().await.expect("a commit");
    assert_eq!(again(&w.learner).await, 200, "the page says the class's name");
    let tag = learner.get(&path).await.expect(200).headers["etag"].to_str().expect("a tag").to_owned();
    let again = async |person| {
        w.app
            .as_person(person)
            .request(http::Method::GET, &path, None, &[("if-none-match", &tag)])
            .await
            .status
    };
    assert_eq!(again(&w.learner).await, 304);
    learner.post(&format!("/api/v1/task-lists/{}/claim", text(&list["id"])), json!({})).await.expect(201);
    assert_eq!(again(&w.learner).await, 200);
    bed.clock.advance_seconds(7 * 86_400);
    assert_eq!(learner.get(&w.class_path("weeks/1")).await.expect(200).json()["phase"], "late");
    assert_eq!(w.this_week().await["week"], 2);
    learner.get(&w.class_path("weeks/9")).await.expect(404);
    learner.get(&w.class_path("weeks/0")).await.expect(404);
});

testkit::on_both_databases!(outsiders_see_nothing_and_learners_lead_nothing, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.published_list(1).await;
    let (list_path, task_path) = (
        format!("/api/v1/task-lists/{}", text(&list["id"])),
        format!("/api/v1/tasks/{}", text(&list["tasks"][0]["id"])),
    );
    for path in ["this-week", "weeks/1", "announcements", "task-lists", "matrix", "falling-behind"] {
        for stranger in [&w.outsider, &w.neighbour] {
            w.app.as_person(stranger).get(&w.class_path(path)).await.expect(404);
        }
        w.app.as_nobody().get(&w.class_path(path)).await.expect(401);
    }
    for stranger in [&w.outsider, &w.neighbour] {
        w.app.as_person(stranger).get(&task_path).await.expect(404);
        w.app.as_person(stranger).post(&format!("{list_path}/claim"), json!({})).await.expect(404);
        w.app.as_person(stranger).post(&format!("{task_path}/start"), json!({})).await.expect(404);
    }
    let learner = w.app.as_person(&w.learner);
    for path in ["task-lists", "matrix", "falling-behind"] {
        learner.get(&w.class_path(path)).await.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    }
    let announcement = json!({"title": "我来说", "body": "可以吗"});
    learner.post(&w.class_path("announcements"), announcement).await.expect(403);
    learner.get(&list_path).await.expect(403);
    let body = json!({"week": 2, "goal": "x"});
    learner.post(&w.training_path("task-lists"), body.clone()).await.expect(403);
    w.app.as_person(&w.assistant).post(&w.training_path("task-lists"), body.clone()).await.expect(403);
    w.app.as_person(&w.outsider).post(&w.training_path("task-lists"), body).await.expect(404);
    w.app.as_person(&w.expert).get(&task_path).await.expect(200);

    let unsigned = world::learner(&bed, w.training, w.class, "未签", false).await;
    let unsigned = w.app.as_person(&unsigned);
    let signs = |answer: testkit::Answered| {
        answer.expect_problem(StatusCode::CONFLICT, "task_board.charter_unsigned");
    };
    signs(unsigned.get(&task_path).await);
    signs(unsigned.post(&format!("{list_path}/claim"), json!({})).await);
    let week = unsigned.get(&w.class_path("this-week")).await.expect(200).json();
    assert_eq!(week["next"]["kind"], "sign_charter");
});

testkit::on_both_databases!(week_and_subject_of_a_published_list_stay, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.ready_list(1).await;
    let expert = w.app.as_person(&w.expert);
    let path = format!("/api/v1/task-lists/{}", text(&list["id"]));
    let task = format!("/api/v1/tasks/{}", text(&list["tasks"][0]["id"]));
    let version = || async { expert.get(&path).await.expect(200).version() };
    let words = json!({"kind": "read", "title": "读：三本账（改）", "minutes": 12, "body_markdown": "改过"});
    let stale = expert.put_version(&task, words.clone(), 1).await;
    stale.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    expert.put_version(&task, words.clone(), version().await).await.expect(200);
    let order: Vec<_> = [1, 0].iter().map(|n| list["tasks"][*n]["id"].clone()).collect();
    let ordered = expert
        .put_version(&format!("{path}/order"), json!({"task_ids": order}), version().await)
        .await
        .expect(200)
        .json();
    assert_eq!(ordered["tasks"][0]["kind"], "watch");
    expert
        .put_version(&format!("{path}/order"), json!({"task_ids": [order[0], order[0]]}), version().await)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.other_tasks");

    let body = json!({"list_id": list["id"], "title": "第一周", "body": "开始了"});
    w.app.as_person(&w.assistant).post(&w.class_path("announcements"), body).await.expect(201);
    let frozen = |answer: testkit::Answered| {
        answer.expect_problem(StatusCode::CONFLICT, "task_board.list_published");
    };
    // The same words once more are no correction.
    expert.put_version(&task, words, version().await).await.expect(200);
    let another = json!({"kind": "discuss", "title": "议一议", "minutes": 12, "correction": "换一种做法"});
    frozen(expert.put_version(&task, another, version().await).await);
    frozen(expert.put_version(&format!("{path}/state"), json!({"state": "draft"}), version().await).await);
    frozen(expert.put_version(&path, json!({"week": 3, "goal": "换一周"}), version().await).await);
    let tag = format!("\"v{}\"", version().await);
    frozen(expert.request(http::Method::DELETE, &task, None, &[("if-match", &tag)]).await);
    let goal = json!({"week": 1, "goal": "更好的说法", "correction": "原来说得不清楚"});
    expert.put_version(&path, goal, version().await).await.expect(200);
});

testkit::on_both_databases!(wrong_lists_and_tasks_are_refused_by_name, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let expert = w.app.as_person(&w.expert);
    let path = w.training_path("task-lists");
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let list = expert.post(&path, json!({"week": 1, "goal": ""})).await.expect(201).json();
    let id = text(&list["id"]);
    expert
        .post(&path, json!({"week": 1, "goal": "再来"}))
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.week_taken");
    expert
        .post(&path, json!({"week": 9, "goal": "x"}))
        .await
        .expect_problem(unprocessable, "task_board.no_such_week");
    let long = expert.post(&path, json!({"week": 2, "goal": "长".repeat(301)})).await.expect(422).json();
    assert_eq!(long["errors"][0]["pointer"], "/goal");
    expert
        .put_version(&format!("/api/v1/task-lists/{id}/state"), json!({"state": "ready"}), 1)
        .await
        .expect_problem(unprocessable, "task_board.list_unfinished");
    let assistant = w.app.as_person(&w.assistant);
    let publish = json!({"list_id": id, "title": "第一周", "body": "开始"});
    assistant
        .post(&w.class_path("announcements"), publish)
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.list_not_ready");

    let foreign = rows::training_plan::training(
        &bed,
        rows::identity::org_unit(&bed, None, "province", "云南省").await,
        "别的培训",
        "2026-11-02",
        4,
    )
    .await;
    let foreign_video = rows::course_library::micro_video(&bed, foreign, "别的", 60).await;
    let add = async |task: serde_json::Value, key: &str| {
        let headers = [("if-match", "\"v1\""), ("idempotency-key", key)];
        let path = format!("/api/v1/task-lists/{id}/tasks");
        expert.request(http::Method::POST, &path, Some(task), &headers).await
    };
    for (n, task) in [
        json!({"kind": "watch", "title": "看", "minutes": 5}),
        json!({"kind": "watch", "title": "看", "minutes": 5, "ref_id": foreign_video}),
        json!({"kind": "watch", "title": "看", "minutes": 5, "ref_id": id}),
        json!({"kind": "test", "title": "测", "minutes": 5, "ref_id": w.video}),
    ]
    .into_iter()
    .enumerate()
    {
        let refused = add(task, &format!("wrong-reference-{n}")).await;
        refused.expect_problem(unprocessable, "task_board.wrong_reference");
    }
    for (n, task) in [
        json!({"kind": "read", "title": "", "minutes": 5}),
        json!({"kind": "read", "title": "读", "minutes": 0}),
        json!({"kind": "reflect", "title": "写", "minutes": 5, "least_chars": 300, "most_chars": 200}),
    ]
    .into_iter()
    .enumerate()
    {
        add(task, &format!("wrong-field-{n}")).await.expect_problem(unprocessable, "input.invalid");
    }
    add(json!({"kind": "dance", "title": "跳", "minutes": 5}), "wrong-kind").await.expect(400);
});

testkit::on_both_databases!(grace_is_the_leads_to_set, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let path = w.training_path("board-settings");
    let lead = w.app.as_person(&w.lead);
    let before = lead.get(&path).await.expect(200);
    assert_eq!((before.version(), &before.json()["grace_days"]), (0, &json!(7)));
    for unread in [1, 7, 1 << 53] {
        lead.put_version(&path, json!({"grace_days": 2, "revision_days": 7}), unread).await.expect(412);
    }
    lead.put_version(&path, json!({"grace_days": 2, "revision_days": 7}), i64::MAX).await.expect(400);
    lead.put_version(&path, json!({"grace_days": 2, "revision_days": 7}), 0).await.expect(200);
    lead.put_version(&path, json!({"grace_days": 3, "revision_days": 7}), 0).await.expect(412);
    lead.put_version(&path, json!({"grace_days": 61, "revision_days": 7}), 1).await.expect(422);
    w.app
        .as_person(&w.expert)
        .put_version(&path, json!({"grace_days": 9, "revision_days": 7}), 1)
        .await
        .expect(403);
    let week = w.this_week().await;
    assert_eq!(
        (text(&week["closes_at"]), text(&week["ends_at"])),
        ("2026-11-08T16:00:00Z", "2026-11-10T16:00:00Z")
    );
});

testkit::on_both_databases!(class_is_seen_by_those_who_lead_it, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.published_list(1).await;
    let second = world::learner(&bed, w.training, w.class, "陈老师", true).await;
    for person in [&w.learner, &second] {
        let claim = format!("/api/v1/task-lists/{}/claim", text(&list["id"]));
        w.app.as_person(person).post(&claim, json!({})).await.expect(201);
    }
    let read = format!("/api/v1/tasks/{}", text(&list["tasks"][0]["id"]));
    for step in ["start", "read"] {
        w.app.as_person(&w.learner).post(&format!("{read}/{step}"), json!({})).await.expect(204);
    }
    let assistant = w.app.as_person(&w.assistant);
    let matrix = assistant.get(&w.class_path("matrix?week=1")).await.expect(200).json();
    let learners = matrix["learners"].as_array().expect("learners");
    let states: Vec<_> = learners.iter().map(|l| (text(&l["name"]), text(&l["cells"][0]["state"]))).collect();
    assert_eq!(states, [("王小明", "done"), ("陈老师", "claimed")]);
    assistant.get(&w.class_path("matrix?week=53")).await.expect(422);

    assert_eq!(assistant.get(&w.class_path("falling-behind")).await.expect(200).json()["items"], json!([]));
    bed.clock.advance_seconds(8 * 86_400);
    let behind = assistant.get(&w.class_path("falling-behind")).await.expect(200).json();
    let left: Vec<_> =
        behind["items"].as_array().expect("items").iter().map(|i| i["reasons"][0]["left"].as_i64()).collect();
    assert_eq!(left, [Some(1), Some(2)]);
    assert_eq!(behind["items"][0]["reasons"][0]["kind"], "overdue");
});

testkit::on_both_databases!(fifty_claims_at_once_are_one, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.published_list(1).await;
    let claim = format!("/api/v1/task-lists/{}/claim", text(&list["id"]));
    let sends: Vec<_> = (0..50)
        .map(|_| {
            let (app, person, claim) = (w.app.clone(), w.learner.clone(), claim.clone());
            tokio::spawn(async move { app.as_person(&person).post(&claim, json!({})).await.status })
        })
        .collect();
    for send in sends {
        assert_eq!(send.await.expect("the request ends"), 201);
    }
    let mut conn = bed.db().read().await.expect("a reader");
    let claims: i64 = sql("select count(*) as value from claims where person_id = $1")
        .bind(w.learner.id)
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(claims, 1);
});

testkit::on_both_databases!(
    unpublished_list_moves_to_another_week_and_loses_a_task,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let list = w.ready_list(1).await;
        let expert = w.app.as_person(&w.expert);
        let path = format!("/api/v1/task-lists/{}", text(&list["id"]));
        let version = expert.get(&path).await.expect(200).version();
        let moved = json!({"week": 2, "goal": "换到第二周", "goal_en": "Moved to week 2"});
        let moved = expert.put_version(&path, moved, version).await.expect(200);
        assert_eq!(moved.json()["week"], 2);
        let tag = format!("\"v{}\"", moved.version());
        let task = format!("/api/v1/tasks/{}", text(&list["tasks"][0]["id"]));
        let left =
            expert.request(Method::DELETE, &task, None, &[("if-match", &tag)]).await.expect(200).json();
        assert_eq!(left["tasks"].as_array().map(Vec::len), Some(1));
        let known = w.app.as_person(&w.assistant).get(&w.class_path("task-lists")).await.expect(200).json();
        assert_eq!(
            (&known["items"][0]["week"], &known["items"][0]["published_at"]),
            (&json!(2), &json!(null))
        );
    }
);

testkit::on_both_databases!(classes_that_publish_a_list_at_once_both_have_it, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.ready_list(1).await;
    let other = world::staff(&bed, w.training, w.other_class, "马助教", kernel::Role::Assistant).await;
    // Both have found the list, and wait for it.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update task_lists set version = version").exec(&mut tx).await.expect("a list");
    let publish = |who: &testkit::TestPerson, class| {
        let (app, who, path) = (w.app.clone(), who.clone(), format!("/api/v1/classes/{class}/announcements"));
        let body = json!({"list_id": list["id"], "title": "第一周", "body": "先看视频。"});
        tokio::spawn(async move { app.as_person(&who).post(&path, body).await })
    };
    let (one, two) = (publish(&w.assistant, w.class), publish(&other, w.other_class));
    bed.until_waiting(2, &[&one, &two]).await;
    drop(tx);
    for request in [one, two] {
        request.await.expect("it ends").expect(201);
    }
    let path = format!("/api/v1/task-lists/{}", text(&list["id"]));
    let after = w.app.as_person(&w.expert).get(&path).await.expect(200).json();
    assert_eq!(after["version"], list["version"], "a class that has the list changes nothing of it");
});

// As while a newer version of the program runs beside this one.
testkit::on_both_databases!(
    a_task_of_an_unknown_kind_is_shown_plainly_everywhere,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let list = w.published_list(1).await;
        let draft = w.ready_list(2).await;
        let before = w.this_week().await;
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("insert into task_kinds (word) values ('moonlight')").exec(&mut tx).await.expect("a later word");
        sql("update tasks set kind = 'moonlight' where kind = 'watch'")
            .exec(&mut tx)
            .await
            .expect("a change");
        tx.commit().await.expect("a commit");

        // In the learner's week it is counted, and hides no other.
        let week = w.this_week().await;
        assert_eq!(
            (&before["list"]["unknown_tasks"], &week["list"]["unknown_tasks"]),
            (&json!(0), &json!(1))
        );
        assert_eq!(week["list"]["tasks"], json!([before["list"]["tasks"][0]]));

        // To who leads the class it is a column like the others, to who makes the list a task.
        let (expert, assistant) = (w.app.as_person(&w.expert), w.app.as_person(&w.assistant));
        let matrix = assistant.get(&w.class_path("matrix")).await.expect(200).json();
        assert_eq!(
            (&matrix["tasks"][0]["kind"], &matrix["tasks"][1]["kind"]),
            (&json!("read"), &Value::Null)
        );
        assert_eq!(matrix["tasks"][1]["title"], before["list"]["tasks"][1]["title"]);
        assistant.get(&w.class_path("falling-behind")).await.expect(200);
        let at = |list: &Value| format!("/api/v1/task-lists/{}", text(&list["id"]));
        let seen = assistant.get(&at(&list)).await.expect(200).json();
        assert_eq!((&seen["tasks"][0]["kind"], &seen["tasks"][1]["kind"]), (&json!("read"), &Value::Null));
        assert_eq!(seen["tasks"][1]["title"], list["tasks"][1]["title"]);

        // On its page it says what it says, and is done by no way that this version knows.
        let page = format!("/api/v1/tasks/{}", text(&seen["tasks"][1]["id"]));
        let learner = w.app.as_person(&w.learner);
        let claim = format!("{}/claim", at(&list));
        learner.post(&claim, json!({})).await.expect(201);
        for reader in [&learner, &assistant] {
            let shown = reader.get(&page).await.expect(200).json();
            assert_eq!((&shown["kind"], &shown["title"]), (&Value::Null, &list["tasks"][1]["title"]));
        }
        for (way, body) in
            [("start", json!({})), ("read", json!({})), ("playbacks", json!({"is_audio": false}))]
        {
            let refused = learner.post(&format!("{page}/{way}"), body).await;
            refused.expect_problem(StatusCode::CONFLICT, "task_board.new_kind");
        }
        let refused =
            learner.put(&format!("{page}/reflection"), json!({"draft": "写一点", "based_on": 0})).await;
        refused.expect_problem(StatusCode::CONFLICT, "task_board.new_kind");

        // Whether others could do it we cannot say: nobody gives it to a class, and nobody writes over what they cannot read.
        let announce = json!({"list_id": draft["id"], "title": "第二周", "body": "先看视频。"});
        let refused = assistant.post(&w.class_path("announcements"), announce).await;
        let told =
            refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.task_undoable").json();
        assert!(told.to_string().contains("new_kind"), "{told}");
        let task = format!("/api/v1/tasks/{}", text(&draft["tasks"][1]["id"]));
        let read = json!({"kind": "read", "title": "读：三本账", "minutes": 10, "body_markdown": "三本账"});
        let version = draft["version"].as_i64().expect("a version");
        let refused = expert.put_version(&task, read, version).await;
        refused.expect_problem(StatusCode::CONFLICT, "task_board.new_kind");
        let made = json!({"kind": "moonlight", "title": "看月亮", "minutes": 10});
        let refused = expert.post_version(&format!("{}/tasks", at(&draft)), made, version).await;
        refused.expect_problem(StatusCode::BAD_REQUEST, "request.malformed");
        // It is moved and taken out like the others.
        let order = json!({"task_ids": [draft["tasks"][1]["id"], draft["tasks"][0]["id"]]});
        let moved =
            expert.put_version(&format!("{}/order", at(&draft)), order, version).await.expect(200).json();
        assert_eq!(moved["tasks"][0]["kind"], Value::Null);
        let left =
            expert.delete_version(&task, moved["version"].as_i64().expect("a version")).await.expect(200);
        assert_eq!(left.json()["tasks"].as_array().map(Vec::len), Some(1));
    }
);
