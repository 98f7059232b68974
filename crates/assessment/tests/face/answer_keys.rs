//! Right answers are shown when their learner can use them nowhere any more.

use kernel::Timestamp;
use serde_json::{Value, json};
use testkit::{TestBed, rows};

use crate::world::World;

fn path(attempt: &Value) -> String {
    format!("/api/v1/attempts/{}", attempt["id"].as_str().expect("an id"))
}

/// What the first item of a submitted attempt says to its learner: the right answer, and from when on it does.
async fn key_of(w: &World, attempt: &Value) -> (Value, Option<Timestamp>) {
    let read = w.app.as_person(&w.learner).get(&path(attempt)).await.expect(200).json();
    let from = read["result"]["answers_from"].as_str().map(|at| at.parse().expect("a time"));
    (read["result"]["items"][0]["right"].clone(), from)
}

/// An attempt that is handed in without an answer.
async fn empty(w: &World, paper: kernel::id::TestPaperId, task: kernel::id::TaskId) -> Value {
    let attempt = w.start(&w.learner, paper, task).await;
    let submit = format!("{}/submit", path(&attempt));
    w.app.as_person(&w.learner).post(&submit, json!({})).await.expect(200).json()
}

/// How many days late work is taken.
async fn grace(w: &World, days: u16) {
    let lead = w.app.as_person(&w.lead);
    let at = format!("/api/v1/trainings/{}/board-settings", w.training);
    let read = lead.get(&at).await.expect(200).version();
    lead.put_version(&at, json!({"grace_days": days, "revision_days": 7}), read).await.expect(200);
}

testkit::on_both_databases!(answers_are_shown_when_no_attempt_is_left, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({"show_answers": "after_last"})).await;
    let me = w.app.as_person(&w.learner);
    let first = w.start(&w.learner, paper, task).await;
    let result = me.post(&format!("{}/submit", path(&first)), json!({})).await.expect(200).json();
    assert!(
        result["result"]["items"][0]["right"].is_null()
            && result["result"]["items"][0]["explanation"].is_null()
    );
    assert!(result["result"]["answers_from"].is_string(), "it says until when: {result}");
    let second = w.start(&w.learner, paper, task).await;
    assert!(me.get(&path(&first)).await.expect(200).json()["result"]["items"][0]["right"].is_null());
    me.post(&format!("{}/submit", path(&second)), json!({})).await.expect(200);
    let shown = me.get(&path(&first)).await.expect(200).json();
    assert_eq!(shown["result"]["items"][0]["right"], json!(["b"]));
    assert!(shown["result"]["answers_from"].is_null());
});

testkit::on_both_databases!(answers_are_shown_once_no_attempt_is_taken, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    for (show, shown) in [("after_last", json!(["b"])), ("never", Value::Null)] {
        let (paper, task) = w.test(&bed, json!({"show_answers": show, "attempts_allowed": 3})).await;
        let me = w.app.as_person(&w.learner);
        let attempt = w.start(&w.learner, paper, task).await;
        let empty = me.post(&format!("{}/submit", path(&attempt)), json!({})).await.expect(200).json();
        let at = empty["result"]["answers_from"].as_str().map(str::to_owned);
        assert_eq!(
            (at.is_some(), &empty["result"]["items"][0]["right"]),
            (show == "after_last", &Value::Null)
        );

        let began = bed.ambient.now();
        let ends = at.map_or(began, |at| at.parse::<Timestamp>().expect("a time"));
        bed.clock.set(ends.plus_seconds(-1));
        let right =
            async || me.get(&path(&attempt)).await.expect(200).json()["result"]["items"][0]["right"].clone();
        assert_eq!(right().await, Value::Null);
        bed.clock.set(ends);
        assert_eq!(right().await, shown);
        bed.clock.set(began);
    }
});

testkit::on_both_databases!(more_days_of_grace_keep_the_answers_back_for_longer, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({"attempts_allowed": 3, "minutes": null})).await;
    let first = empty(&w, paper, task).await;
    let (right, from) = key_of(&w, &first).await;
    let ended = from.expect("it says from when on");
    assert!(right.is_null());
    grace(&w, 30).await;
    let longer = ended.plus_days(23);
    bed.clock.set(ended);
    assert_eq!(key_of(&w, &first).await, (Value::Null, Some(longer)), "another attempt may be begun");
    let second = w.start(&w.learner, paper, task).await;
    // Nor do fewer days show what somebody may still use who began under more.
    grace(&w, 0).await;
    bed.clock.set(longer.plus_seconds(-1));
    let waits = (Value::Null, Some(longer.plus_seconds(86_405)));
    assert_eq!(key_of(&w, &first).await, waits);
    let me = w.app.as_person(&w.learner);
    me.post(&format!("{}/submit", path(&second)), json!({})).await.expect(200);
    assert_eq!(key_of(&w, &first).await.0, json!(["b"]));
});

testkit::on_both_databases!(nobody_begins_again_who_was_shown_the_answers, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({"attempts_allowed": 3, "minutes": null})).await;
    let first = empty(&w, paper, task).await;
    let ended = key_of(&w, &first).await.1.expect("it says from when on");
    bed.clock.set(ended);
    assert_eq!(key_of(&w, &first).await.0, json!(["b"]), "its week is over");
    // The week takes work again, from everybody else.
    grace(&w, 30).await;
    assert_eq!(key_of(&w, &first).await, (json!(["b"]), None));
    let me = w.app.as_person(&w.learner);
    let begin = json!({"task_id": task});
    let refused = me.post(&format!("/api/v1/test-papers/{paper}/attempts"), begin).await;
    refused.expect_problem(http::StatusCode::CONFLICT, "attempt.key_known");
    let page = me.get(&format!("/api/v1/tasks/{task}")).await.expect(200).json();
    assert_eq!((&page["test"]["attempts_left"], &page["is_asked"]), (&json!(0), &json!(false)));
    w.start(&w.classmate, paper, task).await;
});

testkit::on_both_databases!(a_paper_of_two_tasks_shows_its_answers_after_both, |bed: TestBed| async move {
    let mut w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({"attempts_allowed": 1})).await;
    let first_list = w.list;
    w.list = rows::task_board::list(&bed, w.training, 2, &[w.class]).await;
    let later = w.task(&bed, "test", Some(paper.uuid())).await;
    let first = empty(&w, paper, task).await;
    let (right, from) = key_of(&w, &first).await;
    let from = from.expect("it says from when on");
    assert!(right.is_null(), "the same questions are asked in the second week");
    rows::task_board::claim(&bed, w.list, w.class, w.learner.id).await;
    bed.clock.advance_seconds(8 * 86_400);
    let second = w.start(&w.learner, paper, later).await;
    bed.clock.advance_seconds(700);
    assert!(key_of(&w, &first).await.0.is_null(), "answers to the other may be on their way");
    let me = w.app.as_person(&w.learner);
    me.post(&format!("{}/submit", path(&second)), json!({})).await.expect(200);
    for attempt in [&first, &second] {
        assert_eq!(key_of(&w, attempt).await, (json!(["b"]), None));
    }
    assert!(bed.ambient.now() < from);

    // A task that asks for nothing any more asks no question again.
    w.list = first_list;
    let (paper, task) = w.test(&bed, json!({"attempts_allowed": 1})).await;
    let other = w.task(&bed, "test", Some(paper.uuid())).await;
    let only = empty(&w, paper, task).await;
    assert!(key_of(&w, &only).await.0.is_null());
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql("update tasks set withdrawn_at = $2, corrected_as = 'withdrawn', correction = '重复', corrected_at = $2 where id = $1")
        .bind(other)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("it is withdrawn");
    tx.commit().await.expect("a commit");
    assert_eq!(key_of(&w, &only).await.0, json!(["b"]));
});
