//! The things that people do most, each once.

use std::sync::atomic::Ordering;

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::client::Client;
use crate::people;
use crate::places::Kind;
use crate::scene::{POSTS, Scene};

/// Attempts that every learner of the demo has left: of three, one was used at most.
const ATTEMPTS_LEFT: usize = 2;

/// A report tells of so much media, played in the time that it lasts. All reports of a playback together are far shorter than the time
/// since it was opened, so the server's clock allows them.
const STRETCH_MS: u32 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scenario {
    SignIn,
    ThisWeek,
    Topic,
    Reply,
    WholeTest,
    WatchReport,
}

pub const ALL: [Scenario; 6] = [
    Scenario::SignIn,
    Scenario::ThisWeek,
    Scenario::Topic,
    Scenario::Reply,
    Scenario::WholeTest,
    Scenario::WatchReport,
];

impl Scenario {
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::ThisWeek => "this week",
            Self::Topic => "topic with 25 posts",
            Self::Reply => "reply",
            Self::WholeTest => "whole test (start, read, save, submit)",
            Self::WatchReport => "watch report",
        }
    }

    /// Milliseconds of processor time that it should take at most; the sign-in's is told as times its Argon2id.
    pub const fn target(self, kind: Kind) -> Option<f64> {
        let (sqlite, postgres) = match self {
            Self::SignIn => return None,
            Self::ThisWeek => (0.30, 0.8),
            Self::Topic => (0.35, 0.8),
            Self::Reply => (0.70, 1.6),
            Self::WholeTest => (1.8, 6.0),
            Self::WatchReport => (0.40, 1.2),
        };
        Some(match kind {
            Kind::Sqlite => sqlite,
            Kind::Postgres => postgres,
        })
    }

    /// How often it can be done in one of so many bursts on the same data.
    pub const fn most(self, bursts: usize) -> usize {
        match self {
            Self::WholeTest => people::LEARNERS * ATTEMPTS_LEFT / bursts,
            _ => usize::MAX,
        }
    }

    pub async fn once(self, client: &Client, scene: &Scene) -> anyhow::Result<()> {
        match self {
            Self::SignIn => {
                let learner = scene.next(&scene.turns.sign_in);
                people::token(client, &learner.account, &scene.password).await?;
            }
            Self::ThisWeek => {
                let learner = scene.next(&scene.turns.week);
                let path = format!("/api/v1/classes/{}/this-week", learner.class);
                client.get(&path, Some(&learner.token)).await?.good()?;
            }
            Self::Topic => {
                let learner = scene.next(&scene.turns.topic);
                let topic = &scene.topics.get(&learner.class).context("a class without topics")?.read;
                client
                    .get(&format!("/api/v1/topics/{topic}?limit={POSTS}"), Some(&learner.token))
                    .await?
                    .good()?;
            }
            Self::Reply => {
                let learner = scene.next(&scene.turns.reply);
                let topic = &scene.topics.get(&learner.class).context("a class without topics")?.reply;
                let key = scene.key();
                let body = json!({"body": "今天试了一次，孩子们都等着轮到自己。", "client_id": key});
                client
                    .post(&format!("/api/v1/topics/{topic}/posts"), Some(&learner.token), &body, &key)
                    .await?;
            }
            Self::WholeTest => whole_test(client, scene).await?,
            Self::WatchReport => report(client, scene).await?,
        }
        Ok(())
    }
}

/// Everybody's first attempt before anybody's second: two at once would share the one that is running.
async fn whole_test(client: &Client, scene: &Scene) -> anyhow::Result<()> {
    let learner = scene.next(&scene.turns.test);
    let token = Some(learner.token.as_str());
    let start = format!("/api/v1/test-papers/{}/attempts", learner.test.paper);
    let task = json!({"task_id": learner.test.task});
    let attempt = client.post(&start, token, &task, &scene.key()).await?.json()?;
    let path = format!("/api/v1/attempts/{}", people::text(&attempt, "id")?);
    let attempt = client.get(&path, token).await?.good()?.json()?;
    let items = attempt["items"].as_array().filter(|items| !items.is_empty()).context("an empty paper")?;
    let answers: Vec<Value> = items
        .iter()
        .map(|item| json!({"item_id": item["id"], "seq": 1, "chosen": [item["options"][0]["key"]]}))
        .collect();
    client.put(&format!("{path}/answers"), token, &json!({"answers": answers})).await?;
    client.post(&format!("{path}/submit"), token, &json!({"answers": []}), &scene.key()).await?;
    Ok(())
}

/// The next stretch of a video, which is credited whole: as much as a real report does.
async fn report(client: &Client, scene: &Scene) -> anyhow::Result<()> {
    let nth = scene.turns.watch.fetch_add(1, Ordering::Relaxed) % scene.watchers.len();
    let watcher = &scene.watchers[nth];
    let learner = &scene.learners[watcher.learner];
    let counter = watcher.reports.fetch_add(1, Ordering::Relaxed);
    let from = counter * STRETCH_MS;
    let record = json!({
        "counter": counter, "from_ms": from, "to_ms": from + STRETCH_MS, "rate_hundredths": 100,
        "wall_ms": STRETCH_MS, "is_visible": true,
    });
    let task = learner.video.as_deref().context("nothing to watch")?;
    let path = format!("/api/v1/tasks/{task}/watch-evidence");
    let evidence = json!({"playback_id": watcher.playback, "records": [record]});
    let told = client.post(&path, Some(&learner.token), &evidence, &scene.key()).await?.json()?;
    anyhow::ensure!(told["gained_ms"] == STRETCH_MS, "a report was not credited: {told}");
    Ok(())
}
