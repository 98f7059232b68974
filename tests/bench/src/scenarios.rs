//! The things that people do most, on the demo's data.

use anyhow::Context as _;
use http::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::client::Client;
use crate::process::Server;

/// Attempts that every learner of the cast has left.
const ATTEMPTS_EACH: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    SignIn,
    ThisWeek,
    Topic,
    Reply,
    WholeTest,
}

pub const ALL: &[Scenario] =
    &[Scenario::SignIn, Scenario::ThisWeek, Scenario::Topic, Scenario::Reply, Scenario::WholeTest];

impl Scenario {
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::ThisWeek => "this week",
            Self::Topic => "topic with 25 posts",
            Self::Reply => "reply",
            Self::WholeTest => "whole test (start, read, save, submit)",
        }
    }

    /// Hashing a password is slow on purpose: fewer of them.
    pub const fn count(self, usual: usize) -> usize {
        match self {
            Self::SignIn => usual / 20,
            // As many as there are attempts in the demo.
            Self::WholeTest => 18,
            _ => usual,
        }
    }

    pub async fn once(self, client: &Client, scene: &Scene) -> anyhow::Result<()> {
        let token = Some(scene.token.as_str());
        match self {
            Self::SignIn => {
                // One after the other: an account has twenty right passwords at once.
                let nth = scene.signed_in.fetch_add(1, Ordering::Relaxed);
                let body =
                    json!({"login": scene.accounts[nth % scene.accounts.len()], "password": scene.password});
                client.send(Method::POST, "/api/v1/sign-in", None, Some(&body), &[]).await?.good()?;
            }
            Self::ThisWeek => {
                client.get(&format!("/api/v1/classes/{}/this-week", scene.class), token).await?.good()?;
            }
            Self::Topic => {
                client.get(&format!("/api/v1/topics/{}?limit=25", scene.topic), token).await?.good()?;
            }
            Self::Reply => {
                let key = scene.key();
                let body = json!({"body": "今天试了一次，孩子们都等着轮到自己。", "client_id": key});
                client.post(&format!("/api/v1/topics/{}/posts", scene.topic), token, &body, &key).await?;
            }
            Self::WholeTest => scene.whole_test(client).await?,
        }
        Ok(())
    }
}

/// What the scenarios need to know of the demo.
#[derive(Clone)]
pub struct Scene {
    pub token: String,
    pub class: String,
    topic: String,
    task: String,
    paper: String,
    takers: Arc<[String]>,
    taken: Arc<AtomicUsize>,
    accounts: Arc<[String]>,
    signed_in: Arc<AtomicUsize>,
    password: String,
    keys: Arc<AtomicU64>,
}

impl Scene {
    pub async fn prepare(server: &Server) -> anyhow::Result<Self> {
        let known: Value = serde_json::from_str(&std::fs::read_to_string(server.sign_ins())?)?;
        let password = known["password"].as_str().context("no password")?.to_owned();
        let client = Client::connect(&server.address).await?;
        let token = sign_in(&client, "learner01", &password).await?;
        let classes = client.get("/api/v1/my/classes", Some(&token)).await?.good()?.json()?;
        let class = running(&classes).context("the learner is in no class")?;
        let keys = Arc::new(AtomicU64::new(1));
        let mut scene = Self {
            topic: String::new(),
            task: String::new(),
            paper: String::new(),
            takers: Arc::new([]),
            taken: Arc::default(),
            accounts: (1..=24).map(|n| format!("learner{n:02}")).collect(),
            signed_in: Arc::default(),
            token,
            class: class["class_id"].as_str().context("a class without id")?.to_owned(),
            password,
            keys,
        };
        scene.topic = scene.topic_with_posts(&client).await?;
        scene.find_test(&client).await?;
        Ok(scene)
    }

    fn key(&self) -> String {
        format!("bench-{:012}", self.keys.fetch_add(1, Ordering::Relaxed))
    }

    async fn topic_with_posts(&self, client: &Client) -> anyhow::Result<String> {
        let key = self.key();
        let body =
            json!({"kind": "discussion", "title": "说说今天的课", "body": "大家先说。", "client_id": key});
        let path = format!("/api/v1/classes/{}/topics", self.class);
        let topic = client.post(&path, Some(&self.token), &body, &key).await?.json()?;
        let topic = topic["id"].as_str().context("no topic")?.to_owned();
        for number in 2..=25 {
            let key = self.key();
            let body = json!({"body": format!("第 {number} 位：今天两个年级换了三次，**第二次**最顺。"), "client_id": key});
            client.post(&format!("/api/v1/topics/{topic}/posts"), Some(&self.token), &body, &key).await?;
        }
        Ok(topic)
    }

    /// This week's test, and the learners who may still take it: each has three attempts, of which the demo used one at most.
    async fn find_test(&mut self, client: &Client) -> anyhow::Result<()> {
        let week = client
            .get(&format!("/api/v1/classes/{}/this-week", self.class), Some(&self.token))
            .await?
            .json()?;
        let tasks = week["list"]["tasks"].as_array().context("this week has no list")?;
        let task = tasks.iter().find(|t| t["kind"] == "test").context("this week has no test")?;
        task["id"].as_str().context("a task without id")?.clone_into(&mut self.task);
        let test = client
            .get(&format!("/api/v1/tasks/{}/test", self.task), Some(&self.token))
            .await?
            .good()?
            .json()?;
        test["paper_id"].as_str().context("a test without paper")?.clone_into(&mut self.paper);
        let list = week["list"]["id"].as_str().context("a list without id")?;
        let mut takers = Vec::new();
        for account in self.accounts.iter() {
            let token = sign_in(client, account, &self.password).await?;
            // Whoever let the week go by claims it now; others have claimed it.
            let claim = format!("/api/v1/task-lists/{list}/claim");
            let key = self.key();
            client
                .send(Method::POST, &claim, Some(&token), Some(&json!({})), &[("idempotency-key", &key)])
                .await?;
            takers.push(token);
        }
        self.takers = takers.into();
        Ok(())
    }

    async fn whole_test(&self, client: &Client) -> anyhow::Result<()> {
        let nth = self.taken.fetch_add(1, Ordering::Relaxed);
        // Everybody's first attempt before anybody's second: two at once would share the one that is running.
        anyhow::ensure!(nth < self.takers.len() * ATTEMPTS_EACH, "all attempts are used up");
        let token = &self.takers[nth % self.takers.len()];
        let token = Some(token.as_str());
        let start = format!("/api/v1/test-papers/{}/attempts", self.paper);
        let attempt =
            client.post(&start, token, &json!({"task_id": self.task}), &self.key()).await?.json()?;
        let path = format!("/api/v1/attempts/{}", attempt["id"].as_str().context("no attempt")?);
        let attempt = client.get(&path, token).await?.good()?.json()?;
        let answers: Vec<Value> = attempt["items"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| json!({"item_id": item["id"], "seq": 1, "chosen": [item["options"][0]["key"]]}))
            .collect();
        client.put(&format!("{path}/answers"), token, &json!({"answers": answers})).await?;
        client.post(&format!("{path}/submit"), token, &json!({"answers": []}), &self.key()).await?;
        Ok(())
    }

    /// A token of one of the learners, in turn.
    pub fn taker(&self, nth: usize) -> &str {
        &self.takers[nth % self.takers.len()]
    }

    /// Requests and bytes of the first load of *This week*: the page, and what it names.
    pub async fn first_load(&self, server: &Server) -> anyhow::Result<(usize, usize)> {
        let client = Client::connect(&server.address).await?;
        let page = client.send(Method::GET, "/learn", None, None, &[]).await?.good()?;
        let html = String::from_utf8_lossy(&page.bytes).into_owned();
        let mut sizes = Vec::new();
        for name in html.split('"').filter(|part| part.starts_with("/assets/")) {
            let answer =
                client.send(Method::GET, name, None, None, &[("accept-encoding", "br")]).await?.good()?;
            sizes.push(answer.bytes.len());
        }
        Ok((sizes.len(), sizes.iter().sum()))
    }
}

/// The class of the training that is under way.
fn running(classes: &Value) -> Option<&Value> {
    classes["items"]
        .as_array()?
        .iter()
        .find(|c| c["training_state"] == "running" && c["my_role"] == "learner")
}

async fn sign_in(client: &Client, account: &str, password: &str) -> anyhow::Result<String> {
    let body = json!({"login": account, "password": password});
    let answer =
        client.send(Method::POST, "/api/v1/sign-in", None, Some(&body), &[]).await?.good()?.json()?;
    Ok(answer["access_token"].as_str().context("no token")?.to_owned())
}
