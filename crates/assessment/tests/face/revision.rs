//! Work that was sent back may come again: until when, everybody is told the same.

use http::StatusCode;
use kernel::Timestamp;
use kernel::id::TaskId;
use serde_json::{Value, json};
use storage::sql;
use testkit::TestBed;

use crate::world::{World, submission};

const DAY: i64 = 86_400;

fn back(hand_in: &Value) -> Value {
    json!({"decision": "send_back", "hand_in": hand_in, "based_on": 0, "levels": {}, "comment": "请补上时间"})
}

/// Sends a work back; it was read as it is.
async fn send_back(w: &World, at: &str) {
    let assistant = w.app.as_person(&w.assistant);
    let kind = if at.contains("/reflections/") { "/work" } else { "" };
    let work = assistant.get(&format!("{at}{kind}")).await.expect(200).json();
    assistant.post(&format!("{at}/review/finish"), back(&work["hand_in"])).await.expect(204);
}

/// State and end of the learner's task, as the week, the task's page and the standing say.
async fn said(w: &World, task: TaskId) -> [(String, String); 3] {
    let me = w.app.as_person(&w.learner);
    let week = me.get(&format!("/api/v1/classes/{}/weeks/1", w.class)).await.expect(200).json();
    let page = me.get(&format!("/api/v1/tasks/{task}")).await.expect(200).json();
    let standing = format!("/api/v1/my/standing?training_id={}", w.training);
    let standing = me.get(&standing).await.expect(200).json();
    let of_task = |all: &Value, key: &str| {
        let all = all.as_array().expect("tasks").iter();
        all.clone().find(|one| one[key] == json!(task)).expect("the task").clone()
    };
    [of_task(&week["list"]["tasks"], "id"), page, of_task(&standing["tasks"], "task_id")].map(|one| {
        let text = |key: &str| one[key].as_str().expect("a text").to_owned();
        (text("state"), text("ends_at"))
    })
}

/// Why the learner needs a word, as their assistant reads it.
async fn reasons(w: &World) -> Value {
    let behind = format!("/api/v1/classes/{}/falling-behind", w.class);
    let behind = w.app.as_person(&w.assistant).get(&behind).await.expect(200).json();
    let mine = behind["items"].as_array().expect("learners").iter();
    let mine = mine.clone().find(|one| one["person_id"] == json!(w.learner.id));
    mine.map_or(Value::Null, |one| one["reasons"].clone())
}

/// What a component of the learner's standing comes to; null while nothing counts.
async fn score(w: &World, component: &str) -> Value {
    let standing = format!("/api/v1/my/standing?training_id={}", w.training);
    let standing = w.app.as_person(&w.learner).get(&standing).await.expect(200).json();
    let components = standing["components"].as_array().expect("components").iter();
    components.clone().find(|one| one["kind"] == component).expect("the component")["score"].clone()
}

fn all(state: &str, ends: &str) -> [(String, String); 3] {
    [0; 3].map(|_| (state.to_owned(), ends.to_owned()))
}

/// To the last microsecond before an instant.
fn until(bed: &TestBed, at: &str) {
    let at: Timestamp = at.parse().expect("an instant");
    bed.clock.set(at.plus_micros(-1));
}

testkit::on_both_databases!(what_is_sent_back_after_the_grace_comes_again, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let at = format!("/api/v1/submissions/{}", work["work_id"].as_str().expect("an id"));
    assert_eq!(said(&w, task).await, all("awaiting_review", "2026-11-15T16:00:00Z"));

    // The days of grace are over when somebody reads it.
    until(&bed, "2026-11-17T16:00:00Z");
    send_back(&w, &at).await;
    let ends = "2026-11-24T16:00:00Z";
    assert_eq!(said(&w, task).await, all("returned", ends));
    let me = w.app.as_person(&w.learner);
    let notice = me.get("/api/v1/notices").await.expect(200).json()["items"][0].clone();
    assert!(notice["text"].as_str().expect("words").contains("最晚2026年11月24日"), "{notice}");
    for component in ["assignments", "tasks"] {
        let score = score(&w, component).await;
        assert!(score.is_null(), "what may still come again counts nothing yet: {component} {score}");
    }
    assert_eq!(reasons(&w).await, json!([{"kind": "returned", "week": 1, "works": 1}]));

    // At the last moment it is taken, and not a moment later.
    until(&bed, ends);
    let mine = me.get(&submission(task)).await.expect(200).json();
    assert_eq!((&mine["open"]["ends_at"], &mine["open"]["late"]), (&json!(ends), &json!(false)));
    let words = |text: &str, based_on: i64| json!({"text": text, "based_on": based_on, "files": []});
    let hand_in = format!("{}/hand-in", submission(task));
    me.post(&hand_in, words("补上了时间：先三年级，后四年级", 1)).await.expect(200);
    assert_eq!(said(&w, task).await, all("awaiting_review", ends));
    bed.clock.advance_seconds(1);
    let refused = me.post(&hand_in, words("又改了一遍：先四年级，后三年级", 2)).await;
    refused.expect_problem(StatusCode::CONFLICT, "task_board.week_closed");

    // Whoever sends it back again gives time again.
    send_back(&w, &at).await;
    assert_eq!(said(&w, task).await, all("returned", "2026-12-02T16:00:00Z"));
    until(&bed, "2026-12-02T16:00:00Z");
    bed.clock.advance_seconds(1);
    let refused = me.post(&hand_in, words("又改了一遍：先四年级，后三年级", 2)).await;
    refused.expect_problem(StatusCode::CONFLICT, "task_board.week_closed");
    assert_eq!(said(&w, task).await, all("missed", "2026-12-02T16:00:00Z"));
    let matrix = format!("/api/v1/classes/{}/matrix?week=1", w.class);
    let matrix = w.app.as_person(&w.assistant).get(&matrix).await.expect(200).json();
    let row = matrix["learners"].as_array().expect("rows").iter();
    let row = row.clone().find(|one| one["person_id"] == json!(w.learner.id)).expect("a row");
    assert_eq!((&row["cells"][0]["state"], &row["done"]), (&json!("missed"), &json!(0)));
    for component in ["assignments", "tasks"] {
        assert_eq!(score(&w, component).await, json!(0), "{component}: what is missed counts as nothing");
    }
});

testkit::on_both_databases!(what_is_back_for_a_day_is_taken_as_long_as_its_week, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let settings = format!("/api/v1/trainings/{}/board-settings", w.training);
    let day = json!({"grace_days": 7, "revision_days": 1});
    w.app.as_person(&w.lead).put_version(&settings, day, 0).await.expect(200);
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    send_back(&w, &format!("/api/v1/submissions/{}", work["work_id"].as_str().expect("an id"))).await;
    let ends = "2026-11-15T16:00:00Z";
    let returned = json!([{"kind": "returned", "week": 1, "works": 1}]);
    // In its week, in the days of grace, and at their last moment.
    for at in ["2026-11-08T15:59:59Z", "2026-11-08T16:00:01Z", ends] {
        until(&bed, at);
        assert_eq!(said(&w, task).await, all("returned", ends), "{at}");
        assert_eq!(reasons(&w).await, returned, "{at}");
    }
    bed.clock.advance_seconds(1);
    assert_eq!(said(&w, task).await, all("missed", ends));
    assert_eq!(reasons(&w).await, json!([{"kind": "missed", "week": 1, "left": 1}]));
});

testkit::on_both_databases!(a_reflection_that_is_sent_back_comes_again_too, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "reflect", None).await;
    let me = w.app.as_person(&w.learner);
    let path = format!("/api/v1/tasks/{task}/reflection");
    let words = |body: &str, based_on: i64| json!({"body": body, "based_on": based_on});
    let first = words("今天我看见一个孩子自己找到了办法。", 0);
    let made = me.post(&format!("{path}/hand-in"), first).await.expect(200).json();
    let at = format!("/api/v1/reflections/{}", made["id"].as_str().expect("an id"));
    assert_eq!(said(&w, task).await, all("awaiting_review", "2026-11-15T16:00:00Z"));
    let settings = format!("/api/v1/trainings/{}/board-settings", w.training);
    let lead = w.app.as_person(&w.lead);
    lead.put_version(&settings, json!({"grace_days": 7, "revision_days": 2}), 0).await.expect(200);
    assert_eq!(lead.get(&settings).await.expect(200).json(), json!({"grace_days": 7, "revision_days": 2}));
    lead.put_version(&settings, json!({"grace_days": 7, "revision_days": 0}), 1).await.expect(422);

    bed.clock.advance_seconds(20 * DAY);
    send_back(&w, &at).await;
    let ends = "2026-11-24T16:00:00Z";
    assert_eq!(said(&w, task).await, all("returned", ends));
    let draft = json!({"draft": "今天我看见一个孩子自己找到了办法，明天再看。", "based_on": 1});
    me.put(&path, draft).await.expect(200);
    until(&bed, ends);
    let better = words("今天我看见一个孩子自己找到了办法，明天再看。", 2);
    me.post(&format!("{path}/hand-in"), better.clone()).await.expect(200);
    assert_eq!(said(&w, task).await, all("awaiting_review", ends));
    let judged = json!({"decision": "grade", "hand_in": 2, "based_on": 0, "comment": "好",
        "levels": {"event": "a", "think": "b", "next": "a"}});
    w.app.as_person(&w.assistant).post(&format!("{at}/review/finish"), judged).await.expect(204);
    assert_eq!(said(&w, task).await, all("done", ends));
    bed.clock.advance_seconds(1);
    me.post(&format!("{path}/hand-in"), words("再来一次：今天我看见一个孩子。", 3))
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.week_closed");
});

testkit::on_both_databases!(of_two_who_send_the_same_back_one_does, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (assignment, reflect) = (w.task(&bed, "assignment", None).await, w.task(&bed, "reflect", None).await);
    let work = w.handed_in(&w.learner, assignment, "一年级和三年级的同科安排").await;
    let reflection = w.reflection(&bed, reflect, w.learner.id).await;
    let submission = work["work_id"].as_str().expect("an id");
    for at in [format!("/api/v1/submissions/{submission}"), format!("/api/v1/reflections/{reflection}")] {
        let sends: Vec<_> = (0..10)
            .map(|n| {
                let (app, at) = (w.app.clone(), format!("{at}/review/finish"));
                let who = if n % 2 == 0 { w.assistant.clone() } else { w.expert.clone() };
                tokio::spawn(async move { app.as_person(&who).post(&at, back(&json!(1))).await.status })
            })
            .collect();
        let mut statuses = Vec::new();
        for send in sends {
            statuses.push(send.await.expect("the request ends"));
        }
        statuses.sort_unstable();
        // Whoever came first hears the same each time, and the other that it is decided.
        assert_eq!(statuses, [[204; 5], [409; 5]].concat());
    }
    let mut conn = bed.db().read().await.expect("a reader");
    let reviews: i64 = sql("select count(*) as value from reviews where state = 'returned'")
        .one(&mut conn)
        .await
        .expect("a count");
    let given: i64 = sql("select count(*) as value from v_task_progress where given_until is not null")
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!((reviews, given), (2, 2));
});

testkit::on_both_databases!(a_training_does_not_end_before_work_may_come_again, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let at = format!("/api/v1/submissions/{}", work["work_id"].as_str().expect("an id"));
    // Two weeks and the days of grace are over.
    bed.clock.set("2026-11-23T01:00:00Z".parse().expect("an instant"));
    send_back(&w, &at).await;
    let close = format!("/api/v1/trainings/{}/close", w.training);
    let lead = w.app.as_person(&w.lead);
    let early = lead.post_version(&close, json!({"confirm": true}), 0).await;
    let early = early.expect_problem(StatusCode::CONFLICT, "training.not_over").json();
    assert!(early["detail"].as_str().expect("words").contains("2026年11月30日"), "{early}");
    // Once it has come again nothing is waited for.
    let words = json!({"text": "补上了时间：先三年级，后四年级", "based_on": 1, "files": []});
    w.app.as_person(&w.learner).post(&format!("{}/hand-in", submission(task)), words).await.expect(200);
    lead.post_version(&close, json!({"confirm": true}), 0).await.expect(200);
    // And when it is over nothing comes any more.
    let words = json!({"text": "又改了一遍", "based_on": 2, "files": []});
    let late = w.app.as_person(&w.learner).post(&format!("{}/hand-in", submission(task)), words).await;
    late.expect_problem(StatusCode::CONFLICT, "training.closed");
});
