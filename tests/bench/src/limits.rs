//! What no server can do better: the same work with nothing around it. It is asked over HTTP as the servers are, in a process of its own.

pub mod server;
mod week;

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context as _;
use rusqlite::Connection;
use serde_json::json;
use tokio::process::{Child, Command};

use crate::account::{self, Account};
use crate::client::Client;
use crate::cluster::Cluster;
use crate::places::{Kind, Place};
use crate::scene::Scene;
use crate::server::{Server, free_address};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    Argon2,
    Bare,
    Read,
    Week,
    Insert,
    PostgresRead,
    PostgresInsert,
}

pub const ALL: [Limit; 7] = [
    Limit::Argon2,
    Limit::Bare,
    Limit::Read,
    Limit::Week,
    Limit::Insert,
    Limit::PostgresRead,
    Limit::PostgresInsert,
];

impl Limit {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Argon2 => "Argon2id of a sign-in",
            Self::Bare => "bare axum, the bytes of this week",
            Self::Read | Self::PostgresRead => "one prepared read of those bytes",
            Self::Week => "the statements of this week",
            Self::Insert | Self::PostgresInsert => "one insert with commit",
        }
    }

    pub const fn kind(self) -> Kind {
        match self {
            Self::PostgresRead | Self::PostgresInsert => Kind::Postgres,
            _ => Kind::Sqlite,
        }
    }

    pub const fn path(self) -> &'static str {
        match self {
            Self::Argon2 => "/argon2",
            Self::Bare => "/bare",
            Self::Read => "/read",
            Self::Week => "/week",
            Self::Insert => "/insert",
            Self::PostgresRead => "/postgres/read",
            Self::PostgresInsert => "/postgres/insert",
        }
    }
}

/// The files through which the process is told what to answer.
const WEEK: &str = "week.json";
const WHO: &str = "who.json";
const DATABASE: &str = "lingxue.db";

pub struct Limits {
    child: Child,
    pub address: String,
    pid: u32,
    cluster: account::Cluster,
}

impl Limits {
    /// Takes from a world what it answers: one learner's week, and the database that holds it.
    pub async fn start(
        folder: PathBuf,
        server: &Server,
        place: &Place,
        scene: &Scene,
    ) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let learner = scene.learners.first().context("nobody learns")?;
        let week = format!("/api/v1/classes/{}/this-week", learner.class);
        let client = Client::connect(&server.address).await?;
        let week = client.get(&week, Some(&learner.token)).await?.good()?;
        std::fs::write(folder.join(WEEK), &week.bytes)?;
        let who =
            json!({"account": learner.account, "password": scene.password, "week": week.json()?["week"]});
        std::fs::write(folder.join(WHO), who.to_string())?;
        let copy = folder.join(DATABASE);
        Connection::open(place.file())?
            .execute("vacuum into ?1", [copy.to_str().context("a folder with a strange name")?])?;

        let cluster: &Cluster = place.cluster();
        cluster.create("limits", None).await?;
        let address = free_address().await?;
        let child = Command::new(std::env::current_exe()?)
            .args(["limits", &address, &cluster.url_of("limits")])
            .arg(&folder)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let pid = child.id().context("it has ended")?;
        let mut limits = Self { child, address, pid, cluster: cluster.account };
        while Client::connect(&limits.address).await.is_err() {
            let ended = limits.child.try_wait()?;
            anyhow::ensure!(ended.is_none(), "the process of the limits ended: {ended:?}");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(limits)
    }

    pub fn cpu(&self, kind: Kind) -> anyhow::Result<Account> {
        let own = Account::of(self.pid)?;
        Ok(match kind {
            Kind::Sqlite => own,
            Kind::Postgres => own.and(self.cluster.account()?),
        })
    }
}
