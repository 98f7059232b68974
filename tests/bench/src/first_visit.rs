//! The first visit of *This week* in a real browser, by the script beside this package.

use anyhow::Context as _;
use serde_json::Value;
use tokio::process::Command;

use crate::server::Server;
use crate::stats;

const SCRIPT: &str = "tests/bench/first-visit.mjs";

pub struct FirstVisit {
    pub seconds: f64,
    /// All that came over the line until the tasks were read, also what was fetched ahead for later.
    pub requests: f64,
    pub kilobytes: f64,
}

/// So many first visits, each by a browser that knows nothing yet but its session.
pub async fn measure(
    server: &Server,
    account: &str,
    password: &str,
    visits: usize,
) -> anyhow::Result<FirstVisit> {
    let output = Command::new("node")
        .arg(SCRIPT)
        .env("BENCH_URL", format!("http://{}", server.address))
        .env("BENCH_ACCOUNT", account)
        .env("BENCH_PASSWORD", password)
        .env("BENCH_VISITS", visits.to_string())
        .stderr(std::process::Stdio::inherit())
        .kill_on_drop(true)
        .output()
        .await
        .context("node does not start")?;
    anyhow::ensure!(output.status.success(), "{SCRIPT} ended with {}", output.status);
    let visits: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    let median = |key: &str| {
        let values: Option<Vec<f64>> = visits.iter().map(|visit| visit[key].as_f64()).collect();
        values.and_then(stats::median).with_context(|| format!("no {key}"))
    };
    Ok(FirstVisit {
        seconds: median("milliseconds")? / 1000.0,
        requests: median("requests")?,
        kilobytes: median("bytes")? / 1000.0,
    })
}
