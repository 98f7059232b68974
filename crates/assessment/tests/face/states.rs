//! A test that came to too little is not done: what is asked for, what is left and what comes next is said everywhere.

use serde_json::{Value, json};
use storage::sql;
use testkit::{TestBed, rows};

use crate::world::{World, answer};

/// The learner's only task as the week, its own page, the standing's next step and the class matrix have it.
async fn views(w: &World) -> [Value; 4] {
    let me = w.app.as_person(&w.learner);
    let week = me.get(&format!("/api/v1/classes/{}/weeks/1", w.class)).await.expect(200).json();
    let task = week["list"]["tasks"][0].clone();
    let page =
        me.get(&format!("/api/v1/tasks/{}", task["id"].as_str().expect("an id"))).await.expect(200).json();
    let standing = format!("/api/v1/my/standing?training_id={}", w.training);
    let step = me.get(&standing).await.expect(200).json()["next"][0].clone();
    let matrix = format!("/api/v1/classes/{}/matrix?week=1", w.class);
    let matrix = w.app.as_person(&w.assistant).get(&matrix).await.expect(200).json();
    let row = matrix["learners"].as_array().expect("rows").iter();
    let row = row.clone().find(|one| one["person_id"] == json!(w.learner.id)).expect("a row").clone();
    assert_eq!(row["done"], week["done"]);
    [task, page, step, row["cells"][0].clone()]
}

async fn attempt(w: &World, paper: kernel::id::TestPaperId, task: kernel::id::TaskId, right: usize) {
    let attempt = w.start(&w.learner, paper, task).await;
    let keys: [&[&str]; 4] = [&["b"], &["a", "c"], &["true"], &["a"]];
    let answers: Vec<Value> = (0..right).map(|at| answer(&attempt, at, 1, keys[at])).collect();
    let at = format!("/api/v1/attempts/{}/submit", attempt["id"].as_str().expect("an id"));
    w.app.as_person(&w.learner).post(&at, json!({"answers": answers})).await.expect(200);
}

testkit::on_both_databases!(a_test_below_what_is_asked_for_is_not_done, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({"attempts_allowed": 3})).await;
    attempt(&w, paper, task, 2).await;
    let told = |score: u32, left: u32| json!({"score": score, "minimum": 60, "attempts_left": left});
    for view in views(&w).await {
        assert_eq!((&view["state"], &view["test"]), (&json!("below_minimum"), &told(5000, 2)), "{view}");
    }
    let me = w.app.as_person(&w.learner);
    let week = format!("/api/v1/classes/{}/weeks/1", w.class);
    let said = me.get(&week).await.expect(200).json();
    assert_eq!((&said["done"], &said["next"]), (&json!(0), &json!({"kind": "task", "task_id": task})));
    let behind = format!("/api/v1/classes/{}/falling-behind", w.class);
    let behind = w.app.as_person(&w.assistant).get(&behind).await.expect(200).json();
    let reasons = behind["items"].as_array().expect("learners").iter();
    let reasons = reasons.clone().find(|one| one["person_id"] == json!(w.learner.id)).expect("one");
    assert_eq!(reasons["reasons"], json!([{"kind": "below_minimum", "week": 1, "tests": 1}]));

    // A worse attempt takes nothing away but itself.
    attempt(&w, paper, task, 1).await;
    assert_eq!(views(&w).await[0]["test"], told(5000, 1));

    // When less is asked for, less is enough, and the other way round.
    let scheme = format!("/api/v1/trainings/{}/evaluation-scheme", w.training);
    let lead = w.app.as_person(&w.lead);
    let mut asked = lead.get(&scheme).await.expect(200).json()["scheme"].clone();
    let gate = |asked: &mut Value, minimum: u16| {
        let parts = asked["components"].as_array_mut().expect("components");
        parts.iter_mut().find(|part| part["kind"] == "tests").expect("tests")["minimum"] = json!(minimum);
        asked["pass_from"] = json!(minimum);
    };
    gate(&mut asked, 50);
    lead.put_version(&scheme, asked.clone(), 0).await.expect(200);
    let [of_week, ..] = views(&w).await;
    assert_eq!((&of_week["state"], &of_week["test"]["minimum"]), (&json!("done"), &json!(50)));
    gate(&mut asked, 60);
    lead.put_version(&scheme, asked, 1).await.expect(200);
    assert_eq!(views(&w).await[0]["state"], "below_minimum");

    attempt(&w, paper, task, 3).await;
    let [of_week, page, ..] = views(&w).await;
    assert_eq!((&of_week["state"], &of_week["test"]), (&json!("done"), &told(7500, 0)));
    assert_eq!(page["state"], "done");
    assert_eq!(me.get(&week).await.expect(200).json()["next"], json!({"kind": "rest"}));
    let completed: i64 = sql("select count(*) as value from learning_records where verb = 'completed'")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("a count");
    assert_eq!(completed, 1, "it was completed once, by the first attempt");
});

testkit::on_both_databases!(what_can_still_be_made_up_stands_with_this_week, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, test) = w.test(&bed, json!({})).await;
    attempt(&w, paper, test, 1).await;
    let read = w.task(&bed, "read", None).await;
    let write = w.task(&bed, "assignment", None).await;
    w.handed_in(&w.learner, write, "一年级和三年级的同科安排").await;
    let withdrawn = w.task(&bed, "read", None).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update tasks set withdrawn_at = $2, corrected_as = 'withdrawn', correction = '重复', corrected_at = $2 where id = $1")
        .bind(withdrawn)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("it is withdrawn");
    tx.commit().await.expect("a commit");
    let second = rows::task_board::list(&bed, w.training, 2, &[w.class]).await;
    let own = rows::task_board::task(&bed, second, "read", "读：第二周", None).await;

    let me = w.app.as_person(&w.learner);
    let path = format!("/api/v1/classes/{}/this-week", w.class);
    let first = me.get(&path).await.expect(200).json();
    assert_eq!((&first["week"], &first["make_up"]), (&json!(1), &json!([])));
    bed.clock.advance_seconds(7 * 86_400);
    let week = me.get(&path).await.expect(200).json();
    let left = |week: &Value| -> Vec<Value> {
        let all = week["make_up"].as_array().expect("tasks").iter();
        all.map(|one| json!([one["id"], one["week"], one["state"], one["ends_at"]])).collect()
    };
    let ends = "2026-11-15T16:00:00Z";
    assert_eq!(
        left(&week),
        [json!([test, 1, "below_minimum", ends]), json!([read, 1, "late", ends])],
        "what waits for its review and what is withdrawn asks for nothing"
    );
    assert_eq!((&week["week"], &week["next"]), (&json!(2), &json!({"kind": "claim"})));
    rows::task_board::claim(&bed, second, w.class, w.learner.id).await;
    let next = |week: &Value| week["next"].clone();
    let of = |task| json!({"kind": "task", "task_id": task});
    assert_eq!(next(&me.get(&path).await.expect(200).json()), of(read), "it is taken for the shortest time");
    let standing = format!("/api/v1/my/standing?training_id={}", w.training);
    let steps = me.get(&standing).await.expect(200).json()["next"].clone();
    let steps: Vec<Value> =
        steps.as_array().expect("steps").iter().map(|step| step["task"]["id"].clone()).collect();
    assert_eq!(steps, [json!(read), json!(own), json!(test)], "the standing says the same");
    // Another week is shown alone, and so is this one to who leads the class.
    let one = me.get(&format!("/api/v1/classes/{}/weeks/1", w.class)).await.expect(200).json();
    assert_eq!(one["make_up"], json!([]));
    assert_eq!(w.app.as_person(&w.assistant).get(&path).await.expect(200).json()["make_up"], json!([]));

    bed.clock.advance_seconds(7 * 86_400);
    let week = me.get(&format!("/api/v1/classes/{}/weeks/2", w.class)).await.expect(200).json();
    assert_eq!((left(&week), next(&week)), (vec![], of(own)), "the first week is over for good");
});
