//! What the scenarios find when they begin: signed-in learners, in each of their classes a topic with 25 posts to read and one to reply to,
//! and the playbacks of those who still have something to watch.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use serde_json::json;

use crate::client::Client;
use crate::people::{self, Learner, text};
use crate::places::Place;
use crate::server::Server;

pub const POSTS: usize = 25;

pub struct Scene {
    pub learners: Vec<Learner>,
    pub password: String,
    pub topics: HashMap<String, Topics>,
    pub watchers: Vec<Watcher>,
    pub turns: Turns,
    keys: AtomicUsize,
}

/// Of one class.
pub struct Topics {
    pub read: String,
    pub reply: String,
}

/// A learner with an open playback.
pub struct Watcher {
    pub learner: usize,
    pub playback: String,
    pub reports: AtomicU32,
}

/// Whose turn it is, for each scenario.
#[derive(Default)]
pub struct Turns {
    pub sign_in: AtomicUsize,
    pub week: AtomicUsize,
    pub topic: AtomicUsize,
    pub reply: AtomicUsize,
    pub test: AtomicUsize,
    pub watch: AtomicUsize,
}

impl Scene {
    pub async fn prepare(server: &Server, place: &Place, accounts: &[String]) -> anyhow::Result<Self> {
        let password = people::password(place)?;
        let learners = people::sign_in(&server.address, accounts, &password).await?;
        let (topics, watchers, turns) = (HashMap::new(), Vec::new(), Turns::default());
        let mut scene = Self { learners, password, topics, watchers, turns, keys: AtomicUsize::new(1) };
        let client = Client::connect(&server.address).await?;
        for nth in 0..scene.learners.len() {
            let learner = &scene.learners[nth];
            if !scene.topics.contains_key(&learner.class) {
                let [read, reply] =
                    [scene.topic(&client, learner).await?, scene.topic(&client, learner).await?];
                scene.topics.insert(learner.class.clone(), Topics { read, reply });
            }
            if let Some(watcher) = scene.watcher(&client, nth).await? {
                scene.watchers.push(watcher);
            }
        }
        // More than there are clients at once.
        anyhow::ensure!(
            scene.watchers.len() > 16,
            "only {} learners have yet to watch",
            scene.watchers.len()
        );
        Ok(scene)
    }

    /// Whoever comes next: many take turns, so that so many clients at once are so many people.
    pub fn next(&self, turn: &AtomicUsize) -> &Learner {
        &self.learners[turn.fetch_add(1, Ordering::Relaxed) % self.learners.len()]
    }

    pub fn key(&self) -> String {
        format!("bench-{:012}", self.keys.fetch_add(1, Ordering::Relaxed))
    }

    async fn topic(&self, client: &Client, learner: &Learner) -> anyhow::Result<String> {
        let (token, key) = (Some(learner.token.as_str()), self.key());
        let body =
            json!({"kind": "discussion", "title": "说说今天的课", "body": "大家先说。", "client_id": key});
        let path = format!("/api/v1/classes/{}/topics", learner.class);
        let topic = client.post(&path, token, &body, &key).await?.json()?;
        let topic = text(&topic, "id")?;
        for number in 2..=POSTS {
            let key = self.key();
            let body = format!("第 {number} 位：今天两个年级换了三次，**第二次**最顺。");
            let body = json!({"body": body, "client_id": key});
            client.post(&format!("/api/v1/topics/{topic}/posts"), token, &body, &key).await?;
        }
        Ok(topic.to_owned())
    }

    async fn watcher(&self, client: &Client, nth: usize) -> anyhow::Result<Option<Watcher>> {
        let learner = &self.learners[nth];
        let Some(task) = &learner.video else { return Ok(None) };
        let path = format!("/api/v1/tasks/{task}/playbacks");
        let opened = client.post(&path, Some(&learner.token), &json!({}), &self.key()).await?.json()?;
        let playback = text(&opened, "id")?.to_owned();
        Ok(Some(Watcher { learner: nth, playback, reports: AtomicU32::new(0) }))
    }
}
