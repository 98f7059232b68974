#![doc = include_str!("../README.md")]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures for reading, far from the edges of their types"
)]

mod account;
mod alone;
mod burst;
mod client;
mod cluster;
mod crowd;
mod figures;
mod first_load;
mod first_visit;
mod limits;
mod machine;
mod memory;
mod metrics;
mod people;
mod places;
mod plan;
mod programs;
mod results;
mod rounds;
mod scenarios;
mod scene;
mod server;
mod stats;
mod table;

use std::path::Path;

use anyhow::Context as _;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::signal::unix::{SignalKind, signal};

use cluster::Cluster;
use places::{KINDS, Place, SIZES};
use plan::Plan;
use programs::Program;
use results::Results;
use rounds::Master;

#[tokio::main(worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => unless_stopped(measure(Plan::whole(), true)).await,
        // What it prints is not kept.
        ["--short"] => unless_stopped(measure(Plan::short(), false)).await,
        ["limits", address, postgres, folder] => limits::server::serve(address, postgres, folder).await,
        _ => anyhow::bail!("bench takes no words, or --short"),
    }
}

/// Whoever stops a run leaves no server and no folder behind.
async fn unless_stopped(run: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        ended = run => ended,
        _ = tokio::signal::ctrl_c() => anyhow::bail!("stopped"),
        _ = terminated.recv() => anyhow::bail!("stopped"),
    }
}

async fn measure(plan: Plan, is_kept: bool) -> anyhow::Result<()> {
    let variable = |name| std::env::var(name).ok();
    let (list, built) = (variable(programs::VARIABLE), variable("LINGXUE_TEST_BIN"));
    let programs = programs::named(list.as_deref(), built.as_deref())?;
    let postgres = variable("LINGXUE_TEST_POSTGRES_URL").context("run through scripts/bench.sh")?;
    let cluster = Cluster::at(&postgres).await?;
    // Thousands of sockets at once, at both of their ends.
    let most = getrlimit(Resource::Nofile).maximum;
    setrlimit(Resource::Nofile, Rlimit { current: most, maximum: most })?;

    let folder = tempfile::Builder::new().prefix("lingxue-bench-").tempdir()?;
    let mut masters = masters(&programs, &cluster, folder.path()).await?;
    let (mut results, mut limits) = (Results::default(), None);
    eprintln!("Starts, sockets and first visits");
    alone::run(plan, &programs, &masters, folder.path(), &mut results).await?;
    for round in 1..=plan.rounds {
        eprintln!("Round {round} of {}", plan.rounds);
        rounds::run(plan, &programs, &masters, folder.path(), &mut limits, &mut results).await?;
        // Who was first is last in the next one.
        masters.reverse();
    }
    drop(limits);

    let output = format!("{}\n\n{}", machine::told(&programs, &cluster), table::written(&programs, &results));
    println!("{output}");
    if is_kept { figures::keep(&output) } else { Ok(()) }
}

/// The databases that all rounds take copies of; programs stand beside one another.
async fn masters(programs: &[Program], cluster: &Cluster, folder: &Path) -> anyhow::Result<Vec<Master>> {
    let mut masters = Vec::new();
    for (nth, program) in programs.iter().enumerate() {
        for kind in KINDS {
            eprintln!("Filling {} for {}", kind.name(), program.label);
            let name = |what: &str| folder.join(format!("{what}-{nth}-{}", kind.name().to_lowercase()));
            let demo = Place::demo(program, name("demo"), kind, cluster).await?;
            for size in SIZES {
                let place = demo.grown(name(&format!("master-{size:?}").to_lowercase()), size).await?;
                let accounts = people::accounts(&place).await?;
                masters.push(Master { program: nth, size, place, accounts });
            }
            demo.remove().await?;
        }
    }
    masters.sort_by_key(|master| (master.size, master.place.kind, master.program));
    Ok(masters)
}
