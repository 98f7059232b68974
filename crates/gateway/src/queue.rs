//! How the queue of jobs stands, in figures for `/metrics` and in words for the doctor.

use std::fmt::Write as _;

use http_kit::Platform;
use kernel::Ambient;
use storage::StorageError;
use storage::jobs::{self, Kind, Lane, Standing};

use crate::config::Config;
use crate::world::open_database_as_it_is;

/// `lingxue jobs retry KIND`.
pub async fn retry(config: &Config, kind: &str) -> anyhow::Result<()> {
    let db = open_database_as_it_is(config).await?;
    let mut tx = db.begin_write().await?;
    let count = jobs::retry_given_up(&mut tx, kind, Ambient::system().now()).await?;
    tx.commit().await?;
    println!("{count} jobs of {kind} will be tried again");
    db.close().await;
    Ok(())
}

/// `lingxue jobs discard KIND`.
pub async fn discard(config: &Config, kind: &str) -> anyhow::Result<()> {
    let db = open_database_as_it_is(config).await?;
    let mut tx = db.begin_write().await?;
    let count = jobs::discard_given_up(&mut tx, kind).await?;
    tx.commit().await?;
    println!("{count} jobs of {kind} were deleted");
    db.close().await;
    Ok(())
}

/// How each kind of job stands now.
pub async fn standing(platform: &Platform, kinds: &[Kind]) -> Result<Vec<Standing>, StorageError> {
    jobs::standing(&mut platform.db.read().await?, kinds, platform.ambient.now()).await
}

/// The figures in Prometheus' text form. Kinds that nobody here does share one label, so that rows cannot make new series.
pub fn figures(standing: &[Standing]) -> String {
    type Figure = fn(&Standing) -> i64;
    let figures: [(&str, &str, Figure); 4] = [
        ("jobs_waiting", "Jobs that are not done.", |one| one.waiting),
        ("jobs_running", "Jobs that a process has in hand.", |one| one.running),
        ("jobs_oldest_due_seconds", "How long the longest due job has waited.", |one| one.oldest_due_seconds),
        ("jobs_given_up", "Jobs that need a person.", |one| one.given_up),
    ];
    let (known, unknown): (Vec<_>, Vec<_>) = standing.iter().partition(|one| one.lane.is_some());
    let mut text = String::new();
    for (name, help, figure) in figures {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
        for one in &known {
            let lane = one.lane.map_or("none", Lane::word);
            let _ = writeln!(text, "{name}{{kind=\"{}\",lane=\"{lane}\"}} {}", one.kind, figure(one));
        }
        let of_unknown = unknown.iter().map(|one| figure(one));
        let of_unknown = if name == "jobs_oldest_due_seconds" {
            of_unknown.max().unwrap_or_default()
        } else {
            of_unknown.sum()
        };
        let _ = writeln!(text, "{name}{{kind=\"unknown\",lane=\"none\"}} {of_unknown}");
    }
    text
}

/// What a person should know of a lane (or of kinds that nobody does): what is good about it, or what is wrong.
pub fn diagnose(standing: &[Standing], lane: Option<Lane>) -> Result<String, String> {
    let mut wrong = Vec::new();
    let (mut waiting, mut oldest) = (0, 0);
    for one in standing.iter().filter(|one| one.lane == lane) {
        waiting += one.waiting + one.running;
        oldest = oldest.max(one.oldest_due_seconds);
        if one.given_up > 0 {
            let why = one.last_error.as_deref().unwrap_or_default();
            let (kind, count) = (&one.kind, one.given_up);
            wrong.push(format!(
                "{count} of {kind} given up ({why}); see to it, then: lingxue jobs retry {kind}, or discard"
            ));
        }
        if one.lane.is_none() && one.waiting > 0 {
            wrong.push(format!("{} of {} that this program does not know", one.waiting, one.kind));
        }
    }
    if oldest > lane.map_or(i64::MAX, most_due_seconds) {
        wrong.push(format!("one has been due for {oldest} s; does a server run?"));
    }
    if wrong.is_empty() {
        Ok(format!("{waiting} waiting, the oldest due for {oldest} s"))
    } else {
        Err(wrong.join("; "))
    }
}

/// Longer than this, and something is wrong.
const fn most_due_seconds(lane: Lane) -> i64 {
    match lane {
        Lane::Quick => 300,
        Lane::Heavy => 6 * 3_600,
    }
}
