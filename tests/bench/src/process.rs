//! The server as its own process, and what the kernel knows of it.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

pub struct Server {
    child: Child,
    pub address: String,
    folder: PathBuf,
    postgres: bool,
}

impl Server {
    /// Fills a fresh database with the demo, starts the server, and waits until it is ready.
    pub async fn start(program: &str, postgres: Option<&str>) -> anyhow::Result<(Self, Duration)> {
        let folder = std::env::temp_dir().join(format!(
            "lingxue-bench-{}-{}",
            std::process::id(),
            u8::from(postgres.is_some())
        ));
        std::fs::create_dir_all(&folder)?;
        let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
        let address = format!("127.0.0.1:{port}");
        let command = |what: &str| {
            let mut command = Command::new(program);
            command
                .arg(what)
                .env("LINGXUE_DATA_FOLDER", &folder)
                .env("LINGXUE_SERVER_LISTEN", &address)
                .env("LINGXUE_SERVER_METRICS_LISTEN", "127.0.0.1:0")
                .env("LINGXUE_SERVER_REQUESTS_PER_SECOND", "0")
                .env("LINGXUE_SERVER_CONNECTIONS_PER_ADDRESS", "0")
                .env("LINGXUE_LOG_FILTER", "warn")
                .stdout(Stdio::null())
                .kill_on_drop(true);
            if let Some(url) = postgres {
                command.env("LINGXUE_DATABASE_URL", url);
            }
            command
        };
        if !command("demo").status().await?.success() {
            bail!("the demo could not be made");
        }
        let started = Instant::now();
        let child = command("serve").spawn().context("the server does not start")?;
        let server = Self { child, address, folder, postgres: postgres.is_some() };
        while server.get_status("/readyz").await.ok() != Some(200) {
            if started.elapsed() > Duration::from_mins(1) {
                bail!("the server is not ready after a minute");
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok((server, started.elapsed()))
    }

    async fn get_status(&self, path: &str) -> anyhow::Result<u16> {
        let client = crate::client::Client::connect(&self.address).await?;
        Ok(client.get(path, None).await?.status)
    }

    fn pid(&self) -> anyhow::Result<u32> {
        self.child.id().context("the server has ended")
    }

    /// All memory that is resident, with the pages of the program's own file.
    pub fn resident_mb(&self) -> anyhow::Result<f64> {
        self.memory_mb("VmRSS:")
    }

    /// What of it belongs to the process alone, and could not be read again from a file.
    pub fn own_mb(&self) -> anyhow::Result<f64> {
        self.memory_mb("RssAnon:")
    }

    fn memory_mb(&self, kind: &str) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid()?))?;
        let line = status.lines().find(|l| l.starts_with(kind)).with_context(|| format!("no {kind}"))?;
        let kib: f64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
        Ok(kib / 1000.0)
    }

    /// CPU milliseconds so far: the server's, and all of PostgreSQL's where used.
    pub fn cpu_ms(&self) -> anyhow::Result<f64> {
        let mut nanos = nanos_of(self.pid()?);
        if self.postgres {
            for entry in std::fs::read_dir("/proc")?.flatten() {
                let Some(pid) = entry.file_name().to_str().and_then(|n| n.parse::<u32>().ok()) else {
                    continue;
                };
                let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
                if name.starts_with("postgres") {
                    nanos += nanos_of(pid);
                }
            }
        }
        Ok(nanos as f64 / 1e6)
    }

    /// Where the demo wrote who can sign in.
    pub fn sign_ins(&self) -> PathBuf {
        self.folder.join("demo-sign-ins.json")
    }

    pub async fn stop(mut self) -> anyhow::Result<()> {
        let pid = self.pid()?.to_string();
        Command::new("kill").args(["-TERM", &pid]).status().await?;
        let ended = tokio::time::timeout(Duration::from_secs(30), self.child.wait()).await??;
        std::fs::remove_dir_all(&self.folder)?;
        if ended.success() { Ok(()) } else { bail!("the server ended with {ended}") }
    }
}

/// Time on a processor of all threads of a process, in nanoseconds.
fn nanos_of(pid: u32) -> u64 {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task"));
    threads
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok())
        .filter_map(|line| line.split_whitespace().next()?.parse::<u64>().ok())
        .sum()
}
