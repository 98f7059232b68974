//! Answers that arrive when the time is over: what was chosen in time counts until the attempt is handed in, and nothing says before what it
//! is worth.

use std::sync::Arc;

use assessment::{SETTLE_ATTEMPTS, SettleAttempts};
use kernel::Timestamp;
use serde_json::{Value, json};
use storage::jobs::{Every, Runner};
use storage::sql;
use testkit::TestBed;

use crate::world::{World, answer};

/// From the deadline on: what was chosen in time may still arrive.
const DAY: i64 = 86_400;

fn path(attempt: &Value) -> String {
    format!("/api/v1/attempts/{}", attempt["id"].as_str().expect("an id"))
}

/// An answer with the page that it comes from and when it was chosen.
fn chosen(attempt: &Value, place: usize, key: &str, page: &str, at: Timestamp) -> Value {
    let mut answer = answer(attempt, place, 1, &[key]);
    (answer["page"], answer["chosen_at"]) = (json!(page), json!(at));
    answer
}

async fn sends(w: &World, attempt: &Value, answers: Value) -> Value {
    let at = format!("{}/answers", path(attempt));
    w.app.as_person(&w.learner).put(&at, json!({ "answers": answers })).await.expect(200).json()
}

async fn answered(bed: &TestBed) -> i64 {
    sql("select count(*) as value from learning_records where verb = 'answered'")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("a count")
}

/// What the learner finds of the test where it is told, and the class in its standings: the attempt, the sheet, the week, the standing.
async fn told(w: &World, attempt: &Value) -> [Value; 4] {
    let me = w.app.as_person(&w.learner);
    let task = attempt["task_id"].as_str().expect("an id");
    let read = me.get(&path(attempt)).await.expect(200).json()["result"]["score"].clone();
    let sheet = me.get(&format!("/api/v1/tasks/{task}/test")).await.expect(200).json();
    let week = me.get(&format!("/api/v1/classes/{}/weeks/1", w.class)).await.expect(200).json();
    let standings = format!("/api/v1/classes/{}/standings", w.class);
    let standings = w.app.as_person(&w.assistant).get(&standings).await.expect(200).json();
    let rows = standings["items"].as_array().expect("learners").iter();
    let row = rows.clone().find(|row| row["learner"]["id"] == json!(w.learner.id)).expect("a row");
    let tests = row["components"].as_array().expect("components").iter();
    let tests = tests.clone().find(|one| one["kind"] == "tests").expect("tests");
    [
        read,
        sheet["attempts"][0]["score"].clone(),
        week["list"]["tasks"][0]["test"]["score"].clone(),
        tests["score"].clone(),
    ]
}

testkit::on_both_databases!(
    what_was_chosen_in_time_counts_when_it_arrives_the_next_morning,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let (paper, task) = w.test(&bed, json!({"attempts_allowed": 1})).await;
        let me = w.app.as_person(&w.learner);
        let began = bed.ambient.now();
        let attempt = w.start(&w.learner, paper, task).await;
        assert_eq!(attempt["arrives_until"], json!(began.plus_seconds(600 + DAY)));
        sends(&w, &attempt, json!([answer(&attempt, 3, 1, &["a"])])).await;
        bed.clock.advance_seconds(700);
        let over = me.get(&path(&attempt)).await.expect(200).json();
        assert_eq!((&over["result"], &over["answers"][0]["chosen"]), (&Value::Null, &json!(["a"])));

        bed.clock.advance_seconds(8 * 3600);
        let in_time = |place, key, seconds| chosen(&attempt, place, key, "p", began.plus_seconds(seconds));
        let waited = json!([in_time(0, "b", 590), in_time(2, "true", 600)]);
        let saved = sends(&w, &attempt, waited.clone()).await;
        assert_eq!(saved["late_answers"][0]["item_id"], attempt["items"][2]["id"]);
        let submit = format!("{}/submit", path(&attempt));
        for _ in 0..2 {
            let again = me.post(&submit, json!({"answers": waited})).await.expect(200).json();
            assert_eq!(again["result"]["score"], 2000);
        }
        for who in [&w.learner, &w.assistant] {
            let seen = w.app.as_person(who).get(&path(&attempt)).await.expect(200).json();
            let marked = seen["answers"].as_array().expect("answers").iter();
            let marked = marked.filter(|a| !a["arrived_at"].is_null()).count();
            assert_eq!((marked, seen["late_answers"].as_array().map(Vec::len)), (1, Some(1)));
            assert_eq!(seen["result"]["score"], 2000);
        }
    }
);

testkit::on_both_databases!(
    nobody_hears_what_it_is_worth_while_more_would_count,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let (paper, task) = w.test(&bed, json!({"attempts_allowed": 1})).await;
        let began = bed.ambient.now();
        let attempt = w.start(&w.learner, paper, task).await;
        // Without an answer the time runs out, and somebody tries what would have been right.
        bed.clock.advance_seconds(605);
        for key in ["a", "b"] {
            let guess = chosen(&attempt, 0, key, key, began.plus_seconds(599));
            let told_back = sends(&w, &attempt, json!([guess])).await;
            assert!(!told_back.to_string().contains("score"), "{told_back}");
            let nothing = [Value::Null, Value::Null, Value::Null];
            assert_eq!(told(&w, &attempt).await[..3], nothing, "{key}");
            assert!(w.start(&w.learner, paper, task).await["result"].is_null());
            bed.clock.advance_seconds(3600);
        }
        assert_eq!(answered(&bed).await, 0);
        let me = w.app.as_person(&w.learner);
        let submit = format!("{}/submit", path(&attempt));
        let result = me.post(&submit, json!({})).await.expect(200).json();
        assert_eq!(result["result"]["score"], 0, "of two choices of the same moment the first stands");
        // From here on all is told, and nothing counts.
        for (page, key) in [("c", "b"), ("d", "a")] {
            let more = chosen(&attempt, 0, key, page, began.plus_seconds(599));
            let kept = sends(&w, &attempt, json!([more])).await;
            assert_eq!(kept["submitted_at"], attempt["deadline"]);
            assert_eq!(told(&w, &attempt).await[..3], [json!(0), json!(0), json!(0)]);
        }
        assert_eq!(answered(&bed).await, 1, "it was answered once");
    }
);

testkit::on_both_databases!(
    of_two_devices_the_later_choice_counts_whoever_arrives_last,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let (paper, task) = w.test(&bed, json!({"attempts_allowed": 1})).await;
        let began = bed.ambient.now();
        let attempt = w.start(&w.learner, paper, task).await;
        bed.clock.advance_seconds(301);
        let at = |seconds| began.plus_seconds(seconds);
        sends(&w, &attempt, json!([chosen(&attempt, 0, "b", "desk", at(300))])).await;
        sends(&w, &attempt, json!([chosen(&attempt, 3, "b", "desk", at(301))])).await;
        // The phone has lain in a bag since.
        bed.clock.advance_seconds(3600);
        let phone =
            json!([chosen(&attempt, 0, "a", "phone", at(60)), chosen(&attempt, 3, "a", "phone", at(400))]);
        let saved = sends(&w, &attempt, phone).await;
        let late = &saved["late_answers"][0];
        assert_eq!((&late["chosen"], &late["why"]), (&json!(["a"]), &json!("older")));
        let submit = format!("{}/submit", path(&attempt));
        let result = w.app.as_person(&w.learner).post(&submit, json!({})).await.expect(200).json();
        assert_eq!(result["result"]["score"], 2000, "what the person chose last of each");
    }
);

testkit::on_both_databases!(what_nobody_hands_in_is_graded_a_day_later, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let runner = Runner::new(bed.db().clone(), bed.ambient.clone());
    let settle = SettleAttempts { db: bed.db().clone(), ambient: bed.ambient.clone() };
    let runner = runner.every(Every::Hour, SETTLE_ATTEMPTS, Arc::new(settle));
    runner.run_due().await.expect("it runs");
    // An hour is not whole when it is due.
    bed.clock.advance_seconds(1234);
    let first = w.start(&w.learner, paper, task).await;
    let deadline: Timestamp = first["deadline"].as_str().expect("a time").parse().expect("a time");
    let answers = json!([answer(&first, 0, 1, &["b"]), answer(&first, 3, 1, &["a"])]);
    sends(&w, &first, answers).await;
    let hours = DAY / 3600 + 1;
    let before = deadline.plus_seconds(DAY + 4);
    for _ in 0..hours {
        bed.clock.advance_seconds(3600);
        if before <= bed.ambient.now() {
            break;
        }
        runner.run_due().await.expect("it runs");
    }
    bed.clock.set(before);
    runner.run_due().await.expect("it runs");
    assert_eq!(told(&w, &first).await, [Value::Null, Value::Null, Value::Null, Value::Null]);
    bed.clock.set(deadline.plus_seconds(DAY + 5));
    assert_eq!(runner.run_due().await.expect("it runs"), 1, "it was put in the queue for that moment");
    let (score, share) = (json!(2000), json!(5000));
    assert_eq!(told(&w, &first).await, [score.clone(), score, json!(5000), share]);
    assert_eq!(answered(&bed).await, 1);
    let assistant = w.app.as_person(&w.assistant);
    let matrix =
        assistant.get(&format!("/api/v1/classes/{}/matrix?week=1", w.class)).await.expect(200).json();
    let row = matrix["learners"].as_array().expect("rows").iter();
    let row = row.clone().find(|row| row["person_id"] == json!(w.learner.id)).expect("a row");
    assert_eq!(row["cells"][0]["done_at"], first["deadline"], "it was done when its time was over");
    assistant.get(&path(&first)).await.expect(200);
    // The results say the same.
    let (lead, of) = (w.app.as_person(&w.lead), format!("/api/v1/trainings/{}", w.training));
    lead.post_version(&format!("{of}/results/compute"), json!({"confirm": true}), 0).await.expect(200);
    let result = lead.get(&format!("{of}/results/{}", w.learner.id)).await.expect(200).json();
    let tests = result["components"].as_array().expect("components").iter();
    let tests = tests.clone().find(|one| one["kind"] == "tests").expect("tests");
    assert_eq!(tests["score"], json!(5000));
    // Nothing is left to do, and more comes too late.
    runner.run_due().await.expect("it runs");
    let more = chosen(&first, 1, "a", "phone", deadline.plus_seconds(-60));
    assert_eq!(sends(&w, &first, json!([more])).await["late_answers"][0]["why"], "too_late");
    assert_eq!(answered(&bed).await, 1);
});

testkit::on_both_databases!(a_run_looks_an_hour_ahead_and_no_further, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({"minutes": null})).await;
    w.start(&w.learner, paper, task).await;
    let settle = SettleAttempts { db: bed.db().clone(), ambient: bed.ambient.clone() };
    let runner = Runner::new(bed.db().clone(), bed.ambient.clone());
    let runner = runner.every(Every::Hour, SETTLE_ATTEMPTS, Arc::new(settle));
    runner.run_due().await.expect("it runs");
    bed.clock.advance_seconds(2 * DAY);
    assert_eq!(runner.run_due().await.expect("it runs"), 1);
    let waiting: i64 = sql("select count(*) as value from jobs where done_at is null")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("a count");
    assert_eq!(waiting, 0, "its week is not over");
});

testkit::on_both_databases!(what_is_over_for_good_makes_room_for_the_next, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let first = w.start(&w.learner, paper, task).await;
    sends(&w, &first, json!([answer(&first, 0, 1, &["b"])])).await;
    bed.clock.advance_seconds(600 + DAY + 4);
    assert_eq!(w.start(&w.learner, paper, task).await["id"], first["id"]);
    bed.clock.advance_seconds(1);
    assert_ne!(w.start(&w.learner, paper, task).await["id"], first["id"]);
    let test = format!("/api/v1/tasks/{task}/test");
    let test = w.app.as_person(&w.learner).get(&test).await.expect(200).json();
    assert_eq!(
        (test["attempts"][0]["score"].as_i64(), test["attempts"][1]["score"].is_null()),
        (Some(1000), true)
    );
});
