//! How often the database is asked in a learner's evening, through everything that a request passes. What an action of one area sends is
//! bounded there; here stands the whole: sign-in, rights and the kept answer with it.

use axum::Router;
use axum::body::Body;
use gateway::World;
use gateway::config::Config;
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use storage::{Counts, counted};
use tower::ServiceExt as _;

/// The most statements and transactions of an action.
const BOUNDS: [(&str, Counts); 5] = [
    ("this week", Counts { statements: 4, transactions: 0 }),
    ("topic", Counts { statements: 4, transactions: 0 }),
    ("reply", Counts { statements: 8, transactions: 1 }),
    ("watch report", Counts { statements: 6, transactions: 1 }),
    ("whole test", Counts { statements: 16, transactions: 3 }),
];

/// On the demo as it was filled.
pub async fn sends_few_statements(config: &Config) {
    let world = World::open(config).await.expect("a server");
    let known = std::fs::read(config.data.folder.join("demo-sign-ins.json")).expect("who can sign in");
    let known: Value = serde_json::from_slice(&known).expect("JSON");
    let password = known["password"].as_str().expect("one for all");
    let mut learner = Learner::who_has_to_watch(world.router(), password).await;
    let counts = learner.evening().await;
    world.platform.db.close().await;
    for ((name, most), (done, sent)) in BOUNDS.into_iter().zip(counts) {
        assert_eq!(name, done);
        let is_within = sent.statements <= most.statements && sent.transactions <= most.transactions;
        assert!(is_within, "{name}: {sent:?}, {} round trips", sent.round_trips());
    }
}

struct Learner {
    router: Router,
    token: String,
    keys: usize,
    class: String,
    tasks: Vec<Value>,
}

impl Learner {
    /// One in a class of a training that is under way, with this week claimed and its video to be watched.
    async fn who_has_to_watch(router: Router, password: &str) -> Self {
        for number in 1..=24 {
            let mut one = Self {
                router: router.clone(),
                token: String::new(),
                keys: 0,
                class: String::new(),
                tasks: Vec::new(),
            };
            let login = json!({"login": format!("learner{number:02}"), "password": password});
            let signed_in = one.send(Method::POST, "/api/v1/sign-in", Some(login)).await.0;
            signed_in["access_token"].as_str().expect("a token").clone_into(&mut one.token);
            let classes = one.get("/api/v1/my/classes").await;
            let classes = classes["items"].as_array().expect("a list");
            let Some(class) = classes.iter().find(|c| c["training_state"] == "running") else { continue };
            class["class_id"].as_str().expect("an id").clone_into(&mut one.class);
            let week = one.get(&format!("/api/v1/classes/{}/this-week", one.class)).await;
            let list = week["list"]["id"].as_str().expect("a list");
            one.send(Method::POST, &format!("/api/v1/task-lists/{list}/claim"), Some(json!({}))).await;
            one.tasks.clone_from(week["list"]["tasks"].as_array().expect("tasks"));
            if one.task("watch")["state"] != "done" {
                return one;
            }
        }
        panic!("nobody has anything to watch");
    }

    async fn evening(&mut self) -> Vec<(&'static str, Counts)> {
        let video = format!("/api/v1/tasks/{}", id(self.task("watch")));
        let playback = self.post(&format!("{video}/playbacks"), json!({})).await.0;
        let topics = format!("/api/v1/classes/{}/topics", self.class);
        let new = json!({"kind": "discussion", "title": "说说今天的课", "body": "大家先说。", "client_id": "evening-topic"});
        let topic = format!("/api/v1/topics/{}", id(&self.post(&topics, new).await.0));

        let mut counts = Vec::new();
        let week = format!("/api/v1/classes/{}/this-week", self.class);
        counts.push(("this week", self.send(Method::GET, &week, None).await.1));
        counts.push(("topic", self.send(Method::GET, &format!("{topic}?limit=25"), None).await.1));
        let reply = json!({"body": "今天换了三次。", "client_id": "evening-reply"});
        counts.push(("reply", self.post(&format!("{topic}/posts"), reply).await.1));
        let record = json!({
            "counter": 0, "from_ms": 0, "to_ms": 5, "rate_hundredths": 100, "wall_ms": 5, "is_visible": true,
        });
        let evidence = json!({"playback_id": id(&playback), "records": [record]});
        let (told, sent) = self.post(&format!("{video}/watch-evidence"), evidence).await;
        assert_eq!(told["gained_ms"], 5, "{told}");
        counts.push(("watch report", sent));
        counts.push(("whole test", self.whole_test().await));
        counts
    }

    async fn whole_test(&mut self) -> Counts {
        let task = id(self.task("test")).to_owned();
        let sheet = self.get(&format!("/api/v1/tasks/{task}/test")).await;
        let paper = sheet["paper_id"].as_str().expect("a paper");
        let start = format!("/api/v1/test-papers/{paper}/attempts");
        let (attempt, started) = self.post(&start, json!({"task_id": task})).await;
        let path = format!("/api/v1/attempts/{}", id(&attempt));
        let (attempt, read) = self.send(Method::GET, &path, None).await;
        let items = attempt["items"].as_array().expect("items");
        let answer =
            |item: &Value| json!({"item_id": item["id"], "seq": 1, "chosen": [item["options"][0]["key"]]});
        let answers: Vec<Value> = items.iter().map(answer).collect();
        let save = Some(json!({"answers": answers}));
        let saved = self.send(Method::PUT, &format!("{path}/answers"), save).await.1;
        let submitted = self.post(&format!("{path}/submit"), json!({"answers": []})).await.1;
        let all = [started, read, saved, submitted];
        Counts {
            statements: all.iter().map(|sent| sent.statements).sum(),
            transactions: all.iter().map(|sent| sent.transactions).sum(),
        }
    }

    fn task(&self, kind: &str) -> &Value {
        self.tasks.iter().find(|task| task["kind"] == kind).expect("this week has one")
    }

    async fn get(&mut self, path: &str) -> Value {
        self.send(Method::GET, path, None).await.0
    }

    async fn post(&mut self, path: &str, body: Value) -> (Value, Counts) {
        self.send(Method::POST, path, Some(body)).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<Value>) -> (Value, Counts) {
        self.keys += 1;
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("idempotency-key", format!("evening-{:04}", self.keys))
            .header(header::CONTENT_TYPE, "application/json");
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        let body = body.map_or_else(Body::empty, |json| Body::from(json.to_string()));
        let request = request.body(body).expect("a request");
        let (answer, sent) = counted(self.router.clone().oneshot(request)).await;
        let answer = answer.expect("a router answers");
        let status = answer.status();
        let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
        let is_known = status == StatusCode::CONFLICT && path.ends_with("/claim");
        assert!(status.is_success() || is_known, "{path}: {status} {}", String::from_utf8_lossy(&bytes));
        (serde_json::from_slice(&bytes).unwrap_or(Value::Null), sent)
    }
}

fn id(view: &Value) -> &str {
    view["id"].as_str().expect("an id")
}
