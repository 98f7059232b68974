//! Who left, was admitted again and sits in another class: what they go on with goes along, what was judged stays where it was judged.

use http::StatusCode;
use kernel::id::ClassId;
use serde_json::{Value, json};
use testkit::{TestBed, rows};

use crate::world::{World, answer, submission};

fn id(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}

testkit::on_both_databases!(work_goes_along_into_the_new_class, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    w.app
        .as_person(&w.learner)
        .put(&submission(task), json!({"text": "草稿", "based_on": 0}))
        .await
        .expect(200);
    let moved = w.moved(&bed).await;
    let me = w.app.as_person(&moved);
    let body = json!({"text": "一年级和三年级的同科安排", "based_on": 1, "files": []});
    let made = me.post(&format!("{}/hand-in", submission(task)), body).await.expect(200).json();
    assert_eq!(w.queue(&w.other_assistant, w.other_class).await, [id(&made)]);
    assert!(w.queue(&w.assistant, w.class).await.is_empty());
    let path = format!("/api/v1/submissions/{}", id(&made));
    w.app.as_person(&w.other_assistant).get(&path).await.expect(200);
    w.app.as_person(&w.assistant).get(&path).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
});

/// Who may open a work now: the assistants of the old and of the new class.
async fn open_to(w: &World, path: &str) -> (u16, u16) {
    let status = async |who| w.app.as_person(who).get(path).await.status;
    (status(&w.assistant).await, status(&w.other_assistant).await)
}

fn graded(based_on: i64, hand_in: i64) -> Value {
    json!({"decision": "grade", "hand_in": hand_in, "based_on": based_on, "comment": "好",
        "levels": {"real": "a", "design": "a", "tasks": "a", "use": "a"}})
}

/// The learner's only task as the matrix of the other class has it, and how many of theirs are done.
async fn state_in_matrix(w: &World) -> (String, u64) {
    let matrix = format!("/api/v1/classes/{}/matrix?week=1", w.other_class);
    let matrix = w.app.as_person(&w.other_assistant).get(&matrix).await.expect(200).json();
    let rows = matrix["learners"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["person_id"] == json!(w.learner.id)).expect("a row");
    let state = row["cells"][0]["state"].as_str().expect("a state");
    (state.to_owned(), row["done"].as_u64().expect("a count"))
}

/// The learner's share of what assignments count, as the lead's results say it, in hundredths.
async fn assignments_score(w: &World) -> i64 {
    let results = format!("/api/v1/trainings/{}/results", w.training);
    let lead = w.app.as_person(&w.lead);
    lead.post_version(&format!("{results}/compute"), json!({"confirm": true}), 0).await.expect(200);
    let one = lead.get(&format!("{results}/{}", w.learner.id)).await.expect(200).json();
    let components = one["components"].as_array().expect("components");
    let of = components.iter().find(|component| component["kind"] == "assignments");
    of.expect("assignments")["score"].as_i64().expect("a score")
}

testkit::on_both_databases!(what_waits_is_in_the_new_queue_at_once, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let work = work["work_id"].as_str().expect("an id").to_owned();
    let task = w.task(&bed, "reflect", None).await;
    let reflection = w.reflection(&bed, task, w.learner.id).await;
    let both = [work.clone(), reflection.to_string()];
    assert_eq!(w.queue(&w.assistant, w.class).await, both);
    let moved = w.moved(&bed).await;
    assert_eq!(w.queue(&w.other_assistant, w.other_class).await, both);
    assert!(w.queue(&w.assistant, w.class).await.is_empty());
    let at = format!("/api/v1/submissions/{work}");
    for path in [
        at.clone(),
        format!("{at}/hand-ins"),
        format!("/api/v1/reflections/{reflection}/work"),
        format!("/api/v1/reflections/{reflection}/hand-ins"),
    ] {
        assert_eq!(open_to(&w, &path).await, (404, 200), "{path}");
    }
    let review = format!("{at}/review/finish");
    w.app
        .as_person(&w.assistant)
        .post(&review, graded(0, 1))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    w.app.as_person(&w.other_assistant).post(&review, graded(0, 1)).await.expect(204);
    // Who leaves once more leaves it with those who judged it, and what waits with those who had it last.
    rows::class_allocation::departed(&bed, w.training, w.other_class, moved.id).await;
    assert_eq!(open_to(&w, &at).await, (404, 200));
    assert_eq!(open_to(&w, &format!("/api/v1/reflections/{reflection}/work")).await, (404, 200));
});

testkit::on_both_databases!(what_a_reviewer_has_begun_stays_theirs_to_finish, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let id = work["work_id"].as_str().expect("an id").to_owned();
    let at = format!("/api/v1/submissions/{id}");
    let begun = json!({"hand_in": 1, "based_on": 0, "levels": {"real": "a"}, "comment": "先看到这里"});
    let assistant = w.app.as_person(&w.assistant);
    assistant.put(&format!("{at}/review"), begun).await.expect(200);
    let moved = w.moved(&bed).await;
    assert_eq!(w.queue(&w.assistant, w.class).await, [id.as_str()]);
    assert!(w.queue(&w.other_assistant, w.other_class).await.is_empty());
    assert_eq!(open_to(&w, &at).await, (200, 404));
    // The learner goes on with it in the new class, where others would judge it, had nobody begun.
    let me = w.app.as_person(&moved);
    let body = json!({"text": "改好的同科安排：先三年级，后四年级", "based_on": 1, "files": []});
    me.post(&format!("{}/hand-in", submission(task)), body).await.expect(200);
    let seen = assistant.get(&at).await.expect(200).json();
    assert_eq!((&seen["draft"]["comment"], &seen["hand_in"]), (&json!("先看到这里"), &json!(2)), "{seen}");
    assert_eq!(w.queue(&w.assistant, w.class).await, [id.as_str()]);
    w.app
        .as_person(&w.other_assistant)
        .post(&format!("{at}/review/finish"), graded(0, 2))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    assistant.post(&format!("{at}/review/finish"), graded(1, 2)).await.expect(204);
    assert_eq!(open_to(&w, &at).await, (200, 404));
    assert!(w.queue(&w.assistant, w.class).await.is_empty());
    assert_eq!(assignments_score(&w).await, 10_000, "it counts, wherever it was judged");
});

testkit::on_both_databases!(what_was_sent_back_comes_again_in_the_new_class, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let at = format!("/api/v1/submissions/{}", work["work_id"].as_str().expect("an id"));
    let back =
        json!({"decision": "send_back", "hand_in": 1, "based_on": 0, "levels": {}, "comment": "请补上时间"});
    w.app.as_person(&w.assistant).post(&format!("{at}/review/finish"), back).await.expect(204);
    let moved = w.moved(&bed).await;
    assert!(w.queue(&w.other_assistant, w.other_class).await.is_empty(), "it waits for its learner");
    assert_eq!(state_in_matrix(&w).await, ("returned".into(), 0));
    let returned = async |who, class| {
        let path = format!("/api/v1/classes/{class}/grading-queue?part=returned");
        let items = w.app.as_person(who).get(&path).await.expect(200).json()["items"].clone();
        items.as_array().expect("a list").iter().map(|one| one["work_id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(returned(&w.other_assistant, w.other_class).await, [work["work_id"].clone()]);
    assert!(returned(&w.assistant, w.class).await.is_empty());
    let me = w.app.as_person(&moved);
    let standing = me.get(&format!("/api/v1/my/standing?training_id={}", w.training)).await.expect(200);
    assert_eq!(standing.json()["next"][0]["state"], "returned");
    let body = json!({"text": "补上了时间：先三年级，后四年级", "based_on": 1, "files": []});
    me.post(&format!("{}/hand-in", submission(task)), body).await.expect(200);
    assert_eq!(w.queue(&w.other_assistant, w.other_class).await.len(), 1);
    assert!(returned(&w.other_assistant, w.other_class).await.is_empty(), "it came again");
    let seen = w.app.as_person(&w.other_assistant).get(&at).await.expect(200).json();
    assert_eq!(seen["reviews"][0]["comment"], "请补上时间", "they read what was said before");
    assert_eq!(open_to(&w, &at).await, (404, 200));
});

testkit::on_both_databases!(what_is_graded_stays_where_it_was_judged, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let path = format!("/api/v1/submissions/{}", work["work_id"].as_str().expect("an id"));
    let judged = json!({"decision": "grade", "hand_in": work["hand_in"], "based_on": 0, "comment": "好",
        "levels": {"real": "a", "design": "a", "tasks": "a", "use": "a"}});
    w.app.as_person(&w.assistant).post(&format!("{path}/review/finish"), judged).await.expect(204);
    let moved = w.moved(&bed).await;
    let mine = w.app.as_person(&moved);
    mine.put(&submission(task), json!({"text": "再改", "based_on": 1}))
        .await
        .expect_problem(StatusCode::CONFLICT, "submission.graded");
    let page = mine.get(&submission(task)).await.expect(200).json();
    assert_eq!(page["reviews"].as_array().map(Vec::len), Some(1), "{page}");
    assert_eq!(open_to(&w, &path).await, (200, 404));
    assert_eq!(assignments_score(&w).await, 10_000, "it counts, wherever it was judged");
});

testkit::on_both_databases!(open_test_goes_on_in_the_new_class, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let moved = w.moved(&bed).await;
    let (me, at) = (w.app.as_person(&moved), format!("/api/v1/attempts/{}", id(&attempt)));
    me.get(&at).await.expect(200);
    let first = json!({"answers": [answer(&attempt, 0, 1, &["b"])]});
    me.put(&format!("{at}/answers"), first).await.expect(200);
    let resumed = w.start(&moved, paper, task).await;
    assert_eq!((id(&resumed), resumed["answers"].as_array().map(Vec::len)), (id(&attempt), Some(1)));
    me.post(&format!("{at}/submit"), json!({"answers": []})).await.expect(200);
    let class: ClassId = storage::sql("select class_id as value from attempts")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("one attempt");
    assert_eq!(class, w.other_class);
    w.app.as_person(&w.other_assistant).get(&at).await.expect(200);
    w.app.as_person(&w.assistant).get(&at).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
});

testkit::on_both_databases!(reflection_and_claim_go_along, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "reflect", None).await;
    let reflection = w.reflection(&bed, task, w.learner.id).await;
    let moved = w.moved(&bed).await;
    let path = format!("/api/v1/tasks/{task}/reflection");
    w.app
        .as_person(&moved)
        .put(&path, json!({"draft": "今天我把三年级的课先放了。", "based_on": 1}))
        .await
        .expect(200);
    assert_eq!(w.queue(&w.other_assistant, w.other_class).await, [reflection.to_string()]);
    assert!(w.queue(&w.assistant, w.class).await.is_empty());
    let class: ClassId = storage::sql("select class_id as value from claims where person_id = $1")
        .bind(moved.id)
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("one claim");
    assert_eq!(class, w.other_class);
});

/// Where the learner's list is claimed.
async fn claimed_in(bed: &TestBed, w: &World) -> ClassId {
    storage::sql("select class_id as value from claims where person_id = $1")
        .bind(w.learner.id)
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("one claim")
}

testkit::on_both_databases!(claim_goes_along_with_what_is_done_once_more, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let assignment = w.task(&bed, "assignment", None).await;
    w.handed_in(&w.learner, assignment, "一年级和三年级的同科安排").await;
    let moved = w.moved(&bed).await;
    let me = w.app.as_person(&moved);
    let better = json!({"text": "改好的同科安排：先三年级，后四年级", "based_on": 1, "files": []});
    assert_eq!(claimed_in(&bed, &w).await, w.class);
    me.post(&format!("{}/hand-in", submission(assignment)), better).await.expect(200);
    assert_eq!(claimed_in(&bed, &w).await, w.other_class);
});

testkit::on_both_databases!(claim_goes_along_with_another_attempt, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let submit = |attempt: &Value| format!("/api/v1/attempts/{}/submit", id(attempt));
    let first = w.start(&w.learner, paper, task).await;
    w.app.as_person(&w.learner).post(&submit(&first), json!({})).await.expect(200);
    let moved = w.moved(&bed).await;
    let second = w.start(&moved, paper, task).await;
    w.app.as_person(&moved).post(&submit(&second), json!({})).await.expect(200);
    assert_eq!(claimed_in(&bed, &w).await, w.other_class);
});

testkit::on_both_databases!(claim_goes_along_before_its_task_is_done, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    w.app.as_person(&w.learner).post(&format!("/api/v1/tasks/{task}/start"), json!({})).await.expect(204);
    let moved = w.moved(&bed).await;
    // Whoever opens a task holds the claim first.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql("update claims set class_id = class_id where person_id = $1")
        .bind(moved.id)
        .exec(&mut tx)
        .await
        .expect("the claim is held");
    let app = w.app.clone();
    let asked = tokio::spawn(async move {
        let body = json!({"text": "一年级和三年级的同科安排", "based_on": 0, "files": []});
        app.as_person(&moved).post(&format!("{}/hand-in", submission(task)), body).await
    });
    bed.until_waiting(1, &[&asked]).await;
    if !bed.db().is_sqlite() {
        let free: Result<i64, _> = storage::sql(
            "select credited_ms as value from task_progress where task_id = $1 for update nowait",
        )
        .bind(task)
        .one(&mut tx)
        .await;
        free.expect("whoever waits for the claim holds nothing that comes later");
    }
    tx.commit().await.expect("a commit");
    asked.await.expect("it ends").expect(200);
    assert_eq!(claimed_in(&bed, &w).await, w.other_class);
});

testkit::on_both_databases!(what_nobody_submitted_is_settled_in_the_new_class, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let at = format!("/api/v1/attempts/{}", id(&attempt));
    let saved = json!({"answers": [answer(&attempt, 0, 1, &["b"])]});
    w.app.as_person(&w.learner).put(&format!("{at}/answers"), saved).await.expect(200);
    w.moved(&bed).await;
    // The time is over, and the day in which more might arrive.
    bed.clock.advance_seconds(600 + 86_405);
    let compute = format!("/api/v1/trainings/{}/results/compute", w.training);
    w.app.as_person(&w.lead).post_version(&compute, json!({"confirm": true}), 0).await.expect(200);
    let matrix = format!("/api/v1/classes/{}/matrix?week=1", w.other_class);
    let matrix = w.app.as_person(&w.other_assistant).get(&matrix).await.expect(200).json();
    let learners = matrix["learners"].as_array().expect("learners");
    let theirs = learners.iter().find(|learner| learner["person_id"] == json!(w.learner.id));
    assert_eq!(theirs.expect("they sit there")["cells"][0]["state"], "below_minimum", "{matrix}");
    assert_eq!(claimed_in(&bed, &w).await, w.other_class);
    w.app.as_person(&w.other_assistant).get(&at).await.expect(200);
});

testkit::on_both_databases!(who_left_reads_what_they_wrote_and_has_no_result, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let compute = format!("/api/v1/trainings/{}/results/compute", w.training);
    let lead = w.app.as_person(&w.lead);
    lead.post_version(&compute, json!({"confirm": true}), 0).await.expect(200);
    let result = format!("/api/v1/trainings/{}/results/{}", w.training, w.learner.id);
    lead.get(&result).await.expect(200);

    testkit::rows::class_allocation::departed(&bed, w.training, w.class, w.learner.id).await;
    let gone = bed.regrant(&w.learner, &[]);
    let me = w.app.as_person(&gone);
    let page = me.get(&submission(task)).await.expect(200).json();
    assert_eq!((&page["work"]["body"], page["open"].is_null()), (&work["body"], true));
    let reviews = me.get(&format!("/api/v1/tasks/{task}/reviews")).await.expect(200).json();
    assert_eq!(reviews, json!([]));
    me.get(&format!("/api/v1/submissions/{}/hand-ins", work["work_id"].as_str().expect("an id")))
        .await
        .expect(200);
    // It is read and no more, by nobody but them.
    me.put(&submission(task), json!({"text": "再改", "based_on": 1}))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    w.app
        .as_person(&w.outsider)
        .get(&submission(task))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    for who in [&w.lead, &gone] {
        w.app.as_person(who).get(&result).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
});

testkit::on_both_databases!(
    a_reflection_without_a_review_has_none_after_leaving,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let (handed_in, begun) = (w.task(&bed, "reflect", None).await, w.task(&bed, "reflect", None).await);
        let untouched = w.task(&bed, "reflect", None).await;
        w.reflection(&bed, handed_in, w.learner.id).await;
        let draft = json!({"draft": "今天我把三年级的课先放了。", "based_on": 0});
        let path = |task| format!("/api/v1/tasks/{task}/reflection");
        w.app.as_person(&w.learner).put(&path(begun), draft).await.expect(200);
        rows::class_allocation::departed(&bed, w.training, w.class, w.learner.id).await;
        let gone = bed.regrant(&w.learner, &[]);
        for task in [handed_in, begun] {
            let me = w.app.as_person(&gone);
            assert!(
                !me.get(&path(task)).await.expect(200).json()["draft"].as_str().expect("text").is_empty()
            );
            let reviews = format!("/api/v1/tasks/{task}/reviews");
            assert_eq!(me.get(&reviews).await.expect(200).json(), json!([]));
            let other = w.app.as_person(&w.outsider).get(&reviews).await;
            other.expect_problem(StatusCode::NOT_FOUND, "not_found");
        }
        let nothing = w.app.as_person(&gone).get(&format!("/api/v1/tasks/{untouched}/reviews")).await;
        nothing.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
);
