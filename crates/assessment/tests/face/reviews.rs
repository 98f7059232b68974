//! Reviews: saved on the way, finished once, by staff of the class alone.

use http::StatusCode;
use kernel::id::TaskId;
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use testkit::{TestBed, rows};

use crate::world::{World, submission};

fn review(work: &Value) -> String {
    format!("/api/v1/submissions/{}/review", work["work_id"].as_str().expect("an id"))
}

/// Where the learner stands with the only task of their week, as the week's page and the task's own page say.
async fn state(w: &World, task: TaskId) -> [String; 2] {
    let me = w.app.as_person(&w.learner);
    let week = me.get(&format!("/api/v1/classes/{}/weeks/1", w.class)).await.expect(200).json();
    let said = &week["list"]["tasks"][0]["state"];
    assert_eq!(week["done"] == 1, *said == "awaiting_review", "{week}");
    assert_eq!(week["next"]["kind"] == "task", *said == "returned", "{week}");
    let page = me.get(&format!("/api/v1/tasks/{task}")).await.expect(200).json();
    [said, &page["state"]].map(|word| word.as_str().expect("a word").to_owned())
}

fn opinion(work: &Value, decision: &str, level: &str) -> Value {
    json!({
        "decision": decision, "hand_in": work["hand_in"], "comment": "两个年级都从时间进来，合得自然。",
        "based_on": work["draft"]["version"].as_i64().unwrap_or(0),
        "levels": {"real": level, "design": level, "tasks": level, "use": level},
    })
}

testkit::on_both_databases!(work_is_graded_by_the_rubric, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let (assistant, at) = (w.app.as_person(&w.assistant), review(&work));
    let queue = format!("/api/v1/classes/{}/grading-queue", w.class);
    assert_eq!(assistant.get(&queue).await.expect(200).json()["items"][0]["work_id"], work["work_id"]);

    let draft = json!({"hand_in": work["hand_in"], "based_on": 0,
        "levels": {"real": "a"}, "comment": "先看到这里"});
    assistant.put(&at, draft.clone()).await.expect(200);
    let kept = assistant.put(&at, draft).await.expect(200).json();
    assert_eq!(
        (kept["draft"]["comment"].as_str(), kept["draft"]["levels"]["real"].as_str()),
        (Some("先看到这里"), Some("a"))
    );
    assert_eq!(assistant.get(&queue).await.expect(200).json()["items"][0]["drafted"], true);
    let unjudged = json!({"decision": "grade", "hand_in": work["hand_in"],
        "based_on": kept["draft"]["version"], "levels": {"real": "a"}});
    let refused = assistant.post(&format!("{at}/finish"), unjudged).await;
    assert_eq!(
        refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "review.unjudged").json()["errors"]
            .as_array()
            .map(Vec::len),
        Some(3)
    );
    let strange = json!({"hand_in": work["hand_in"], "based_on": 0, "levels": {"real": "z"}});
    assistant
        .put(&at, strange)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "review.strange_level");

    assistant.post(&format!("{at}/finish"), opinion(&kept, "grade", "b")).await.expect(204);
    let mine = w.app.as_person(&w.learner).get(&submission(task)).await.expect(200).json();
    assert_eq!(
        (mine["work"]["state"].as_str(), mine["reviews"][0]["points"].as_i64()),
        (Some("graded"), Some(8000))
    );
    assert_eq!(mine["reviews"][0]["reviewer"]["name"], "林助教");
    assert_eq!(
        w.notices(&w.learner).await,
        [("work_reviewed".to_owned(), format!("/learn/assignments/{task}"))]
    );
    w.app
        .as_person(&w.learner)
        .put(&submission(task), json!({"text": "x", "based_on": 0}))
        .await
        .expect_problem(StatusCode::CONFLICT, "submission.graded");
    assert_eq!(assistant.get(&queue).await.expect(200).json()["items"], json!([]));
    assert_eq!(
        assistant.get(&format!("{queue}?part=graded")).await.expect(200).json()["items"][0]["points"],
        8000
    );
});

testkit::on_both_databases!(work_is_graded_once_whoever_grades_it, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let sends: Vec<_> = (0..20)
        .map(|n| {
            let (app, at) = (w.app.clone(), format!("{}/finish", review(&work)));
            let who = if n % 2 == 0 { w.assistant.clone() } else { w.expert.clone() };
            let body = opinion(&work, "grade", ["a", "b", "c", "d"][n % 4]);
            tokio::spawn(async move { app.as_person(&who).post(&at, body).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for send in sends {
        statuses.push(send.await.expect("the request ends"));
    }
    statuses.sort_unstable();
    assert_eq!((statuses[0], statuses[1..].iter().all(|s| *s == 409)), (204, true), "{statuses:?}");
});

testkit::on_both_databases!(work_is_sent_back_once_however_often_it_is_sent, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "reflect", None).await;
    let reflection = w.reflection(&bed, task, w.learner.id).await;
    let at = format!("/api/v1/reflections/{reflection}/review/finish");
    let body = json!({"decision": "send_back", "hand_in": 1, "based_on": 0, "levels": {}, "comment": "请写写学生怎么说。"});
    let sends: Vec<_> = (0..8)
        .map(|_| {
            let (app, who, at, body) = (w.app.clone(), w.assistant.clone(), at.clone(), body.clone());
            tokio::spawn(async move { app.as_person(&who).post(&at, body).await.status })
        })
        .collect();
    for send in sends {
        assert_eq!(send.await.expect("the request ends"), 204, "the same answer for the same words");
    }
    let mut conn = bed.db().read().await.expect("a reader");
    let reviews: i64 = storage::sql("select count(*) as value from reviews where state = 'returned'")
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!((reviews, w.notices(&w.learner).await.len()), (1, 1));
    let other =
        json!({"decision": "send_back", "hand_in": 1, "based_on": 0, "levels": {}, "comment": "再短一点。"});
    w.app
        .as_person(&w.assistant)
        .post(&at, other)
        .await
        .expect_problem(StatusCode::CONFLICT, "review.not_waiting");
});

testkit::on_both_databases!(work_goes_back_and_comes_again, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let (assistant, at) = (w.app.as_person(&w.assistant), format!("{}/finish", review(&work)));
    let mut silent = opinion(&work, "send_back", "c");
    silent["comment"] = json!(" ");
    assistant
        .post(&at, silent)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "review.comment_missing");
    assistant.post(&at, opinion(&work, "send_back", "c")).await.expect(204);
    assistant
        .post(&at, opinion(&work, "grade", "c"))
        .await
        .expect_problem(StatusCode::CONFLICT, "review.not_waiting");
    assert_eq!(state(&w, task).await, ["returned", "returned"], "it waits for its learner");
    let standing = format!("/api/v1/my/standing?training_id={}", w.training);
    let next = w.app.as_person(&w.learner).get(&standing).await.expect(200).json()["next"][0].clone();
    assert_eq!(
        (next["state"].as_str(), next["task"]["kind"].as_str()),
        (Some("returned"), Some("assignment"))
    );

    // In the same microsecond: the number tells the two apart, not the clock.
    let revised = w.handed_in(&w.learner, task, "改过的一年级和三年级的安排").await;
    assert_eq!(state(&w, task).await, ["awaiting_review", "awaiting_review"]);
    assistant
        .post(&at, opinion(&work, "grade", "a"))
        .await
        .expect_problem(StatusCode::CONFLICT, "review.work_changed");
    let next = w.app.as_person(&w.learner).get(&standing).await.expect(200).json()["next"].clone();
    assert!(next.as_array().expect("steps").iter().all(|step| step["state"] != "returned"), "{next}");
    let queue = assistant.get(&format!("/api/v1/classes/{}/grading-queue", w.class)).await.expect(200).json();
    assert_eq!(queue["items"][0]["again"], true);
    assistant.post(&at, opinion(&revised, "grade", "a")).await.expect(204);
    let work = assistant.get(at.trim_end_matches("/review/finish")).await.expect(200).json();
    assert_eq!((work["reviews"].as_array().map(Vec::len), work["graded"].as_bool()), (Some(2), Some(true)));
});

testkit::on_both_databases!(reflection_is_reviewed_like_an_assignment, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "reflect", None).await;
    let reflection = w.reflection(&bed, task, w.learner.id).await;
    let assistant = w.app.as_person(&w.assistant);
    let queue = assistant.get(&format!("/api/v1/classes/{}/grading-queue", w.class)).await.expect(200).json();
    assert_eq!(
        (queue["items"][0]["work_kind"].as_str(), queue["items"][0]["work_id"].as_str()),
        (Some("reflection"), Some(reflection.to_string().as_str()))
    );
    let at = format!("/api/v1/reflections/{reflection}");
    let work = assistant.get(&format!("{at}/work")).await.expect(200).json();
    assert!(work["body"].as_str().expect("text").contains("**四年级**"));
    let levels = json!({"event": "a", "think": "b", "next": "a"});
    let body = json!({"hand_in": work["hand_in"], "based_on": 0, "levels": levels,
        "comment": "读了三遍。"});
    assistant.put(&format!("{at}/review"), body.clone()).await.expect(200);
    let with = |decision| {
        let mut body = body.clone();
        body["decision"] = json!(decision);
        body
    };
    assistant.post(&format!("{at}/review/finish"), with("send_back")).await.expect(204);
    let empty = assistant.get(&format!("/api/v1/classes/{}/grading-queue", w.class)).await.expect(200).json();
    assert_eq!(empty["items"], json!([]));
    w.hands_in_again(&bed, reflection).await;
    let again = assistant.get(&format!("/api/v1/classes/{}/grading-queue", w.class)).await.expect(200).json();
    assert_eq!(
        (&again["items"][0]["work_id"], &again["items"][0]["again"]),
        (&json!(reflection), &json!(true))
    );
    assistant
        .post(&format!("{at}/review/finish"), with("grade"))
        .await
        .expect_problem(StatusCode::CONFLICT, "review.work_changed");
    let second = w.reflection(&bed, task, w.classmate.id).await;
    let at = format!("/api/v1/reflections/{second}/review");
    assistant.post(&format!("{at}/finish"), with("grade")).await.expect(204);
    w.app
        .as_person(&w.expert)
        .post(&format!("{at}/finish"), with("grade"))
        .await
        .expect_problem(StatusCode::CONFLICT, "review.already_graded");
    let mine =
        w.app.as_person(&w.classmate).get(&format!("/api/v1/tasks/{task}/reviews")).await.expect(200).json();
    assert_eq!((mine[0]["points"].as_i64(), mine[0]["most"].as_i64()), (Some(2800), Some(3000)));
});

testkit::on_both_databases!(newer_judgement_of_another_device_stays, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let (assistant, at) = (w.app.as_person(&w.assistant), review(&work));
    let draft = |based_on: i64, comment: &str| {
        json!({"hand_in": work["hand_in"], "based_on": based_on, "levels": {"real": "a"},
            "comment": comment})
    };
    // Two devices begin at once: one is kept, the other is told.
    let sends: Vec<_> = ["在电脑上写的", "在手机上写的"]
        .map(|comment| {
            let (app, who, at, body) = (w.app.clone(), w.assistant.clone(), at.clone(), draft(0, comment));
            tokio::spawn(async move { app.as_person(&who).put(&at, body).await.status })
        })
        .into();
    let mut statuses = Vec::new();
    for send in sends {
        statuses.push(send.await.expect("the request ends"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);

    let newer = assistant.put(&at, draft(1, "看完了再写")).await.expect(200).json();
    assert_eq!(newer["draft"]["version"], 2);
    let mut older = draft(1, "先写一句");
    let expected = json!({"version": 2, "levels": {"real": "a"}, "comment": "看完了再写"});
    let refused = assistant.put(&at, older.clone()).await;
    let refused = refused.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict").json();
    assert_eq!(refused["extra"], expected);
    older["decision"] = json!("send_back");
    assistant
        .post(&format!("{at}/finish"), older)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    let still = assistant.get(at.trim_end_matches("/review")).await.expect(200).json();
    assert_eq!(
        (still["draft"]["comment"].as_str(), still["returned"].as_bool()),
        (Some("看完了再写"), Some(false))
    );
});

testkit::on_both_databases!(nobody_else_reviews, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let at = format!("{}/finish", review(&work));
    for (who, status) in [
        (&w.learner, 403),
        (&w.classmate, 403),
        (&w.neighbour, 404),
        (&w.other_assistant, 404),
        (&w.outsider, 404),
        (&w.office, 403),
    ] {
        assert_eq!(w.app.as_person(who).post(&at, opinion(&work, "grade", "a")).await.status, status);
    }
    // An assistant who also learns in the class.
    let both = bed.regrant(
        &w.learner,
        &[
            Grant { role: Role::Learner, scope: Scope::Training(w.training) },
            Grant { role: Role::Assistant, scope: Scope::Class(w.class) },
        ],
    );
    rows::class_allocation::assign(&bed, w.class, both.id, Role::Assistant).await;
    w.app
        .as_person(&both)
        .post(&at, opinion(&work, "grade", "a"))
        .await
        .expect_problem(StatusCode::FORBIDDEN, "review.own");
});

testkit::on_both_databases!(training_makes_its_own_rubric, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let level = |key: &str, points: u16| json!({"key": key, "title": key, "points": points});
    let body = json!({"work_kind": "assignment", "title": "一张纸教案", "criteria": [
        {"key": "one", "title": "写在一张纸上", "levels": [level("yes", 10), level("no", 0)]}]});
    let at = format!("/api/v1/trainings/{}/rubrics", w.training);
    let made = w.app.as_person(&w.expert).post(&at, body.clone()).await.expect(201).json();
    assert_eq!(made["most"], 1000);
    let mut twice = body.clone();
    twice["criteria"][0]["levels"][1]["key"] = json!("yes");
    w.app
        .as_person(&w.expert)
        .post(&at, twice)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "rubric.key_twice");
    assert_eq!(w.app.as_person(&w.assistant).post(&at, body).await.status, 403);
    let all = w.app.as_person(&w.assistant).get(&at).await.expect(200).json();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(3));

    let id: kernel::id::RubricId = serde_json::from_value(made["id"].clone()).expect("an id");
    let task = w.task(&bed, "assignment", Some(id.uuid())).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    assert_eq!(work["rubric"]["title"], "一张纸教案");
});

testkit::on_both_databases!(what_was_judged_is_shown_byte_for_byte, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let first_words = "一年级  和三年级\r\n的同科安排<b>";
    let work = w.handed_in(&w.learner, task, first_words).await;
    let at = review(&work);
    let (assistant, expert) = (w.app.as_person(&w.assistant), w.app.as_person(&w.expert));
    let begun = json!({"hand_in": work["hand_in"], "based_on": 0, "levels": {"real": "a"},
        "comment": "写到一半"});
    expert.put(&at, begun).await.expect(200);
    assistant.post(&format!("{at}/finish"), opinion(&work, "send_back", "c")).await.expect(204);

    // The other reviewer's words are kept for them alone.
    let page = at.trim_end_matches("/review");
    let theirs = expert.get(page).await.expect(200).json();
    assert_eq!(
        (theirs["overtaken"][0]["comment"].as_str(), theirs["draft"].is_null()),
        (Some("写到一半"), true)
    );
    assert_eq!(theirs["overtaken"][0]["state"], "overtaken");
    assert_eq!(assistant.get(page).await.expect(200).json()["overtaken"], json!([]));

    // In the same microsecond.
    w.handed_in(&w.learner, task, "改过的一年级和三年级的安排").await;
    let kept = format!("{page}/hand-ins");
    for (who, status) in [
        (&w.learner, 200),
        (&w.assistant, 200),
        (&w.expert, 200),
        (&w.classmate, 403),
        (&w.neighbour, 404),
        (&w.outsider, 404),
    ] {
        assert_eq!(w.app.as_person(who).get(&kept).await.status, status);
    }
    let hand_ins = w.app.as_person(&w.learner).get(&kept).await.expect(200).json();
    let said: Vec<_> = hand_ins["items"].as_array().expect("hand-ins").iter().map(|h| &h["body"]).collect();
    assert_eq!(said, ["改过的一年级和三年级的安排", first_words]);
    assert_eq!(hand_ins["items"][0]["reviews"], json!([]));
    let judged = &hand_ins["items"][1]["reviews"];
    assert_eq!((judged.as_array().map(Vec::len), &judged[0]["state"]), (Some(1), &json!("returned")));
});

testkit::on_both_databases!(
    draft_saved_while_another_grades_the_work_does_not_stay,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let task = w.task(&bed, "assignment", None).await;
        let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
        // The grade waits with all that it wrote for its learner's channel.
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        storage::sql("insert into realtime_channels (name, number) values ($1, 1)")
            .bind(format!("person:{}", w.learner.id))
            .exec(&mut tx)
            .await
            .expect("a channel");
        let (app, who, at) = (w.app.clone(), w.assistant.clone(), format!("{}/finish", review(&work)));
        let body = opinion(&work, "grade", "b");
        let finish = tokio::spawn(async move { app.as_person(&who).post(&at, body).await.status });
        bed.until_waiting(1, &[&finish]).await;
        let (app, who, at, body) =
            (w.app.clone(), w.expert.clone(), review(&work), opinion(&work, "grade", "a"));
        let save = tokio::spawn(async move { app.as_person(&who).put(&at, body).await.status });
        bed.until_waiting(2, &[&save]).await;
        drop(tx);
        assert_eq!(finish.await.expect("it ends"), 204);
        save.await.expect("it ends");
        let drafts: i64 = storage::sql("select count(*) as value from reviews where state = 'draft'")
            .one(&mut bed.db().read().await.expect("a reader"))
            .await
            .expect("a count");
        assert_eq!(drafts, 0, "the work is graded");
    }
);

testkit::on_both_databases!(finished_works_are_paged, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let assistant = w.app.as_person(&w.assistant);
    let queue = format!("/api/v1/classes/{}/grading-queue?part=graded", w.class);
    let mut graded = Vec::new();
    for turn in 0..3 {
        let task = w.task(&bed, "assignment", None).await;
        let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
        // Two of them are finished in the same instant.
        bed.clock.advance_seconds(i64::from(turn == 2));
        assistant.post(&format!("{}/finish", review(&work)), opinion(&work, "grade", "b")).await.expect(204);
        graded.push(work["work_id"].clone());
    }
    let first = assistant.get(&format!("{queue}&limit=1")).await.expect(200).json();
    let mut shown = vec![first["items"][0]["work_id"].clone()];
    assert_eq!((first["items"].as_array().map(Vec::len), &shown[0]), (Some(1), &graded[2]));
    let mut next = first["next"].clone();
    while let Some(after) = next.as_str() {
        let page = assistant.get(&format!("{queue}&limit=1&after={after}")).await.expect(200).json();
        shown.push(page["items"][0]["work_id"].clone());
        assert!(shown.len() <= 3, "{page}");
        next = page["next"].clone();
    }
    let names =
        |works: &[Value]| works.iter().map(ToString::to_string).collect::<std::collections::BTreeSet<_>>();
    assert_eq!((shown.len(), names(&shown)), (3, names(&graded)));
    let nowhere = assistant.get(&format!("{queue}&after=x")).await;
    nowhere.expect_problem(StatusCode::NOT_FOUND, "not_found");
});
