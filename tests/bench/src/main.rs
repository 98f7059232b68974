#![doc = include_str!("../README.md")]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures for reading, far from the edges of their types"
)]

mod client;
mod load;
mod process;
mod scenarios;
mod sockets;

use anyhow::Context as _;
use process::Server;
use scenarios::Scene;

/// How many requests of each kind are measured, after a tenth as many for warming up.
const REQUESTS: usize = 2000;

fn main() -> anyhow::Result<()> {
    let program = std::env::var("LINGXUE_TEST_BIN").context("LINGXUE_TEST_BIN names the server's program")?;
    let postgres =
        std::env::var("LINGXUE_TEST_POSTGRES_URL").context("run through scripts/with-test-servers.sh")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        println!("| database | what | clients | CPU ms/request | p50 ms | p99 ms |");
        println!("|---|---|---|---|---|---|");
        let mut facts = Vec::new();
        for database in [None, Some(postgres.as_str())] {
            facts.extend(measure(&program, database).await?);
        }
        println!("\n| what | figure |\n|---|---|");
        for (what, figure) in facts {
            println!("| {what} | {figure} |");
        }
        Ok(())
    })
}

/// Everything about one database; the figures that are no requests come back for the second table.
async fn measure(program: &str, postgres: Option<&str>) -> anyhow::Result<Vec<(String, String)>> {
    let name = if postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    let (server, to_ready) = Server::start(program, postgres).await?;
    let mut facts = vec![
        (format!("{name}: start to ready, filled database"), format!("{} ms", to_ready.as_millis())),
        (
            format!("{name}: idle memory, resident (of which the process's own)"),
            format!("{:.1} MB ({:.1} MB)", server.resident_mb()?, server.own_mb()?),
        ),
    ];
    let scene = Scene::prepare(&server).await?;
    for clients in [1, 16] {
        for scenario in scenarios::ALL {
            let count = scenario.count(REQUESTS);
            let figures = load::run(&server, &scene, *scenario, clients, count).await?;
            println!(
                "| {name} | {} | {clients} | {:.3} | {:.2} | {:.2} |",
                scenario.name(),
                figures.cpu,
                figures.p50,
                figures.p99
            );
        }
    }
    let per_socket = sockets::memory_each(&server, &scene, 400).await?;
    facts.push((
        format!("{name}: memory per open socket (400 open, subscribed)"),
        format!("{per_socket:.1} KiB"),
    ));
    if postgres.is_none() {
        let (requests, bytes) = scene.first_load(&server).await?;
        facts.push((
            "first load of This week, brotli".to_owned(),
            format!("{:.1} kB in {requests} requests", bytes as f64 / 1000.0),
        ));
    }
    server.stop().await?;
    Ok(facts)
}
