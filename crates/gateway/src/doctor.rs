//! `lingxue doctor`: looks at everything that can be wrong, changes nothing, and says what it found in words.
//! `lingxue verify` looks at every file, every sealed value and every certificate besides.

use anyhow::bail;
use kernel::Ambient;
use storage::Db;
use storage::blobs::{Blobs, FreeSpace};
use storage::jobs::{self, Lane};
use storage::processes;

use crate::config::Config;
use crate::descriptors;
use crate::keys::{self, Keys};
use crate::world::{bus as connect, open_database_as_it_is, place};
use crate::{areas, presence, queue, store};

/// So many people's sealed data the doctor opens.
const SAMPLE: i64 = 50;

/// One thing that was looked at: what is good about it, or what is wrong.
#[derive(Debug)]
pub struct Finding {
    pub about: String,
    pub outcome: Result<String, String>,
}

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What keeps a server from working, and samples.
    Sample,
    /// Everything that is kept.
    Everything,
}

/// Looks and prints; fails when something is wrong.
pub async fn run(config: &Config, depth: Depth) -> anyhow::Result<()> {
    print(&look(config, depth).await)
}

/// Prints what was found; fails when something is wrong.
pub(crate) fn print(findings: &[Finding]) -> anyhow::Result<()> {
    for Finding { about, outcome } in findings {
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

/// What is found about open files, the database, its schema, the keys and what they open, the audit chains, the files, the jobs and the fonts.
/// What cannot be looked at because of an earlier finding is left out.
pub async fn look(config: &Config, depth: Depth) -> Vec<Finding> {
    let mut findings = vec![finding("open files", descriptors::check(config))];
    if config.sqlite_file().is_some_and(|file| !file.exists()) {
        findings.push(finding("schema", Err("there is no database yet: run lingxue migrate".to_owned())));
        return findings;
    }
    let db = match open_database_as_it_is(config).await {
        Ok(db) => db,
        Err(error) => {
            findings.push(finding("database", Err(format!("{error:#}"))));
            return findings;
        }
    };
    let schema = schema(&db).await;
    let is_current = schema.is_ok();
    findings.push(finding("schema", schema));
    if is_current {
        match kept(config, &db, depth).await {
            Ok(kept) => findings.extend(kept),
            Err(error) => findings.push(finding("database", Err(format!("{error:#}")))),
        }
    }
    db.close().await;
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

/// What the database keeps, and what belongs to it outside.
async fn kept(config: &Config, db: &Db, depth: Depth) -> anyhow::Result<Vec<Finding>> {
    let mut conn = db.read().await?;
    store::ping(&mut conn).await?;
    let keys = keys::look(config, &mut conn).await;
    drop(conn);
    let mut findings = match &keys {
        Ok(_) => vec![finding("keys", Ok("those of this database".to_owned()))],
        Err(error) => vec![finding("keys", Err(format!("{error:#}")))],
    };
    // Without the keys the chains are looked at all the same, and the anchors are nobody's.
    let anchor_keys = keys.as_ref().map(|keys| keys::anchor_keys(&keys.vault)).unwrap_or_default();
    let now = Ambient::system().now();
    for looked in storage::audit::check(db, &config.anchor_file(), &anchor_keys, now).await? {
        findings.push(Finding { about: looked.about, outcome: looked.outcome });
    }
    if let Ok(keys) = keys {
        findings.extend(with_keys(config, db, keys, depth).await?);
    }
    findings.extend(queue(db).await?);
    findings.push(finding("bus", bus(config, db).await?));
    Ok(findings)
}

async fn with_keys(config: &Config, db: &Db, keys: Keys, depth: Depth) -> anyhow::Result<Vec<Finding>> {
    let limit = if depth == Depth::Everything { i64::MAX } else { SAMPLE };
    let opened = identity::sealed::check(&mut db.snapshot().await?, &keys.vault, limit).await;
    let opened = opened.map(|values| format!("{values} values open")).map_err(|error| error.to_string());
    let blobs = Blobs::new(db.clone(), place(config)?, keys.vault.address_key().bytes());
    let files = match blobs.ready().await.and_then(|()| blobs.free_space()) {
        Ok(free) => room(free),
        Err(error) => Err(error.to_string()),
    };
    let mut findings = vec![finding("personal data", opened), finding("files", files)];
    let Keys { ring, .. } = keys;
    let signing = ring.signing_at(Ambient::system().now()).id().to_owned();
    findings.push(finding("certificate keys", Ok(format!("{signing} signs"))));
    match areas::issuing(config, ring.clone()) {
        Ok(issuing) => {
            findings.push(finding("certificate fonts", issuing.fonts().map_err(|error| error.to_string())));
        }
        Err(error) => findings.push(finding("certificates", Err(format!("{error:#}")))),
    }
    if depth == Depth::Everything {
        findings.push(finding("every file", every_file(&blobs).await?));
        findings.push(finding("every certificate", every_certificate(db, &ring).await?));
    }
    Ok(findings)
}

/// Whether uploads are taken.
fn room(free: Option<FreeSpace>) -> Result<String, String> {
    const MB: u64 = 1024 * 1024;
    match free {
        None => Ok("the place answers".to_owned()),
        Some(free) if free.holds(0) => Ok(format!("the place answers, {} MB are free", free.bytes / MB)),
        Some(FreeSpace { bytes, floor }) => Err(format!(
            "{} MB are free and uploads need {} MB (blobs.free_space_floor_mb): none are taken",
            bytes / MB,
            floor / MB
        )),
    }
}

async fn every_file(blobs: &Blobs) -> anyhow::Result<Result<String, String>> {
    let checked = blobs.check_kept().await?;
    Ok(match checked.wrong.as_slice() {
        [] => Ok(format!("{} files have their bytes", checked.good)),
        wrong => Err(format!(
            "{} of {} lack their bytes, such as {}",
            wrong.len(),
            checked.good + wrong.len() as u64,
            wrong[0]
        )),
    })
}

async fn every_certificate(
    db: &Db,
    ring: &certificate_issuer::keys::KeyRing,
) -> anyhow::Result<Result<String, String>> {
    let now = Ambient::system().now();
    let checked =
        certificate_issuer::verify::every_certificate(&mut db.snapshot().await?, ring.public(), now).await?;
    Ok(match checked.wrong.as_slice() {
        [] => Ok(format!("{} signatures hold", checked.good)),
        wrong => Err(format!("{} do not verify, such as {}", wrong.len(), wrong[0])),
    })
}

async fn bus(config: &Config, db: &Db) -> anyhow::Result<Result<String, String>> {
    let deaf = processes::deaf_together(&mut db.read().await?, Ambient::system().now()).await?;
    if let Some(words) = presence::warning(deaf) {
        return Ok(Err(words));
    }
    Ok(match connect(config).await {
        Ok(_) if config.bus.nats_url.is_none() => Ok("within this process".to_owned()),
        Ok(_) => Ok("it answers".to_owned()),
        Err(error) => Err(format!("{error:#}")),
    })
}

async fn queue(db: &Db) -> anyhow::Result<Vec<Finding>> {
    let standing = jobs::standing(&mut db.read().await?, &areas::KINDS, Ambient::system().now()).await?;
    let findings = [Some(Lane::Quick), Some(Lane::Heavy), None]
        .into_iter()
        .filter(|lane| lane.is_some() || standing.iter().any(|one| one.lane.is_none()))
        .map(|lane| {
            let about = format!("jobs {}", lane.map_or("unknown", Lane::word));
            finding(&about, queue::diagnose(&standing, lane))
        });
    Ok(findings.collect())
}

fn finding(about: &str, outcome: Result<String, String>) -> Finding {
    Finding { about: about.to_owned(), outcome }
}
