//! Anchors: what the heads of the audit chains were, hour by hour, signed with a key outside the database and kept in a file beside it.
//!
//! A chain alone shows that its entries fit each other; whoever can write all its rows can make another chain that fits as well, or a
//! shorter one. An anchor holds what was: a line of signature and text, each naming the hash of the line before.

use std::collections::BTreeMap;

use kernel::Timestamp;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::conn::Conn;
use crate::db::Db;
use crate::error::StorageError;
use crate::query::sql;

const HOUR_SECONDS: i64 = 3_600;

/// A key that signs anchors (Ed25519).
#[derive(Debug)]
pub struct AnchorKey(Ed25519KeyPair);

impl AnchorKey {
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(seed).expect("every 32 bytes are a seed"))
    }
    /// The public half, as it stands in every line.
    pub fn public(&self) -> String {
        hex::encode(self.0.public_key())
    }
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    pub number: i64,
    /// Microseconds since 1970.
    pub at: i64,
    /// The public half of the key that signed it.
    pub key: String,
    /// The hash of the line before; empty in the first.
    pub previous: String,
    /// Chain, number and hash of every head that moved since the anchor before.
    pub heads: Vec<(String, i64, String)>,
}

/// An anchor that was just made.
#[derive(Debug, Clone)]
pub struct Made {
    pub number: i64,
    pub heads: usize,
    /// The hash of the whole line: with it in a log elsewhere, neither file nor database can be rewritten unnoticed.
    pub hash: String,
}

/// Makes the next anchor when the last is an hour old. Of several processes one makes it.
pub async fn make_when_due(db: &Db, now: Timestamp, key: &AnchorKey) -> Result<Option<Made>, StorageError> {
    // A last one that lies ahead was made by a clock that is right now: nobody waits until it comes round.
    let is_due = |last: Option<&LastRow>| {
        last.is_none_or(|last| !(0..HOUR_SECONDS).contains(&now.seconds_since(last.at)))
    };
    if !is_due(last(&mut db.read().await?).await?.as_ref()) {
        return Ok(None);
    }
    // Asked again inside: another process may have made it since.
    make_if(db, now, key, is_due).await
}

/// Makes the next anchor now; nothing when another process makes it at this moment.
pub async fn make(db: &Db, now: Timestamp, key: &AnchorKey) -> Result<Option<Made>, StorageError> {
    make_if(db, now, key, |_| true).await
}

async fn make_if(
    db: &Db,
    now: Timestamp,
    key: &AnchorKey,
    is_wanted: impl Fn(Option<&LastRow>) -> bool,
) -> Result<Option<Made>, StorageError> {
    let mut tx = db.begin_write().await?;
    let last = last(&mut tx).await?;
    if !is_wanted(last.as_ref()) {
        return Ok(None);
    }
    let heads: Vec<HeadRow> = sql("select h.chain, h.number, h.hash from audit_heads h \
         left join audit_anchored a on a.chain = h.chain \
         where a.number is null or h.number > a.number order by h.chain")
    .all(&mut tx)
    .await?;
    let anchor = Anchor {
        number: last.as_ref().map_or(1, |last| last.number + 1),
        at: now.micros(),
        key: key.public(),
        previous: last.map(|last| hash(&last.line)).unwrap_or_default(),
        heads: heads.iter().map(|head| (head.chain.clone(), head.number, hex::encode(&head.hash))).collect(),
    };
    let text = serde_json::to_string(&anchor).map_err(|error| StorageError::Decode(error.to_string()))?;
    let line = format!("{} {text}", hex::encode(key.0.sign(text.as_bytes())));
    let inserted = sql(
        "insert into audit_anchors (number, at, line) values ($1, $2, $3) on conflict (number) do nothing",
    )
    .bind(anchor.number)
    .bind(now)
    .bind(&line)
    .exec(&mut tx)
    .await?;
    if inserted == 0 {
        return Ok(None);
    }
    for head in heads {
        sql("insert into audit_anchored (chain, number) values ($1, $2) \
             on conflict (chain) do update set number = excluded.number")
        .bind(head.chain)
        .bind(head.number)
        .exec(&mut tx)
        .await?;
    }
    tx.commit().await?;
    Ok(Some(Made { number: anchor.number, heads: anchor.heads.len(), hash: hash(&line) }))
}

/// All lines that the database holds, oldest first.
pub async fn lines(conn: &mut Conn) -> Result<Vec<String>, StorageError> {
    sql("select line as value from audit_anchors order by number").all(conn).await
}

/// Reads lines and checks that each is signed by one of the keys, and that they follow each other. `Err(n)` names the first that
/// does not.
pub fn read_lines<L: AsRef<str>>(lines: &[L], keys: &[AnchorKey]) -> Result<Vec<Anchor>, usize> {
    let known: Vec<String> = keys.iter().map(AnchorKey::public).collect();
    let mut previous = String::new();
    let mut anchors = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let line = line.as_ref();
        let anchor = read_line(line, &known)
            .filter(|anchor| anchor.previous == previous && usize::try_from(anchor.number) == Ok(index + 1));
        anchors.push(anchor.ok_or(index + 1)?);
        previous = hash(line);
    }
    Ok(anchors)
}

/// The newest anchored head of each chain: the number, and the hash that the entry of this number must have.
pub fn newest_heads(anchors: Vec<Anchor>) -> BTreeMap<String, (i64, String)> {
    let heads = anchors.into_iter().flat_map(|anchor| anchor.heads);
    heads.map(|(chain, number, hash)| (chain, (number, hash))).collect()
}

/// Whether a chain still holds an anchored entry as it was.
pub async fn holds(conn: &mut Conn, chain: &str, number: i64, hash: &str) -> Result<bool, StorageError> {
    let found: Option<Vec<u8>> =
        sql("select hash as value from audit_entries where chain = $1 and number = $2")
            .bind(chain)
            .bind(number)
            .opt(conn)
            .await?;
    Ok(found.is_some_and(|found| hex::encode(found) == hash))
}

fn read_line(line: &str, known: &[String]) -> Option<Anchor> {
    let (signature, text) = line.split_once(' ')?;
    let anchor: Anchor = serde_json::from_str(text).ok()?;
    // The key in the line says only which of ours to try.
    let key = known.iter().find(|known| **known == anchor.key)?;
    let key = UnparsedPublicKey::new(&ED25519, hex::decode(key).ok()?);
    key.verify(text.as_bytes(), &hex::decode(signature).ok()?).ok()?;
    Some(anchor)
}

fn hash(line: &str) -> String {
    hex::encode(Sha256::digest(line.as_bytes()))
}

async fn last(conn: &mut Conn) -> Result<Option<LastRow>, StorageError> {
    sql("select number, at, line from audit_anchors order by number desc limit 1").opt(conn).await
}

crate::from_row! {
    struct HeadRow { chain: String, number: i64, hash: Vec<u8> }
}
crate::from_row! {
    struct LastRow { number: i64, at: Timestamp, line: String }
}
