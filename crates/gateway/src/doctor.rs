//! `lingxue doctor`: looks at everything that can be wrong, changes nothing, and says what it found in words.

use anyhow::bail;
use storage::Db;
use storage::jobs::Lane;

use crate::config::Config;
use crate::world::{World, open_database};
use crate::{queue, store};

/// One thing that was looked at: what is good about it, or what is wrong.
#[derive(Debug)]
pub struct Finding {
    pub about: String,
    pub outcome: Result<String, String>,
}

/// Looks and prints; fails when something is wrong.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let findings = look(config).await;
    for Finding { about, outcome } in &findings {
        match outcome {
            Ok(text) => println!("ok     {about}: {text}"),
            Err(text) => println!("WRONG  {about}: {text}"),
        }
    }
    let wrong = findings.iter().filter(|finding| finding.outcome.is_err()).count();
    if wrong > 0 {
        bail!("{wrong} of {} things need a person", findings.len());
    }
    Ok(())
}

/// What is found about the database, its schema, the audit chains, the files, the jobs, the keys and the fonts. What cannot be looked at because
/// of an earlier finding is left out.
pub async fn look(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    let db = match open_database(config).await {
        Ok(db) => db,
        Err(error) => return vec![finding("database", Err(format!("{error:#}")))],
    };
    let schema = schema(&db).await;
    let is_current = schema.is_ok();
    findings.push(finding("schema", schema));
    if is_current {
        match audit_chains(&db).await {
            Ok(chains) => findings.extend(chains),
            Err(error) => findings.push(finding("audit chains", Err(error.to_string()))),
        }
    }
    db.close().await;
    if is_current {
        findings.extend(start(config).await);
    }
    findings
}

async fn schema(db: &Db) -> Result<String, String> {
    let applied = storage::applied_migrations(db).await.map_err(|error| error.to_string())?;
    let missing = storage::known_migrations().filter(|(number, _)| !applied.contains(number)).count();
    if missing > 0 {
        return Err(format!("{missing} migrations are missing: run lingxue migrate"));
    }
    Ok(format!("{} migrations", applied.len()))
}

async fn audit_chains(db: &Db) -> Result<Vec<Finding>, storage::StorageError> {
    let mut conn = db.read().await?;
    store::ping(&mut conn).await?;
    let mut findings = Vec::new();
    for chain in storage::audit::chains(&mut conn).await? {
        let outcome = match storage::audit::first_broken(&mut conn, &chain).await? {
            None => Ok("unbroken".to_owned()),
            Some(number) => Err(format!("entry {number} is missing or was changed")),
        };
        findings.push(finding(&format!("audit chain {chain}"), outcome));
    }
    Ok(findings)
}

/// Whether the server would start, and what its parts say of themselves.
async fn start(config: &Config) -> Vec<Finding> {
    let world = match World::open(config).await {
        Ok(world) => world,
        Err(error) => return vec![finding("start", Err(format!("{error:#}")))],
    };
    let files = world.areas.blobs.ready().await;
    let files = files.map(|()| "the place answers".to_owned()).map_err(|error| error.to_string());
    let mut findings = vec![finding("files", files)];
    findings.extend(queue(&world).await);
    findings.extend(world.areas.check().into_iter().map(|(about, outcome)| finding(&about, outcome)));
    world.platform.db.close().await;
    findings
}

async fn queue(world: &World) -> Vec<Finding> {
    let standing = match queue::standing(&world.platform, &world.areas.runner().kinds()).await {
        Ok(standing) => standing,
        Err(error) => return vec![finding("jobs", Err(error.to_string()))],
    };
    [Some(Lane::Quick), Some(Lane::Heavy), None]
        .into_iter()
        .filter(|lane| lane.is_some() || standing.iter().any(|one| one.lane.is_none()))
        .map(|lane| {
            let about = format!("jobs {}", lane.map_or("unknown", Lane::word));
            finding(&about, queue::diagnose(&standing, lane))
        })
        .collect()
}

fn finding(about: &str, outcome: Result<String, String>) -> Finding {
    Finding { about: about.to_owned(), outcome }
}
