//! The learners who take turns, signed in, with what each of them works on this week.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use futures_util::{StreamExt, TryStreamExt, stream};
use http::Method;
use rusqlite::Connection;
use serde_json::{Value, json};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};

use crate::client::Client;
use crate::places::{Kind, Place};

/// So many that each has a test to take whenever one is taken, and fewer sockets than a person may have.
pub const LEARNERS: usize = 160;

/// Checking passwords takes two at once.
const AT_ONCE: usize = 4;

/// Those who sit in a class of a training that is under way, class after class.
const ACCOUNTS: &str = "select p.account_name from people p join placements s on s.person_id = p.id \
     join classes c on c.id = s.class_id join trainings t on t.id = c.training_id \
     where t.state = 'running' order by c.id, p.account_name";

pub struct Learner {
    pub account: String,
    pub token: String,
    pub class: String,
    pub test: Test,
    /// What there is to watch, unless it was watched to its end.
    pub video: Option<Arc<str>>,
}

#[derive(Clone)]
pub struct Test {
    pub task: String,
    pub paper: String,
}

pub fn password(place: &Place) -> anyhow::Result<String> {
    let known = std::fs::read(place.folder.join("demo-sign-ins.json"))?;
    text(&serde_json::from_slice(&known)?, "password").map(str::to_owned)
}

/// The names of some learners, nobody's twice.
pub async fn accounts(place: &Place) -> anyhow::Result<Vec<String>> {
    let some = format!("{ACCOUNTS} limit {LEARNERS}");
    let names: Vec<String> = match place.kind {
        Kind::Sqlite => {
            let conn = Connection::open(place.file())?;
            conn.prepare(&some)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        }
        Kind::Postgres => {
            let mut conn = PgConnection::connect(&place.url()?).await?;
            let names = sqlx::query_scalar(AssertSqlSafe(some)).fetch_all(&mut conn).await?;
            conn.close().await?;
            names
        }
    };
    anyhow::ensure!(names.len() == LEARNERS, "only {} learners sit in classes", names.len());
    Ok(names)
}

/// Everybody signs in, opens the week and claims it where that was not done.
pub async fn sign_in(address: &str, accounts: &[String], password: &str) -> anyhow::Result<Vec<Learner>> {
    let papers = tokio::sync::Mutex::new(HashMap::new());
    let papers = &papers;
    stream::iter(accounts)
        .map(|account| async move {
            let client = Client::connect(address).await?;
            enter(&client, account, password, papers).await.with_context(|| account.clone())
        })
        .buffered(AT_ONCE)
        .try_collect()
        .await
}

async fn enter(
    client: &Client,
    account: &str,
    password: &str,
    papers: &tokio::sync::Mutex<HashMap<String, String>>,
) -> anyhow::Result<Learner> {
    let token = token(client, account, password).await?;
    let get = async |path: &str| client.get(path, Some(&token)).await?.good()?.json();
    let classes = get("/api/v1/my/classes").await?;
    let is_theirs = |c: &&Value| c["training_state"] == "running" && c["my_role"] == "learner";
    let class = classes["items"].as_array().and_then(|all| all.iter().find(is_theirs)).context("no class")?;
    let class = text(class, "class_id")?.to_owned();

    let week = get(&format!("/api/v1/classes/{class}/this-week")).await?;
    let claim = format!("/api/v1/task-lists/{}/claim", text(&week["list"], "id")?);
    let key = format!("bench-claim-{account}");
    client.send(Method::POST, &claim, Some(&token), Some(&json!({})), &[("idempotency-key", &key)]).await?;
    let task = |kind: &str| week["list"]["tasks"].as_array()?.iter().find(|task| task["kind"] == kind);
    let test = text(task("test").context("this week has no test")?, "id")?.to_owned();
    let watch = task("watch").context("this week has nothing to watch")?;
    let video = (watch["state"] != "done").then(|| text(watch, "id").map(Arc::from)).transpose()?;
    let known = papers.lock().await.get(&test).cloned();
    let paper = match known {
        Some(paper) => paper,
        None => text(&get(&format!("/api/v1/tasks/{test}/test")).await?, "paper_id")?.to_owned(),
    };
    papers.lock().await.insert(test.clone(), paper.clone());
    Ok(Learner { account: account.to_owned(), token, class, test: Test { task: test, paper }, video })
}

pub async fn token(client: &Client, account: &str, password: &str) -> anyhow::Result<String> {
    let body = json!({"login": account, "password": password});
    let answer = client.send(Method::POST, "/api/v1/sign-in", None, Some(&body), &[]).await?;
    text(&answer.good()?.json()?, "access_token").map(str::to_owned)
}

/// A text within an answer.
pub fn text<'a>(value: &'a Value, key: &str) -> anyhow::Result<&'a str> {
    value[key].as_str().with_context(|| format!("no {key} in {value}"))
}
