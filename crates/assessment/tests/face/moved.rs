//! Who left, was admitted again and sits in another class: what they go on with goes along, what was judged stays where it was judged.

use http::StatusCode;
use kernel::id::ClassId;
use serde_json::{Value, json};
use testkit::TestBed;

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
    w.app.as_person(&w.assistant).get(&path).await.expect(200);
    w.app.as_person(&w.other_assistant).get(&path).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
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
    me.get(&format!("/api/v1/tasks/{task}/reviews")).await.expect(200);
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
