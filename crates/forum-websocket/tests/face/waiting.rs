//! What waits in the exchange area: tasks for their week, questions for an answer that stands.

use http::StatusCode;
use serde_json::{Value, json};
use testkit::{TestBed, on_both_databases, rows};

use crate::place::{place, posts_of};

storage::from_row! {
    struct ChangedRow { data: storage::Json<Value> }
}

on_both_databases!(topic_of_a_task_waits_until_its_class_is_shown_the_task, |bed: TestBed| async move {
    let place = place(&bed).await;
    let training = place.training;
    rows::training_plan::running(&bed, training).await;
    let elsewhere = rows::class_allocation::class(&bed, training, "三班").await;
    let (now, later) = (
        rows::task_board::list(&bed, training, 1, &[elsewhere]).await,
        rows::task_board::list(&bed, training, 2, &[place.class]).await,
    );
    let unpublished = rows::task_board::task(&bed, now, "discuss", "别班的讨论", None).await;
    let upcoming = rows::task_board::task(&bed, later, "discuss", "下周的讨论", None).await;
    let open = |task| format!("/api/v1/classes/{}/tasks/{task}/topic", place.class);
    for who in [&place.learner, &place.assistant] {
        let who = place.app.as_person(who);
        who.put(&open(unpublished), json!({})).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
        let early = who.put(&open(upcoming), json!({})).await;
        early.expect_problem(StatusCode::CONFLICT, "task_board.week_not_open");
    }
    let topics = format!("/api/v1/classes/{}/topics", place.class);
    let listed = place.app.as_person(&place.learner).get(&topics).await.expect(200).json();
    assert_eq!(listed["items"], json!([]), "no title of what is not shown");
    bed.clock.advance_seconds(7 * 24 * 3600);
    place.app.as_person(&place.assistant).put(&open(upcoming), json!({})).await.expect(200);
});

on_both_databases!(question_waits_again_when_its_answers_are_removed, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "四十分钟怎么分").await;
    let answer = async |client_id: &str| {
        bed.clock.advance_seconds(60);
        let body = json!({"body": "先动后静。", "client_id": client_id});
        place.app.as_person(&place.assistant).post(&posts_of(&topic), body).await.expect(201).json()
    };
    let (first, second) = (answer("device-2-first").await, answer("device-2-second").await);
    let remove = async |post: &Value| {
        let path = format!("/api/v1/posts/{}", post["id"].as_str().expect("an id"));
        place.app.as_person(&place.assistant).delete_version(&path, 1).await.expect(200);
    };
    let waiting = async || {
        let queue = format!("/api/v1/classes/{}/unanswered", place.class);
        place.app.as_person(&place.assistant).get(&queue).await.expect(200).json()
    };
    let answered_at = async || {
        let read = format!("/api/v1/topics/{}", topic["id"].as_str().expect("an id"));
        place.app.as_person(&place.learner).get(&read).await.expect(200).json()["topic"]["first_response_at"]
            .clone()
    };
    remove(&first).await;
    assert_eq!((waiting().await, answered_at().await), (json!([]), second["at"].clone()), "one is left");
    remove(&second).await;
    assert_eq!(waiting().await[0]["id"], topic["id"]);
    assert_eq!(answered_at().await, Value::Null);
    let third = answer("device-2-third").await;
    assert_eq!((waiting().await, answered_at().await), (json!([]), third["at"].clone()));

    let mut conn = bed.db().read().await.expect("a reader");
    let told: Vec<ChangedRow> =
        storage::sql("select data from realtime_events where kind = 'topic_changed' order by number")
            .all(&mut conn)
            .await
            .expect("events");
    let told: Vec<_> = told.iter().map(|event| event.data.0["first_response_at"].clone()).collect();
    assert_eq!(told, [second["at"].clone(), Value::Null], "open pages follow");
});

on_both_databases!(answer_and_removal_at_once_leave_the_queue_right, |bed: TestBed| async move {
    let place = place(&bed).await;
    let queue = format!("/api/v1/classes/{}/unanswered", place.class);
    for round in 0..30 {
        let topic = place.ask(&place.learner, &format!("第{round}问")).await;
        let body = |copy: u8| json!({"body": "先动后静。", "client_id": format!("device-{copy}-{round:04}")});
        let assistant = place.app.as_person(&place.assistant);
        let first = assistant.post(&posts_of(&topic), body(1)).await.expect(201).json();
        let remove = {
            let (app, who) = (place.app.clone(), place.assistant.clone());
            let path = format!("/api/v1/posts/{}", first["id"].as_str().expect("an id"));
            tokio::spawn(async move { app.as_person(&who).delete_version(&path, 1).await.status })
        };
        let again = {
            let (app, who, path, body) =
                (place.app.clone(), place.assistant.clone(), posts_of(&topic), body(2));
            tokio::spawn(async move { app.as_person(&who).post(&path, body).await.status })
        };
        assert_eq!((remove.await.expect("it ends"), again.await.expect("it ends")), (200, 201));
        let waiting = place.app.as_person(&place.assistant).get(&queue).await.expect(200).json();
        assert_eq!(waiting, json!([]), "round {round}: the second answer stands");
    }
});

on_both_databases!(cursor_that_no_page_gave_is_refused, |bed: TestBed| async move {
    let place = place(&bed).await;
    place.ask(&place.learner, "问题").await;
    let list = format!("/api/v1/classes/{}/topics", place.class);
    let learner = place.app.as_person(&place.learner);
    for cursor in ["", "true", "true.1", "true.1.top_1", "maybe.1.2", "true..", "1.true.2"] {
        let refused = learner.get(&format!("{list}?after={cursor}")).await;
        refused.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
});

on_both_databases!(nobody_asks_more_than_can_wait, |bed: TestBed| async move {
    let place = place(&bed).await;
    for n in 0..10 {
        place.ask(&place.learner, &format!("第{n}问")).await;
    }
    let path = format!("/api/v1/classes/{}/topics", place.class);
    let ask = |kind: &str, title: &str| json!({"kind": kind, "title": title, "body": "怎么分？", "client_id": format!("device-1-{title}")});
    let learner = place.app.as_person(&place.learner);
    let refused = learner.post(&path, ask("question", "又一问")).await;
    refused.expect_problem(StatusCode::CONFLICT, "topic.too_many_waiting");
    let again = learner.post(&path, ask("question", "第9问")).await.expect(201).json();
    assert_eq!(again["title"], "第9问", "a retry is what it was");
    learner.post(&path, ask("discussion", "聊一聊")).await.expect(201);
    place.ask(&place.assistant, "谁来值班").await;

    let reply = json!({"body": "先动后静。", "client_id": "device-2-reply"});
    place.app.as_person(&place.assistant).post(&posts_of(&again), reply).await.expect(201);
    learner.post(&path, ask("question", "又一问")).await.expect(201);
    let queue = format!("/api/v1/classes/{}/unanswered", place.class);
    let waiting = place.app.as_person(&place.assistant).get(&queue).await.expect(200).json();
    assert_eq!(waiting.as_array().map(Vec::len), Some(11));
});

on_both_databases!(promise_of_an_answer_ends_with_the_training, |bed: TestBed| async move {
    let place = place(&bed).await;
    rows::training_plan::running(&bed, place.training).await;
    let open = place.ask(&place.learner, "还没有人回答").await;
    let answered = place.ask(&place.learner, "先回答的").await;
    let reply = |client_id: &str| json!({"body": "先动后静。", "client_id": client_id});
    let assistant = place.app.as_person(&place.assistant);
    assistant.post(&posts_of(&answered), reply("device-2-first")).await.expect(201);
    let learner = place.app.as_person(&place.learner);
    let path = format!("/api/v1/classes/{}/topics", place.class);
    let ask = |kind: &str, client_id: &str| json!({"kind": kind, "title": "还没有人回答", "body": "怎么分？", "client_id": client_id});

    // A question that comes beside the end waits for it.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql("update trainings set state = 'closed', closed_at = $2 where id = $1")
        .bind(place.training)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("the training ends");
    let beside = {
        let (app, who, path) = (place.app.clone(), place.learner.clone(), path.clone());
        let body = ask("question", "device-1-beside");
        tokio::spawn(async move { app.as_person(&who).post(&path, body).await })
    };
    bed.until_waiting(1, &[&beside]).await;
    tx.commit().await.expect("a commit");
    for refused in
        [beside.await.expect("it ends"), learner.post(&path, ask("question", "device-1-after")).await]
    {
        refused.expect_problem(StatusCode::CONFLICT, "training.closed");
    }
    let again = learner.post(&path, ask("question", "device-1-还没有人回答")).await.expect(201).json();
    assert_eq!(again["id"], open["id"], "a retry is what it was");
    learner.post(&path, ask("discussion", "device-1-talk")).await.expect(201);

    // What was asked before is still there for whoever answers it, and nobody is said to be late.
    let waiting = async || {
        let queue = format!("/api/v1/classes/{}/unanswered", place.class);
        place.app.as_person(&place.assistant).get(&queue).await.expect(200).json()
    };
    let (asked, promised) = (&open["asked_at"], &answered["answer_by"]);
    assert!(!promised.is_null());
    assert_eq!(waiting().await.as_array().map(Vec::len), Some(1));
    assert_eq!((&waiting().await[0]["asked_at"], &waiting().await[0]["answer_by"]), (asked, &Value::Null));
    let listed = learner.get(&path).await.expect(200).json();
    let promises: std::collections::HashMap<_, _> = listed["items"]
        .as_array()
        .expect("topics")
        .iter()
        .map(|topic| (topic["id"].clone().to_string(), topic["answer_by"].clone()))
        .collect();
    assert_eq!(promises[&open["id"].to_string()], Value::Null);
    assert_eq!(&promises[&answered["id"].to_string()], promised, "what was kept was promised");
    assistant.post(&posts_of(&open), reply("device-2-late")).await.expect(201);
    assert_eq!(waiting().await, json!([]));
});
