//! Looks at all chains and anchors in one snapshot, so that what is written meanwhile is no false alarm.

use std::collections::BTreeSet;

use kernel::Timestamp;

use super::anchor_file::{AnchorFile, first_difference};
use super::anchors::{self, Anchor, AnchorKey};
use super::first_broken;
use crate::conn::Conn;
use crate::db::Db;
use crate::error::StorageError;
use crate::query::sql;

/// A process writes a new anchor into its file within a minute.
const FILE_FOLLOWS_SECONDS: i64 = 600;

/// The clocks of two servers may differ by so much.
const CLOCKS_DIFFER_SECONDS: i64 = 300;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    pub about: String,
    pub outcome: Result<String, String>,
}

/// Checks every chain, and every chain against what was anchored.
pub async fn check(
    db: &Db,
    file: &AnchorFile,
    keys: &[AnchorKey],
    now: Timestamp,
) -> Result<Vec<Looked>, StorageError> {
    // The file first: lines that come into it after our snapshot began would look like lines too many.
    let text = file.text();
    let mut snapshot = db.snapshot().await?;
    let lines = anchors::lines(&mut snapshot).await?;
    let mut findings = Vec::new();
    let (mut in_database, anchors) = from_database(&lines, keys);
    if let Some(last) = anchors.last().filter(|_| in_database.is_ok()) {
        let at = Timestamp::from_micros(last.at);
        in_database = in_time(&format!("anchor {}", last.number), at, now).and(in_database);
    }
    findings.push(Looked { about: "audit anchors".to_owned(), outcome: in_database });
    let outcome = match &text {
        Ok(text) => compare(text.as_deref(), &lines, &anchors, keys, now),
        Err(error) => Err(error.to_string()),
    };
    findings.push(Looked { about: format!("anchor file {}", file.path().display()), outcome });
    // What the file holds counts; the database's own lines count as far as they go on.
    let kept = text.ok().flatten().unwrap_or_default();
    let kept: Vec<&str> = kept.lines().collect();
    let mut heads = anchors::newest_heads(anchors);
    for (chain, (number, hash)) in anchors::newest_heads(readable(&kept, keys)) {
        let known = heads.entry(chain).or_insert((number, hash.clone()));
        if known.0 < number {
            *known = (number, hash);
        }
    }
    let mut chains: BTreeSet<String> = all_chains(&mut snapshot).await?.into_iter().collect();
    chains.extend(heads.keys().cloned());
    for chain in chains {
        let outcome = look_at(&mut snapshot, &chain, heads.get(&chain), now).await?;
        findings.push(Looked { about: format!("audit chain {chain}"), outcome });
    }
    Ok(findings)
}

async fn look_at(
    conn: &mut Conn,
    chain: &str,
    anchored: Option<&(i64, String)>,
    now: Timestamp,
) -> Result<Result<String, String>, StorageError> {
    if let Some(number) = first_broken(conn, chain).await? {
        return Ok(Err(format!("entry {number} is missing or was changed")));
    }
    let last: Option<LastRow> =
        sql("select number, at from audit_entries where chain = $1 order by number desc limit 1")
            .bind(chain)
            .opt(conn)
            .await?;
    let is_in_time = last.map_or(Ok(()), |last| in_time(&format!("entry {}", last.number), last.at, now));
    let outcome = match anchored {
        None => Ok("unbroken, not anchored yet".to_owned()),
        Some((number, hash)) if anchors::holds(conn, chain, *number, hash).await? => {
            Ok(format!("unbroken, anchored up to entry {number}"))
        }
        Some((number, _)) => {
            Err(format!("up to entry {number} it is not what was anchored: it was cut or rewritten"))
        }
    };
    Ok(outcome.and_then(|text| is_in_time.map(|()| text)))
}

/// What was written last lies in the future when the clock was ahead then, or is behind now.
fn in_time(what: &str, at: Timestamp, now: Timestamp) -> Result<(), String> {
    if at.seconds_since(now) <= CLOCKS_DIFFER_SECONDS {
        return Ok(());
    }
    Err(format!("{what} lies in the future ({at}): the server's clock was ahead then, or is behind now"))
}

crate::from_row! {
    struct LastRow { number: i64, at: Timestamp }
}

fn from_database(lines: &[String], keys: &[AnchorKey]) -> (Result<String, String>, Vec<Anchor>) {
    match anchors::read_lines(lines, keys) {
        Ok(anchors) => (Ok(format!("{} signed", anchors.len())), anchors),
        Err(number) => {
            let good = anchors::read_lines(&lines[..number - 1], keys).unwrap_or_default();
            (Err(format!("anchor {number} is missing, was changed or is not signed by us")), good)
        }
    }
}

fn compare(
    text: Option<&str>,
    lines: &[String],
    anchors: &[Anchor],
    keys: &[AnchorKey],
    now: Timestamp,
) -> Result<String, String> {
    let Some(text) = text else {
        return if lines.is_empty() {
            Ok("nothing is anchored yet".to_owned())
        } else {
            Err(format!(
                "it is not there, though {} anchors were made: find out why; lingxue anchors begin writes it again from the \
                 database",
                lines.len()
            ))
        };
    };
    let kept: Vec<&str> = text.lines().collect();
    let whole: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    if !whole.starts_with(text) {
        if let Err(number) = anchors::read_lines(&kept, keys) {
            return Err(format!("line {number} was changed or is not signed by us"));
        }
        let number = first_difference(lines, text);
        return Err(format!(
            "from line {number} on the database no longer holds its anchors: it was rewound or restored"
        ));
    }
    let missing = anchors.get(text.matches('\n').count());
    match missing.filter(|first| now.micros() - first.at > FILE_FOLLOWS_SECONDS * 1_000_000) {
        Some(first) => {
            Err(format!("it ends before line {}: it was cut, or no server has run since", first.number))
        }
        None => Ok(format!("{} lines, as in the database", kept.len())),
    }
}

/// As many lines as are good.
fn readable(lines: &[&str], keys: &[AnchorKey]) -> Vec<Anchor> {
    match anchors::read_lines(lines, keys) {
        Ok(anchors) => anchors,
        Err(number) => anchors::read_lines(&lines[..number - 1], keys).unwrap_or_default(),
    }
}

/// Chains with a head, and chains whose head was taken away.
async fn all_chains(conn: &mut Conn) -> Result<Vec<String>, StorageError> {
    sql("select chain as value from audit_heads union select chain as value from audit_entries order by value").all(conn).await
}
