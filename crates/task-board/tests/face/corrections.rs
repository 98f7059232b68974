//! A list is published when learners can do it, and mended in the open afterwards.

use http::{Method, StatusCode};
use kernel::id::TestPaperId;
use serde_json::{Value, json};
use storage::sql;
use task_board::references::Unusable;
use testkit::{Answered, TestBed};

use crate::world;
use crate::world::{World, text};

/// The list as it is now, and its path.
async fn list(w: &World, id: &Value) -> (String, Value) {
    let path = format!("/api/v1/task-lists/{}", text(id));
    let list = w.app.as_person(&w.expert).get(&path).await.expect(200).json();
    (path, list)
}

async fn put(w: &World, list_id: &Value, at: &str, body: Value) -> Answered {
    let version = list(w, list_id).await.1["version"].as_i64().expect("a version");
    w.app.as_person(&w.expert).put_version(at, body, version).await
}

async fn send(w: &World, list_id: &Value, method: Method, at: &str, body: Option<Value>) -> Answered {
    let version = list(w, list_id).await.1["version"].to_string();
    let (tag, key) = (format!("\"v{version}\""), format!("key-of-{method}-{version}"));
    let headers = [("if-match", tag.as_str()), ("idempotency-key", key.as_str())];
    w.app.as_person(&w.expert).request(method, at, body, &headers).await
}

async fn publish(w: &World, list_id: &Value) -> Answered {
    let body = json!({"list_id": list_id, "title": "第一周", "body": "开始了"});
    w.app.as_person(&w.assistant).post(&w.class_path("announcements"), body).await
}

testkit::on_both_databases!(list_that_lost_its_last_task_is_not_published, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let made = w.ready_list(1).await;
    for task in made["tasks"].as_array().expect("tasks") {
        let at = format!("/api/v1/tasks/{}", text(&task["id"]));
        send(&w, &made["id"], Method::DELETE, &at, None).await.expect(200);
    }
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    publish(&w, &made["id"]).await.expect_problem(unprocessable, "task_board.list_unfinished");
    let (path, _) = list(&w, &made["id"]).await;
    let body = json!({"kind": "read", "title": "读", "minutes": 5, "body_markdown": "读一读"});
    send(&w, &made["id"], Method::POST, &format!("{path}/tasks"), Some(body)).await.expect(201);
    publish(&w, &made["id"]).await.expect(201);
});

testkit::on_both_databases!(what_says_nothing_to_do_is_not_given_to_learners, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let made = w.ready_list(1).await;
    let (path, _) = list(&w, &made["id"]).await;
    let steps = json!(["写一张表"]);
    for body in [
        json!({"kind": "read", "title": "空的", "minutes": 5}),
        json!({"kind": "read", "title": "只有步骤", "minutes": 5, "steps": steps, "body_markdown": " \n"}),
        json!({"kind": "assignment", "title": "做什么？", "minutes": 5}),
        json!({"kind": "assignment", "title": "做一张表", "minutes": 5, "steps": steps}),
        json!({"kind": "reflect", "title": "这一周我看见的一个孩子", "minutes": 5}),
        json!({"kind": "discuss", "title": "晒晒时间账", "minutes": 5}),
    ] {
        send(&w, &made["id"], Method::POST, &format!("{path}/tasks"), Some(body)).await.expect(201);
    }
    let unsaid = |answer: Answered| {
        let problem =
            answer.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.task_undoable").json();
        let fields = problem["errors"].as_array().expect("fields").iter();
        fields
            .map(|field| format!("{} {}", text(&field["pointer"]), text(&field["code"])))
            .collect::<Vec<_>>()
    };
    let all = ["/tasks/2 unsaid", "/tasks/3 unsaid", "/tasks/4 unsaid"];
    assert_eq!(unsaid(publish(&w, &made["id"]).await), all);
    put(&w, &made["id"], &format!("{path}/state"), json!({"state": "draft"})).await.expect(200);
    assert_eq!(unsaid(put(&w, &made["id"], &format!("{path}/state"), json!({"state": "ready"})).await), all);
    for at in [2, 3, 4] {
        let task = &list(&w, &made["id"]).await.1["tasks"][at];
        let words =
            json!({"kind": task["kind"], "title": task["title"], "minutes": 5, "body_markdown": "写好了"});
        put(&w, &made["id"], &format!("/api/v1/tasks/{}", text(&task["id"])), words).await.expect(200);
    }
    put(&w, &made["id"], &format!("{path}/state"), json!({"state": "ready"})).await.expect(200);
    publish(&w, &made["id"]).await.expect(201);

    // Nor is what they have emptied again.
    let first = format!("/api/v1/tasks/{}", text(&made["tasks"][0]["id"]));
    let emptied = json!({"kind": "read", "title": "读：三本账", "minutes": 10, "correction": "删掉正文"});
    let refused = put(&w, &made["id"], &first, emptied).await;
    let problem = refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.task_unsaid").json();
    assert_eq!(problem["errors"][0]["pointer"], "/body_markdown");
});

testkit::on_both_databases!(
    every_reference_is_asked_about_before_learners_get_it,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let made = w.ready_list(1).await;
        let (path, _) = list(&w, &made["id"]).await;
        let paper: TestPaperId = bed.ambient.new_id();
        w.later.0.lock().expect("a lock").insert(paper.uuid(), Unusable::Unpublished);
        let test = json!({"kind": "test", "title": "测一测", "minutes": 5, "ref_id": paper});
        send(&w, &made["id"], Method::POST, &format!("{path}/tasks"), Some(test)).await.expect(201);
        let refused = |answer: Answered, pointers: &[&str]| {
            let problem =
                answer.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.task_undoable").json();
            let found: Vec<_> = problem["errors"]
                .as_array()
                .expect("fields")
                .iter()
                .map(|field| format!("{} {}", text(&field["pointer"]), text(&field["code"])))
                .collect();
            assert_eq!(found, pointers);
        };
        refused(publish(&w, &made["id"]).await, &["/tasks/2 unpublished"]);
        put(&w, &made["id"], &format!("{path}/state"), json!({"state": "draft"})).await.expect(200);
        refused(
            put(&w, &made["id"], &format!("{path}/state"), json!({"state": "ready"})).await,
            &["/tasks/2 unpublished"],
        );
        w.later.0.lock().expect("a lock").clear();
        put(&w, &made["id"], &format!("{path}/state"), json!({"state": "ready"})).await.expect(200);

        // What was right when the list was made may go before it is published.
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("update micro_videos set state = 'withdrawn' where id = $1")
            .bind(w.video)
            .exec(&mut tx)
            .await
            .expect("withdrawn");
        tx.commit().await.expect("a commit");
        refused(publish(&w, &made["id"]).await, &["/tasks/1 withdrawn"]);
        let week = w.this_week().await;
        assert!(week["list"].is_null(), "nothing was published: {week}");
    }
);

testkit::on_both_databases!(published_list_is_corrected_in_the_open, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let made = w.published_list(1).await;
    let (id, learner) = (&made["id"], w.app.as_person(&w.learner));
    learner.post(&format!("/api/v1/task-lists/{}/claim", text(id)), json!({})).await.expect(201);
    let (path, _) = list(&w, id).await;
    let read = format!("/api/v1/tasks/{}", text(&made["tasks"][0]["id"]));
    learner.post(&format!("{read}/start"), json!({})).await.expect(204);
    learner.post(&format!("{read}/read"), json!({})).await.expect(204);

    let mut words =
        json!({"kind": "read", "title": "读：三本账", "minutes": 15, "body_markdown": "**四本账**"});
    put(&w, id, &read, words.clone())
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.correction_unsaid");
    words["correction"] = json!("少写了一本账");
    bed.clock.advance_seconds(60);
    put(&w, id, &read, words).await.expect(200);
    let task = learner.get(&read).await.expect(200).json();
    assert_eq!(
        (text(&task["body_html"]), text(&task["state"])),
        ("<p><strong>四本账</strong></p>\n", "done")
    );
    assert_eq!(
        task["correction"],
        json!({"made_as": "changed", "note": "少写了一本账", "made_at": "2026-11-02T01:01:00Z"})
    );
    let wordings = learner.get(&format!("{read}/wordings")).await.expect(200).json();
    let said: Vec<_> =
        wordings["items"].as_array().expect("wordings").iter().map(|w| text(&w["body_markdown"])).collect();
    assert_eq!(said, ["**四本账**", "**三本账**"], "byte for byte, the newest first");
    w.app.as_person(&w.neighbour).get(&format!("{read}/wordings")).await.expect(404);
    w.app.as_person(&w.assistant).get(&format!("{read}/wordings")).await.expect(200);

    let mut added = json!({"kind": "read", "title": "再读", "minutes": 5, "correction": "补上忘了的一篇"});
    let empty = send(&w, id, Method::POST, &format!("{path}/tasks"), Some(added.clone())).await;
    empty.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.task_unsaid");
    added["body_markdown"] = json!("又一篇");
    send(&w, id, Method::POST, &format!("{path}/tasks"), Some(added)).await.expect(201);
    let week = w.this_week().await;
    assert_eq!(week["list"]["tasks"][2]["correction"]["made_as"], "added");
    assert_eq!((week["done"].as_i64(), week["total"].as_i64()), (Some(1), Some(3)));

    let reason = json!({"correction": "和第一篇重复了"});
    let back = format!("{read}/withdraw");
    send(&w, id, Method::POST, &back, Some(reason.clone())).await.expect(200);
    send(&w, id, Method::POST, &back, Some(reason))
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.task_withdrawn");
    let week = w.this_week().await;
    let withdrawn = &week["list"]["tasks"][0];
    assert_eq!(
        (withdrawn["is_withdrawn"].as_bool(), text(&withdrawn["state"])),
        (Some(true), "done"),
        "it is kept"
    );
    assert_eq!((week["done"].as_i64(), week["total"].as_i64()), (Some(0), Some(2)));
    learner
        .post(&format!("{read}/start"), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.task_withdrawn");

    let mut conn = bed.db().read().await.expect("a reader");
    let events: i64 = sql("select count(*) as value from realtime_events where kind = 'list_corrected'")
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(events, 3, "the class that is looking is told each time");
    assert_eq!(
        storage::audit::first_broken(&mut conn, &w.training.to_string()).await.expect("a chain"),
        None
    );
});

testkit::on_both_databases!(corrections_stay_within_bounds, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let made = w.published_list(1).await;
    let id = &made["id"];
    let tasks = [0, 1].map(|at| format!("/api/v1/tasks/{}", text(&made["tasks"][at]["id"])));
    let reason = json!({"correction": "不用了"});
    for (who, status) in [(&w.learner, 403), (&w.assistant, 403), (&w.outsider, 404)] {
        let headers = [("if-match", "\"v1\""), ("idempotency-key", "try-to-withdraw")];
        let at = format!("{}/withdraw", tasks[0]);
        w.app.as_person(who).request(Method::POST, &at, Some(reason.clone()), &headers).await.expect(status);
    }
    // Another video is another task.
    let other = testkit::rows::course_library::micro_video(&bed, w.training, "另一天", 60).await;
    let swapped =
        json!({"kind": "watch", "title": "看：一天", "minutes": 5, "ref_id": other, "correction": "换一个"});
    put(&w, id, &tasks[1], swapped).await.expect_problem(StatusCode::CONFLICT, "task_board.list_published");
    send(&w, id, Method::POST, &format!("{}/withdraw", tasks[0]), Some(reason.clone())).await.expect(200);
    send(&w, id, Method::POST, &format!("{}/withdraw", tasks[1]), Some(reason.clone()))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.list_unfinished");
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update trainings set state = 'closed', closed_at = $1")
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("closed");
    tx.commit().await.expect("a commit");
    let words = json!({"kind": "watch", "title": "看：又一天", "minutes": 5, "ref_id": w.video, "correction": "晚了"});
    put(&w, id, &tasks[1], words).await.expect_problem(StatusCode::CONFLICT, "training.closed");
});

testkit::on_both_databases!(corrections_of_an_hour_tell_the_learners_once, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let made = w.published_list(2).await;
    let id = &made["id"];
    let unsigned = world::learner(&bed, w.training, w.class, "未签", false).await;
    let read = format!("/api/v1/tasks/{}", text(&made["tasks"][0]["id"]));
    let correct = async |body: &str| {
        let words = json!({"kind": "read", "title": "读：三本账", "minutes": 10, "body_markdown": body, "correction": "写错了"});
        put(&w, id, &read, words).await.expect(200);
    };
    let corrected = async |person| {
        w.notices(person).await.into_iter().filter(|(kind, _)| kind == "list_corrected").count()
    };
    bed.clock.advance_seconds(1);
    correct("四本账").await;
    correct("五本账").await;
    let (path, _) = list(&w, id).await;
    let added = json!({"kind": "read", "title": "再读", "minutes": 5, "body_markdown": "又一篇", "correction": "忘了一篇"});
    send(&w, id, Method::POST, &format!("{path}/tasks"), Some(added)).await.expect(201);
    let back = json!({"correction": "重复了"});
    send(&w, id, Method::POST, &format!("{read}/withdraw"), Some(back)).await.expect(200);
    let link = format!("/learn/weeks/2?class={}", w.class);
    let told = w.notices(&w.learner).await;
    assert_eq!(told[0], ("list_corrected".to_owned(), link));
    assert_eq!(told.len(), 2, "one for four corrections, after that of the publication: {told:?}");
    assert_eq!(corrected(&unsigned).await, 1);
    for untold in [&w.neighbour, &w.assistant, &w.expert, &w.lead] {
        assert_eq!(corrected(untold).await, 0, "nobody but the learners of the class has it");
    }
});

testkit::on_both_databases!(assistants_hear_once_that_a_list_is_ready, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.ready_list(2).await;
    let told = async |person| {
        let notices = w.notices(person).await;
        notices.into_iter().filter(|(kind, _)| kind == "list_ready").collect::<Vec<_>>()
    };
    let once = [("list_ready".to_owned(), format!("/teach/classes/{}/publish", w.class))];
    assert_eq!(told(&w.assistant).await, once);
    let path = format!("/api/v1/task-lists/{}/state", text(&list["id"]));
    let expert = w.app.as_person(&w.expert);
    let mut version = list["version"].as_i64().expect("a version");
    for state in ["ready", "draft", "ready"] {
        let answer = expert.put_version(&path, json!({ "state": state }), version).await.expect(200).json();
        version = answer["version"].as_i64().expect("a version");
    }
    assert_eq!(told(&w.assistant).await, once, "said again within the hour, it tells nothing new");
    w.ready_list(3).await;
    assert_eq!(
        told(&w.assistant).await,
        [once[0].clone(), once[0].clone()],
        "another list is news, on the same page"
    );
    for untold in [&w.expert, &w.lead, &w.learner, &w.neighbour] {
        assert!(told(untold).await.is_empty(), "nobody but the assistants");
    }
});

testkit::on_both_databases!(corrections_after_reading_or_an_hour_tell_anew, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let made = w.published_list(1).await;
    let video = format!("/api/v1/tasks/{}", text(&made["tasks"][1]["id"]));
    let correct = async |title: &str| {
        let words =
            json!({"kind": "watch", "title": title, "minutes": 5, "ref_id": w.video, "correction": "写错了"});
        put(&w, &made["id"], &video, words).await.expect(200);
    };
    let learner = w.app.as_person(&w.learner);
    let told =
        async || w.notices(&w.learner).await.iter().filter(|(kind, _)| kind == "list_corrected").count();
    correct("看：一").await;
    assert_eq!(told().await, 1);
    learner.post("/api/v1/notices/read-all", json!({})).await.expect(204);
    bed.clock.advance_seconds(60);
    correct("看：二").await;
    assert_eq!(told().await, 2, "what was read tells nothing of what came after");
    bed.clock.advance_seconds(3_600);
    correct("看：三").await;
    assert_eq!(told().await, 2, "an hour to the second is within the hour");
    bed.clock.advance_seconds(1);
    correct("看：四").await;
    assert_eq!(told().await, 3);
    // The same words again correct nothing.
    learner.post("/api/v1/notices/read-all", json!({})).await.expect(204);
    correct("看：四").await;
    assert_eq!(told().await, 3);
});

testkit::on_both_databases!(a_list_never_keeps_more_tasks_than_an_order_names, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let made = w.published_list(1).await;
    let id = &made["id"];
    let list_id = text(id).parse().expect("an id");
    for n in 0..48 {
        testkit::rows::task_board::task(&bed, list_id, "read", &format!("撤回的{n}"), None).await;
    }
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update tasks set corrected_as = 'withdrawn', correction = '重复', corrected_at = $1, withdrawn_at = $1 \
         where title like '撤回的%'")
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("withdrawn");
    tx.commit().await.expect("a commit");
    let (path, there) = list(&w, id).await;
    let added = json!({"kind": "read", "title": "再读", "minutes": 5, "body_markdown": "又一篇", "correction": "补上"});
    send(&w, id, Method::POST, &format!("{path}/tasks"), Some(added))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.too_many_kept");
    let mut order: Vec<Value> =
        there["tasks"].as_array().expect("tasks").iter().map(|task| task["id"].clone()).collect();
    assert_eq!(order.len(), 50);
    order.reverse();
    put(&w, id, &format!("{path}/order"), json!({"task_ids": order})).await.expect(200);
});

testkit::on_both_databases!(a_discussion_names_nothing, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let made = w.ready_list(1).await;
    let (path, _) = list(&w, &made["id"]).await;
    let topic: kernel::id::TopicId = bed.ambient.new_id();
    let discuss =
        |ref_id: Value| json!({"kind": "discuss", "title": "议一议", "minutes": 5, "ref_id": ref_id});
    let tasks = format!("{path}/tasks");
    let refused = send(&w, &made["id"], Method::POST, &tasks, Some(discuss(json!(topic)))).await;
    refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.needless_reference");
    let added = send(&w, &made["id"], Method::POST, &tasks, Some(discuss(Value::Null))).await;
    assert_eq!(added.expect(201).json()["tasks"][2]["ref_id"], Value::Null);
});

testkit::on_both_databases!(
    the_goal_of_a_published_list_is_corrected_in_the_open,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let made = w.published_list(1).await;
        let (id, learner) = (&made["id"], w.app.as_person(&w.learner));
        let (path, _) = list(&w, id).await;
        let mut words = json!({"week": 1, "goal": made["goal"], "goal_en": made["goal_en"]});
        put(&w, id, &path, words.clone()).await.expect(200);
        assert_eq!(w.this_week().await["list"]["correction"], Value::Null, "nothing was changed");
        words["goal"] = json!("弄清楚哪一半时间用在哪里");
        let unsaid = put(&w, id, &path, words.clone()).await;
        unsaid.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.correction_unsaid");
        words["correction"] = json!("上一句说得不清楚");
        let seen = learner.get(&w.class_path("this-week")).await.expect(200);
        bed.clock.advance_seconds(60);
        put(&w, id, &path, words.clone()).await.expect(200);
        let week = learner.get(&w.class_path("this-week")).await.expect(200);
        assert_ne!(week.headers["etag"], seen.headers["etag"]);
        let shown = week.json()["list"].clone();
        assert_eq!(shown["goal"], "弄清楚哪一半时间用在哪里");
        assert_eq!(
            shown["correction"],
            json!({"note": "上一句说得不清楚", "made_at": "2026-11-02T01:01:00Z"})
        );
        assert_eq!(list(&w, id).await.1["correction"], shown["correction"]);
        words["goal"] = json!("");
        let emptied = put(&w, id, &path, words).await;
        emptied.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.list_unfinished");

        let mut conn = bed.db().read().await.expect("a reader");
        let before: Vec<String> = sql("select goal as value from list_corrections order by version")
            .all(&mut conn)
            .await
            .expect("what it said before");
        assert_eq!(before, [text(&made["goal"])]);
        let events: i64 = sql("select count(*) as value from realtime_events where kind = 'list_corrected'")
            .one(&mut conn)
            .await
            .expect("a count");
        assert_eq!(events, 1, "the class that is looking is told");
    }
);
