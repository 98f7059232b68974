//! How many statements each action sends. Each of them is a way to PostgreSQL and back, and there is no need to ask for what is known already:
//! whoever sends one more fails here. Signing in is elsewhere and costs nothing here; an idempotency key costs two.

use serde_json::{Value, json};
use testkit::{Answered, TestBed, on_both_databases, rows};

use crate::place::{Place, place, posts_of};

/// Reserving the key, and keeping its answer.
const KEY: u64 = 2;

/// An event under the next number of its channel: SQLite has no statement that writes two rows of two tables.
fn events(bed: &TestBed, count: u64) -> u64 {
    if bed.db().is_sqlite() { 2 * count } else { count }
}

/// Reads, with so many statements.
async fn reads(statements: u64, action: impl Future<Output = Answered>) -> Value {
    let (answered, sent) = storage::counted(action).await;
    let answered = answered.expect(200).json();
    assert_eq!((sent.statements, sent.transactions), (statements, 0), "{answered}");
    answered
}

/// Writes, in one transaction of so many statements.
async fn writes(statements: u64, action: impl Future<Output = Answered>) -> Answered {
    let (answered, sent) = storage::counted(action).await;
    assert_eq!((sent.statements, sent.transactions), (statements, 1), "{answered:?}");
    answered
}

fn said(words: &str) -> Value {
    json!({"body": words, "client_id": format!("device-1-{words}")})
}

fn topic_of(topic: &Value) -> String {
    format!("/api/v1/topics/{}", topic["id"].as_str().expect("an id"))
}

fn post_of(post: &Value) -> String {
    format!("/api/v1/posts/{}", post["id"].as_str().expect("an id"))
}

async fn discussion(place: &Place) -> Value {
    let body = json!({"kind": "discussion", "title": "说说今天的课", "body": "大家先说。", "client_id": "device-1-start"});
    let path = format!("/api/v1/classes/{}/topics", place.class);
    place.app.as_person(&place.learner).post(&path, body).await.expect(201).json()
}

on_both_databases!(topic_with_25_posts_is_read_with_two, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = discussion(&place).await;
    let learner = place.app.as_person(&place.learner);
    for number in 2..=25 {
        learner.post(&posts_of(&topic), said(&format!("第{number}位"))).await.expect(201);
    }
    // The topic with its class and how far its reader has come; the posts with their authors.
    let page = reads(2, learner.get(&format!("{}?limit=25", topic_of(&topic)))).await;
    assert_eq!(page["posts"].as_array().map(Vec::len), Some(25));
});

on_both_databases!(lists_are_read_with_two, |bed: TestBed| async move {
    let place = place(&bed).await;
    for title in ["第一问", "第二问", "第三问"] {
        place.ask(&place.learner, title).await;
    }
    // The class, and what is in it.
    let topics = format!("/api/v1/classes/{}/topics", place.class);
    let listed = reads(2, place.app.as_person(&place.learner).get(&topics)).await;
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(3));
    let queue = format!("/api/v1/classes/{}/unanswered", place.class);
    let waiting = reads(2, place.app.as_person(&place.assistant).get(&queue)).await;
    assert_eq!(waiting.as_array().map(Vec::len), Some(3));
});

on_both_databases!(reply_takes_three_and_its_event, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = discussion(&place).await;
    let path = posts_of(&topic);
    // The topic with its next number, the post, the learning record.
    for who in [&place.learner, &place.assistant] {
        writes(3 + events(&bed, 1) + KEY, place.app.as_person(who).post(&path, said("轮到自己")))
            .await
            .expect(201);
    }
    // Its copy: the topic, no post, the one that was made, the number back.
    writes(4 + KEY, place.app.as_person(&place.learner).post(&path, said("轮到自己"))).await.expect(201);
});

on_both_databases!(first_answer_takes_two_more_and_the_event_of_its_notice, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "四十分钟怎么分").await;
    writes(
        3 + 2 + events(&bed, 2) + KEY,
        place.app.as_person(&place.assistant).post(&posts_of(&topic), said("先动后静")),
    )
    .await
    .expect(201);
    writes(
        3 + events(&bed, 1) + KEY,
        place.app.as_person(&place.assistant).post(&posts_of(&topic), said("再分组")),
    )
    .await
    .expect(201);
});

on_both_databases!(starting_takes_four_and_its_event, |bed: TestBed| async move {
    let place = place(&bed).await;
    let path = format!("/api/v1/classes/{}/topics", place.class);
    let learner = place.app.as_person(&place.learner);
    let body = |kind: &str| json!({"kind": kind, "title": "怎么分", "body": "四十分钟怎么分？", "client_id": format!("device-1-{kind}")});
    // The class, the topic, the post, the learning record.
    writes(4 + events(&bed, 1) + KEY, learner.post(&path, body("discussion"))).await.expect(201);
    // A question also asks for the training behind its lock, how many wait, and the staff, each of whom gets a notice.
    let told = 1 + events(&bed, 1);
    writes(4 + 4 + told + events(&bed, 1) + KEY, learner.post(&path, body("question"))).await.expect(201);
});

on_both_databases!(correction_takes_one_and_its_event, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = discussion(&place).await;
    let learner = place.app.as_person(&place.learner);
    let post = learner.post(&posts_of(&topic), said("写错了")).await.expect(201).json();
    writes(1 + events(&bed, 1), learner.put_version(&post_of(&post), json!({"body": "改好了"}), 1))
        .await
        .expect(200);
});

on_both_databases!(removal_takes_two_its_event_and_its_entry, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "四十分钟怎么分").await;
    let assistant = place.app.as_person(&place.assistant);
    let post =
        place.app.as_person(&place.learner).post(&posts_of(&topic), said("补充一点")).await.expect(201);
    let answer = assistant.post(&posts_of(&topic), said("先动后静")).await.expect(201);
    // An entry of the audit log: the end of its chain, the entry, the new end.
    let entry = 3;
    writes(2 + events(&bed, 1) + entry, assistant.delete_version(&post_of(&post.json()), 1))
        .await
        .expect(200);
    // Without its answer the question waits again.
    writes(2 + 1 + events(&bed, 2) + entry, assistant.delete_version(&post_of(&answer.json()), 1))
        .await
        .expect(200);
    writes(3, assistant.delete_version(&post_of(&answer.json()), 1)).await.expect(200);
});

on_both_databases!(pinning_and_closing_take_one_and_their_event, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = discussion(&place).await;
    let assistant = place.app.as_person(&place.assistant);
    let pin = assistant.put(&format!("{}/pinned", topic_of(&topic)), json!({"pinned": true})).await;
    pin.expect(200);
    for (what, word) in [("pinned", "pinned"), ("closed", "closed")] {
        writes(
            1 + events(&bed, 1),
            assistant.put(&format!("{}/{what}", topic_of(&topic)), json!({word: false})),
        )
        .await
        .expect(200);
    }
});

on_both_databases!(reading_on_takes_two_and_nothing_new_takes_one, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = discussion(&place).await;
    let learner = place.app.as_person(&place.learner);
    let seen = format!("{}/seen", topic_of(&topic));
    writes(2, learner.put(&seen, json!({"number": 1}))).await.expect(204);
    let (answered, sent) = storage::counted(learner.put(&seen, json!({"number": 1}))).await;
    answered.expect(204);
    assert_eq!((sent.statements, sent.transactions), (1, 0), "nothing to write");
});

on_both_databases!(topic_of_a_task_takes_five_and_a_post_in_it_two_more, |bed: TestBed| async move {
    let place = place(&bed).await;
    let training = place.training;
    rows::training_plan::running(&bed, training).await;
    let list = rows::task_board::list(&bed, training, 1, &[place.class]).await;
    let task = rows::task_board::task(&bed, list, "discuss", "说说你的课堂", None).await;
    rows::task_board::claim(&bed, list, place.class, place.learner.id).await;
    let path = format!("/api/v1/classes/{}/tasks/{task}/topic", place.class);
    let learner = place.app.as_person(&place.learner);
    // The class, no topic yet, whether the task is shown to the class and to its learner, the topic.
    let topic = writes(5 + events(&bed, 1), learner.put(&path, json!({}))).await.expect(200).json();
    assert_eq!((&topic["title"], &topic["author_name"]), (&json!("说说你的课堂"), &json!("王小明")));
    assert_eq!(reads(2, learner.put(&path, json!({}))).await, topic);
    // That the training goes on, where others write beside this; whether the task is open to its learner, and that it is done.
    let still = u64::from(!bed.db().is_sqlite());
    for words in ["我一个人教两个年级", "还有一点"] {
        writes(3 + 2 + still + events(&bed, 1) + KEY, learner.post(&posts_of(&topic), said(words)))
            .await
            .expect(201);
    }
});
