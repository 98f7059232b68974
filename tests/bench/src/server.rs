//! A server as its own process, with its settings as they are when nobody says otherwise.

use std::fs::File;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use rustix::process::{Pid, Signal, kill_process};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

use crate::account::{self, Account};
use crate::client::Client;
use crate::places::{Kind, Place};
use crate::programs::Program;

pub struct Server {
    child: Child,
    pub pid: u32,
    pub address: String,
    metrics: String,
    cluster: Option<account::Cluster>,
}

/// The program on this data. All requests of a run come from one address and faster than people's, so the bounds on how often and by how
/// many connections are off. What it logs goes into a file, as a service's would.
pub fn command(program: &Program, place: &Place) -> anyhow::Result<Command> {
    let log = File::options().create(true).append(true).open(place.folder.join("server.log"))?;
    let mut command = Command::new(&program.path);
    command
        .env("LINGXUE_DATA_FOLDER", &place.folder)
        .env("LINGXUE_SERVER_REQUESTS_PER_SECOND", "0")
        .env("LINGXUE_SERVER_CONNECTIONS_PER_ADDRESS", "0")
        .env_remove("LINGXUE_LOG_FILTER")
        .env_remove("LINGXUE_DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .kill_on_drop(true);
    if place.kind == Kind::Postgres {
        command.env("LINGXUE_DATABASE_URL", place.url()?);
    }
    Ok(command)
}

impl Server {
    /// Starts it and waits until it is ready; says how long that took.
    pub async fn start(program: &Program, place: &Place) -> anyhow::Result<(Self, Duration)> {
        Self::run(program, place, command(program, place)?).await
    }

    /// The same, of an allocator that gives back at once what is not used: what is resident is then what is in use.
    pub async fn start_giving_back(program: &Program, place: &Place) -> anyhow::Result<Self> {
        let mut command = command(program, place)?;
        command.env("MIMALLOC_PURGE_DELAY", "0");
        Ok(Self::run(program, place, command).await?.0)
    }

    async fn run(program: &Program, place: &Place, mut command: Command) -> anyhow::Result<(Self, Duration)> {
        let (address, metrics) = (free_address().await?, free_address().await?);
        let started = Instant::now();
        let child = command
            .arg("serve")
            .env("LINGXUE_SERVER_LISTEN", &address)
            .env("LINGXUE_SERVER_METRICS_LISTEN", &metrics)
            .spawn()
            .with_context(|| format!("{} does not start", program.path.display()))?;
        let pid = child.id().context("it has ended")?;
        let cluster = (place.kind == Kind::Postgres).then(|| place.cluster().account);
        let server = Self { child, pid, address, metrics, cluster };
        while ask(&server.address, "/readyz").await.is_err() {
            if started.elapsed() > Duration::from_mins(1) {
                bail!("{} is not ready after a minute: see {}", program.label, place.folder.display());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok((server, started.elapsed()))
    }

    /// Processor time so far: its own, and that of its PostgreSQL.
    pub fn cpu(&self) -> anyhow::Result<Account> {
        let own = Account::of(self.pid)?;
        Ok(match self.cluster {
            Some(cluster) => own.and(cluster.account()?),
            None => own,
        })
    }

    /// What it says of itself.
    pub async fn metrics(&self) -> anyhow::Result<String> {
        ask(&self.metrics, "/metrics").await
    }

    /// While others are measured it does nothing, not even its chores.
    pub fn pause(&self) -> anyhow::Result<()> {
        self.tell(Signal::STOP)
    }

    pub fn go_on(&self) -> anyhow::Result<()> {
        self.tell(Signal::CONT)
    }

    fn tell(&self, signal: Signal) -> anyhow::Result<()> {
        let pid = Pid::from_raw(self.pid.try_into()?).context("it has ended")?;
        Ok(kill_process(pid, signal)?)
    }

    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.go_on()?;
        self.tell(Signal::TERM)?;
        let ended = tokio::time::timeout(Duration::from_secs(30), self.child.wait()).await??;
        if ended.success() { Ok(()) } else { bail!("a server ended with {ended}") }
    }
}

async fn ask(address: &str, path: &str) -> anyhow::Result<String> {
    let answer = Client::connect(address).await?.get(path, None).await?.good()?;
    Ok(String::from_utf8_lossy(&answer.bytes).into_owned())
}

pub async fn free_address() -> anyhow::Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?.to_string())
}
