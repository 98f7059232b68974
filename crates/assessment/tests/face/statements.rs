//! How many statements each frequent action sends at most: one more is a round trip more for everybody.
//!
//! Whoever asks is known here without the database, so each action has one statement less than in earnest, and a writing one two less:
//! the session with its grants, and the hold on it.

use serde_json::{Value, json};
use testkit::{Answered, TestBed};

use crate::world::{World, answer, submission};

/// To reserve a request's key and to keep its answer.
const KEY: u64 = 2;

/// Bounds what requests take, on SQLite and on PostgreSQL.
struct Bounds(usize);

impl Bounds {
    fn of(bed: &TestBed) -> Self {
        Self(usize::from(!bed.db().is_sqlite()))
    }

    /// The answer to a request, when it took no more statements than that.
    async fn within(&self, most: [u64; 2], what: &str, request: impl Future<Output = Answered>) -> Value {
        let (answered, counts) = storage::counted(request).await;
        assert!((200..300).contains(&answered.status), "{what}: {}", answered.status);
        let most = most[self.0];
        assert!(
            counts.statements <= most,
            "{what} took {} statements; the most is {most}",
            counts.statements
        );
        if answered.bytes.is_empty() { Value::Null } else { answered.json() }
    }
}

testkit::on_both_databases!(a_whole_test, |bed: TestBed| async move {
    let (w, b) = (World::new(&bed).await, Bounds::of(&bed));
    let (paper, task) = w.test(&bed, json!({"show_answers": "after_last"})).await;
    let me = w.app.as_person(&w.learner);
    let start = format!("/api/v1/test-papers/{paper}/attempts");
    let chosen = json!({"task_id": task});
    b.within([3, 3], "the sheet", me.get(&format!("/api/v1/tasks/{task}/test"))).await;
    let attempt = b.within([1 + KEY, 1 + KEY], "beginning", me.post(&start, chosen.clone())).await;
    let at = format!("/api/v1/attempts/{}", attempt["id"].as_str().expect("an id"));
    b.within([1, 1], "reading", me.get(&at)).await;
    let save = json!({"answers": [answer(&attempt, 0, 1, &["b"]), answer(&attempt, 1, 1, &["a"])]});
    b.within([1, 1], "saving", me.put(&format!("{at}/answers"), save)).await;
    b.within([4 + KEY, 5 + KEY], "resuming", me.post(&start, chosen.clone())).await;
    let last = json!({"answers": [answer(&attempt, 3, 1, &["a"])]});
    b.within([4 + KEY, 4 + KEY], "submitting", me.post(&format!("{at}/submit"), last)).await;
    b.within([1, 1], "reading the result", me.get(&at)).await;

    let attempt = b.within([1 + KEY, 1 + KEY], "beginning again", me.post(&start, chosen)).await;
    let at = format!("/api/v1/attempts/{}", attempt["id"].as_str().expect("an id"));
    b.within([4 + KEY, 4 + KEY], "submitting again", me.post(&format!("{at}/submit"), json!({}))).await;
    b.within([2, 2], "reading as staff", w.app.as_person(&w.assistant).get(&at)).await;
});

testkit::on_both_databases!(an_assignment_and_its_review, |bed: TestBed| async move {
    let (w, b) = (World::new(&bed).await, Bounds::of(&bed));
    let task = w.task(&bed, "assignment", None).await;
    let (me, assistant) = (w.app.as_person(&w.learner), w.app.as_person(&w.assistant));
    let at = submission(task);
    b.within([4, 4], "the empty page", me.get(&at)).await;
    b.within([4, 5], "saving", me.put(&at, json!({"text": "草稿", "based_on": 0}))).await;
    b.within([4, 4], "the page", me.get(&at)).await;
    let handed_in = |text: &str, based_on: i64| json!({"text": text, "based_on": based_on, "files": []});
    let hand_in = format!("{at}/hand-in");
    let made = b
        .within([6 + KEY, 7 + KEY], "handing in", me.post(&hand_in, handed_in("一年级和三年级的同科安排", 1)))
        .await;

    let work = format!("/api/v1/submissions/{}", made["id"].as_str().expect("an id"));
    b.within([3, 3], "the work", assistant.get(&work)).await;
    b.within([2, 2], "the queue", assistant.get(&format!("/api/v1/classes/{}/grading-queue", w.class))).await;
    let draft = json!({"hand_in": 1, "based_on": 0, "levels": {"real": "a"}, "comment": "先看到这里"});
    b.within([7, 7], "saving a review", assistant.put(&format!("{work}/review"), draft)).await;
    let decided = |decision: &str, hand_in: i64, based_on: i64| {
        json!({"decision": decision, "hand_in": hand_in, "based_on": based_on, "comment": "请补上时间",
            "levels": {"real": "a", "design": "a", "tasks": "a", "use": "a"}})
    };
    let finish = format!("{work}/review/finish");
    b.within([16 + KEY, 15 + KEY], "sending back", assistant.post(&finish, decided("send_back", 1, 1))).await;
    b.within([7 + KEY, 8 + KEY], "handing in again", me.post(&hand_in, handed_in("补上了时间：先三年级", 2)))
        .await;
    // One of them tells the board that the work waits no more.
    b.within([16 + KEY, 15 + KEY], "grading", assistant.post(&finish, decided("grade", 2, 0))).await;
    b.within([4, 4], "the page with its reviews", me.get(&at)).await;
    b.within([1, 1], "the reviews", me.get(&format!("/api/v1/tasks/{task}/reviews"))).await;
});

testkit::on_both_databases!(where_somebody_stands, |bed: TestBed| async move {
    let (w, b) = (World::new(&bed).await, Bounds::of(&bed));
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let me = w.app.as_person(&w.learner);
    let at = format!("/api/v1/attempts/{}/submit", attempt["id"].as_str().expect("an id"));
    me.post(&at, json!({})).await.expect(200);
    b.within([8, 8], "one's own", me.get(&format!("/api/v1/my/standing?training_id={}", w.training))).await;
    let class = format!("/api/v1/classes/{}/standings", w.class);
    b.within([7, 7], "a class's", w.app.as_person(&w.assistant).get(&class)).await;
});
