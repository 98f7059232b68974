//! Grades that are given at the same time as something else: what the board says of a test is the best attempt, by what is asked for now.

use serde_json::{Value, json};
use storage::sql;
use testkit::TestBed;

use crate::world::{World, answer};

fn submit_of(attempt: &Value) -> String {
    format!("/api/v1/attempts/{}/submit", attempt["id"].as_str().expect("an id"))
}

/// What the learner's week says of its only task.
async fn of_week(w: &World) -> (Value, Value) {
    let week = format!("/api/v1/classes/{}/weeks/1", w.class);
    let task = w.app.as_person(&w.learner).get(&week).await.expect(200).json()["list"]["tasks"][0].clone();
    (task["state"].clone(), task["test"].clone())
}

testkit::on_both_databases!(another_attempt_begins_behind_the_grade_of_the_last, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({"attempts_allowed": 3})).await;
    let first = w.start(&w.learner, paper, task).await;
    // The grade is written, and what the board keeps of it waits.
    let mut held = bed.db().begin_write().await.expect("a transaction");
    sql("insert into task_progress (task_id, person_id, class_id, training_id, state, started_at, late, credited_ms, covered) \
         values ($1, $2, $3, $4, 'started', $5, false, 0, $6)")
    .bind(task)
    .bind(w.learner.id)
    .bind(w.class)
    .bind(w.training)
    .bind(bed.ambient.now())
    .bind(json!([]))
    .exec(&mut held)
    .await
    .expect("a first step");
    let (app, me, at) = (w.app.clone(), w.learner.clone(), submit_of(&first));
    let right =
        [answer(&first, 0, 1, &["b"]), answer(&first, 1, 1, &["a", "c"]), answer(&first, 2, 1, &["true"])];
    let body = json!({ "answers": right });
    let submit = tokio::spawn(async move { app.as_person(&me).post(&at, body).await.expect(200).json() });
    bed.until_waiting(1, &[&submit]).await;
    let (app, me, at) = (w.app.clone(), w.learner.clone(), format!("/api/v1/test-papers/{paper}/attempts"));
    let begin = tokio::spawn(async move {
        app.as_person(&me).post(&at, json!({"task_id": task})).await.expect(201).json()
    });
    bed.until_waiting(2, &[&submit, &begin]).await;
    drop(held);
    submit.await.expect("it ends");
    begin.await.expect("it ends");
    // The one writer of SQLite may have let it begin first: then it went on with the one that was open.
    let second = w.start(&w.learner, paper, task).await;
    assert_eq!(second["number"], 2);
    w.app.as_person(&w.learner).post(&submit_of(&second), json!({})).await.expect(200);
    let told = json!({"score": 7500, "minimum": 60, "attempts_left": 1});
    assert_eq!(of_week(&w).await, (json!("done"), told));
});

testkit::on_both_databases!(a_grade_is_measured_by_what_was_asked_for_before_it, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({"attempts_allowed": 3})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let at = format!("/api/v1/trainings/{}/evaluation-scheme", w.training);
    let mut more = w.app.as_person(&w.lead).get(&at).await.expect(200).json()["scheme"].clone();
    let parts = more["components"].as_array_mut().expect("components");
    parts.iter_mut().find(|part| part["kind"] == "tests").expect("tests")["minimum"] = json!(80);
    // The lead has the training in hand and is about to write what is asked for.
    let mut held = bed.db().begin_write().await.expect("a transaction");
    sql("insert into evaluation_schemes (training_id, scheme, version, updated_at) values ($1, $2, 1, $3)")
        .bind(w.training)
        .bind(json!({}))
        .bind(bed.ambient.now())
        .exec(&mut held)
        .await
        .expect("a row");
    let (app, lead) = (w.app.clone(), w.lead.clone());
    let save = tokio::spawn(async move { app.as_person(&lead).put_version(&at, more, 0).await.expect(200) });
    bed.until_waiting(1, &[&save]).await;
    let (app, me, at) = (w.app.clone(), w.learner.clone(), submit_of(&attempt));
    let right = [
        answer(&attempt, 0, 1, &["b"]),
        answer(&attempt, 1, 1, &["a", "c"]),
        answer(&attempt, 2, 1, &["true"]),
    ];
    let body = json!({ "answers": right });
    let submit = tokio::spawn(async move { app.as_person(&me).post(&at, body).await.expect(200) });
    bed.until_waiting(2, &[&submit]).await;
    drop(held);
    save.await.expect("it ends");
    submit.await.expect("it ends");
    let told = json!({"score": 7500, "minimum": 80, "attempts_left": 2});
    assert_eq!(of_week(&w).await, (json!("below_minimum"), told));
});
