//! Taking a test: nothing acknowledged is lost, nothing is graded twice, nothing is given away.

use http::StatusCode;
use serde_json::{Value, json};
use storage::sql;
use testkit::TestBed;

use crate::world::{World, answer};

fn path(attempt: &Value) -> String {
    format!("/api/v1/attempts/{}", attempt["id"].as_str().expect("an id"))
}

testkit::on_both_databases!(whole_test_is_taken_and_graded, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({"attempts_allowed": 1})).await;
    let me = w.app.as_person(&w.learner);
    let found = me.get(&format!("/api/v1/tasks/{task}/test")).await.expect(200).json();
    assert_eq!(
        (found["items"].as_i64(), found["points"].as_i64(), found["closed"].is_null()),
        (Some(4), Some(40), true)
    );

    let attempt = w.start(&w.learner, paper, task).await;
    let text = attempt.to_string();
    assert!(!text.contains("right") && !text.contains("explanation"), "answers stay on the server: {text}");
    let saves = json!({"answers": [answer(&attempt, 0, 1, &["b"]), answer(&attempt, 1, 1, &["a"])]});
    me.put(&format!("{}/answers", path(&attempt)), saves).await.expect(200);
    me.put(&format!("{}/answers", path(&attempt)), json!({"answers": [answer(&attempt, 2, 1, &["true"])]}))
        .await
        .expect(200);
    let resumed = w.start(&w.learner, paper, task).await;
    assert_eq!((&resumed["id"], resumed["answers"].as_array().map(Vec::len)), (&attempt["id"], Some(3)));

    let last = json!({"answers": [answer(&attempt, 3, 1, &["c"])]});
    let result = me.post(&format!("{}/submit", path(&attempt)), last).await.expect(200).json();
    assert_eq!(
        (result["result"]["score"].as_i64(), result["result"]["most"].as_i64()),
        (Some(2500), Some(4000))
    );
    assert_eq!(
        (&result["result"]["items"][1]["right"], result["result"]["items"][1]["score"].as_i64()),
        (&json!(["a", "c"]), Some(500))
    );
    assert_eq!(result["result"]["items"][3]["explanation"], "这就是复式教学。");
    // What comes after that is kept, and changes nothing that counts.
    for (send, seq, key) in [("answers", 2, "a"), ("submit", 3, "b")] {
        let more = json!({"answers": [answer(&attempt, 3, seq, &[key])]});
        let at = format!("{}/{send}", path(&attempt));
        let kept = if send == "answers" { me.put(&at, more).await } else { me.post(&at, more).await };
        let kept = kept.expect(200).json();
        assert_eq!(
            (&kept["answers"], &kept["late_answers"][0]["chosen"], &kept["late_answers"][0]["why"]),
            (&result["answers"], &json!([key]), &json!("handed_in"))
        );
    }
    let read = me.get(&path(&attempt)).await.expect(200).json();
    assert_eq!((&read["result"], &read["answers"]), (&result["result"], &result["answers"]));

    let mut conn = bed.db().read().await.expect("a reader");
    let done: String =
        sql("select state as value from v_task_progress where task_id = $1 and person_id = $2")
            .bind(task)
            .bind(w.learner.id)
            .one(&mut conn)
            .await
            .expect("progress");
    assert_eq!(done, "done");
});

testkit::on_both_databases!(older_save_never_overwrites_a_newer_one, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let me = w.app.as_person(&w.learner);
    let save = async |seq, key: &str| {
        let body = json!({"answers": [answer(&attempt, 0, seq, &[key])]});
        me.put(&format!("{}/answers", path(&attempt)), body).await.expect(200).json()["answers"][0].clone()
    };
    save(5, "b").await;
    let late = save(4, "a").await;
    assert_eq!((late["version"].as_i64(), &late["chosen"]), (Some(1), &json!(["b"])));
    assert_eq!(save(6, "a").await["chosen"], json!(["a"]));
    for strange in [
        json!([{"item_id": attempt["items"][0]["id"], "seq": 9, "chosen": ["z"]}]),
        json!([{"item_id": attempt["items"][0]["id"], "seq": 9, "chosen": ["a", "b"]}]),
    ] {
        me.put(&format!("{}/answers", path(&attempt)), json!({"answers": strange}))
            .await
            .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "attempt.strange_answer");
    }
});

testkit::on_both_databases!(many_saves_are_kept_as_the_answers_that_they_make, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let me = w.app.as_person(&w.learner);
    let lines = async || -> i64 {
        sql("select cast(length(sent) as bigint) as value from attempts")
            .one(&mut bed.db().read().await.expect("a reader"))
            .await
            .expect("one attempt")
    };
    let (mut longest, mut version, mut is_written_down) = (0, 0, false);
    for seq in 1..=300_i64 {
        let key = if seq % 2 == 0 { "a" } else { "b" };
        let body = json!({"answers": [answer(&attempt, 0, seq, &[key])]});
        let stored = me.put(&format!("{}/answers", path(&attempt)), body).await.expect(200).json();
        assert_eq!(
            (&stored["answers"][0]["chosen"], stored["answers"][0]["version"].as_i64()),
            (&json!([key]), Some(seq))
        );
        let length = lines().await;
        is_written_down |= length == 0;
        (longest, version) = (longest.max(length), seq);
    }
    assert!(is_written_down, "lines that get long are written down");
    assert!((1_000..=16 * 1024).contains(&longest), "{longest}");
    // What comes late after that is older still.
    let body = json!({"answers": [answer(&attempt, 0, 299, &["b"])]});
    let stored = me.put(&format!("{}/answers", path(&attempt)), body).await.expect(200).json();
    assert_eq!(
        (&stored["answers"][0]["chosen"], stored["answers"][0]["version"].as_i64()),
        (&json!(["a"]), Some(version))
    );
    let result = me.post(&format!("{}/submit", path(&attempt)), json!({})).await.expect(200).json();
    assert_eq!((&result["answers"][0]["chosen"], lines().await), (&json!(["a"]), 0));
});

testkit::on_both_databases!(a_refused_save_leaves_nothing, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let me = w.app.as_person(&w.learner);
    let strange = json!({"item_id": attempt["items"][1]["id"], "seq": 1, "chosen": ["z"]});
    let body = json!({"answers": [answer(&attempt, 0, 1, &["b"]), strange]});
    let at = path(&attempt);
    me.put(&format!("{at}/answers"), body)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "attempt.strange_answer");
    assert_eq!(me.get(&at).await.expect(200).json()["answers"], json!([]));
    bed.clock.advance_seconds(605);
    let late = json!({"answers": [answer(&attempt, 0, 2, &["b"])]});
    me.put(&format!("{at}/answers"), late).await.expect(200);
    let result = me.post(&format!("{at}/submit"), json!({})).await.expect(200).json();
    assert_eq!((&result["answers"], result["result"]["score"].as_i64()), (&json!([]), Some(0)));
});

testkit::on_both_databases!(of_two_devices_the_save_that_arrives_last_counts, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let me = w.app.as_person(&w.learner);
    let sent = |page: &str, at: usize, seq: i64, key: &str| {
        let mut sent = answer(&attempt, at, seq, &[key]);
        sent["page"] = json!(page);
        json!({ "answers": [sent] })
    };
    let answers = format!("{}/answers", path(&attempt));
    // A phone whose clock is two hours ahead, then the desk.
    me.put(&answers, sent("phone", 0, 1_790_007_200_000, "a")).await.expect(200);
    let stored = me.put(&answers, sent("desk", 0, 1_790_000_000_000, "b")).await.expect(200).json();
    assert_eq!(
        (&stored["answers"][0]["chosen"], stored["answers"][0]["version"].as_i64()),
        (&json!(["b"]), Some(2))
    );
    // What the other device saves next answers with what is stored.
    let other = me.put(&answers, sent("phone", 3, 1_790_007_200_001, "a")).await.expect(200).json();
    let chosen: Vec<_> =
        other["answers"].as_array().into_iter().flatten().map(|answer| &answer["chosen"]).collect();
    assert!(chosen.contains(&&json!(["b"])) && chosen.len() == 2, "{other}");
    let result =
        me.post(&format!("{}/submit", path(&attempt)), json!({ "answers": [] })).await.expect(200).json();
    assert_eq!(result["result"]["items"][0]["score"].as_i64(), Some(1_000), "{result}");
});

testkit::on_both_databases!(submitting_at_once_grades_once, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let sends: Vec<_> = (0..20)
        .map(|n| {
            let (app, who, path) = (w.app.clone(), w.learner.clone(), format!("{}/submit", path(&attempt)));
            let body = json!({"answers": [answer(&attempt, 0, n, &[if n % 2 == 0 { "a" } else { "b" }])]});
            tokio::spawn(async move {
                app.as_person(&who).post(&path, body).await.expect(200).json()["result"].clone()
            })
        })
        .collect();
    let mut results = Vec::new();
    for send in sends {
        results.push(send.await.expect("the request ends"));
    }
    assert!(results.windows(2).all(|pair| pair[0] == pair[1]), "{results:?}");
    let mut conn = bed.db().read().await.expect("a reader");
    let records: i64 = sql("select count(*) as value from learning_records where verb = 'answered'")
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(records, 1);
});

testkit::on_both_databases!(
    saves_that_race_a_submit_are_graded_or_kept_beside_it,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let (paper, task) = w.test(&bed, json!({})).await;
        let attempt = w.start(&w.learner, paper, task).await;
        let save = {
            let (app, who, at) = (w.app.clone(), w.learner.clone(), format!("{}/answers", path(&attempt)));
            let attempt = attempt.clone();
            tokio::spawn(async move {
                let mut stored = None;
                for seq in 1..30_i64 {
                    let key = if seq % 2 == 0 { "a" } else { "b" };
                    let answered = app
                        .as_person(&who)
                        .put(&at, json!({"answers": [answer(&attempt, 0, seq, &[key])]}))
                        .await;
                    let answered = answered.expect(200).json();
                    if answered["submitted_at"].is_null() {
                        assert_eq!(answered["answers"][0]["chosen"], json!([key]));
                        stored = Some(key);
                    } else {
                        let counts = answered["answers"][0]["chosen"][0].as_str();
                        let late = &answered["late_answers"][0];
                        let kept = json!([late["chosen"], late["why"]]);
                        assert!(counts == Some(key) || kept == json!([[key], "handed_in"]), "{answered}");
                        break;
                    }
                }
                stored
            })
        };
        let result = w
            .app
            .as_person(&w.learner)
            .post(&format!("{}/submit", path(&attempt)), json!({}))
            .await
            .expect(200)
            .json();
        let stored = save.await.expect("the saves end");
        let graded: Option<&str> = result["answers"][0]["chosen"][0].as_str();
        assert!(graded == stored, "what was acknowledged is what was graded: {graded:?} {stored:?}");
    }
);

testkit::on_both_databases!(two_devices_begin_one_attempt, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let starts: Vec<_> = (0..10)
        .map(|_| {
            let (app, who, at) =
                (w.app.clone(), w.learner.clone(), format!("/api/v1/test-papers/{paper}/attempts"));
            tokio::spawn(async move {
                app.as_person(&who).post(&at, json!({"task_id": task})).await.expect(201).json()["id"].clone()
            })
        })
        .collect();
    let mut ids = std::collections::BTreeSet::new();
    for start in starts {
        ids.insert(start.await.expect("the request ends").to_string());
    }
    assert_eq!(ids.len(), 1);
});

testkit::on_both_databases!(deadline_is_the_servers, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let me = w.app.as_person(&w.learner);
    let attempt = w.start(&w.learner, paper, task).await;
    let save = |seq, key| {
        (format!("{}/answers", path(&attempt)), json!({"answers": [answer(&attempt, 0, seq, &[key])]}))
    };
    bed.clock.advance_seconds(604);
    let (at, body) = save(1, "b");
    me.put(&at, body).await.expect(200);
    bed.clock.advance_seconds(1);
    let (at, body) = save(2, "a");
    let kept = me.put(&at, body.clone()).await.expect(200).json();
    assert_eq!(
        (&kept["answers"][0]["chosen"], &kept["late_answers"][0]["chosen"]),
        (&json!(["b"]), &json!(["a"])),
        "what comes too late is kept, and does not count"
    );
    let result = me.post(&format!("{}/submit", path(&attempt)), body).await.expect(200).json();
    assert_eq!(
        (result["result"]["score"].as_i64(), &result["result"]["submitted_at"]),
        (Some(1000), &result["deadline"])
    );
    let late = &result["late_answers"][0];
    assert_eq!((&late["chosen"], &late["why"]), (&json!(["a"]), &json!("too_late")));

    let second = w.start(&w.learner, paper, task).await;
    assert_eq!(second["number"], 2);
    bed.clock.advance_seconds(3600);
    let read = me.get(&path(&second)).await.expect(200).json();
    assert!(read["result"].is_null(), "nobody handed it in: looking at it does not");
    assert_eq!(w.start(&w.learner, paper, task).await["id"], second["id"], "nor does beginning another");
    me.post(&format!("{}/submit", path(&second)), json!({})).await.expect(200);
    let refused = me.post(&format!("/api/v1/test-papers/{paper}/attempts"), json!({"task_id": task})).await;
    refused.expect_problem(StatusCode::CONFLICT, "attempt.none_left");
});

testkit::on_both_databases!(others_find_no_attempt, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    for who in [&w.classmate, &w.neighbour, &w.outsider, &w.other_assistant, &w.assistant] {
        let app = w.app.as_person(who);
        assert_eq!(app.get(&path(&attempt)).await.status, 404);
        assert_eq!(app.put(&format!("{}/answers", path(&attempt)), json!({"answers": []})).await.status, 404);
        assert_eq!(app.post(&format!("{}/submit", path(&attempt)), json!({})).await.status, 404);
    }
    w.app.as_person(&w.learner).post(&format!("{}/submit", path(&attempt)), json!({})).await.expect(200);
    for (who, status) in [
        (&w.assistant, 200),
        (&w.lead, 200),
        (&w.office, 200),
        (&w.classmate, 404),
        (&w.other_assistant, 404),
    ] {
        assert_eq!(w.app.as_person(who).get(&path(&attempt)).await.status, status);
    }
    let read = task_of_another_kind(&w, &bed).await;
    let start = format!("/api/v1/test-papers/{paper}/attempts");
    w.app
        .as_person(&w.learner)
        .post(&start, json!({"task_id": read}))
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.other_kind");
    let (_, other) = w.test(&bed, json!({})).await;
    w.app
        .as_person(&w.learner)
        .post(&start, json!({"task_id": other}))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    w.app
        .as_person(&w.outsider)
        .post(&start, json!({"task_id": task}))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
});

async fn task_of_another_kind(w: &World, bed: &TestBed) -> kernel::id::TaskId {
    w.task(bed, "read", None).await
}

testkit::on_both_databases!(who_left_the_class_goes_on_with_no_test, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let answers = json!({"answers": [answer(&attempt, 0, 1, &["b"])]});
    let me = w.app.as_person(&w.learner);
    me.put(&format!("{}/answers", path(&attempt)), answers.clone()).await.expect(200);
    // What they hold in the class is taken with the seat.
    let gone = bed.callers.enter(&bed.ambient, w.learner.id, &[]);
    let gone = w.app.as_person(&gone);
    gone.get(&path(&attempt)).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    gone.put(&format!("{}/answers", path(&attempt)), answers.clone())
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    gone.post(&format!("{}/submit", path(&attempt)), answers)
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
});
