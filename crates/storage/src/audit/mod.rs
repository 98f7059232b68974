//! The audit log: who changed what, when, from where; each chain hashed entry upon entry.

mod anchor_file;
mod anchors;
mod check;

use std::net::IpAddr;

use futures_util::future::BoxFuture;
use kernel::id::{AuditEntryId, PersonId, TrainingId};
use kernel::{Ambient, Timestamp};
use sha2::{Digest, Sha256};

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::query::sql;

pub use anchor_file::{AnchorError, AnchorFile};
pub use anchors::{
    Anchor, AnchorKey, Made, lines as anchor_lines, make as make_anchor,
    make_when_due as make_anchor_when_due, read_lines as read_anchor_lines,
};
pub use check::{Looked, check};

tokio::task_local! {
    // Every action of every area is written down with where it came from, and none of them has to carry it along.
    static CAME_FROM: IpAddr;
}

/// Notes in every entry that is written while `work` runs that it was asked for from this network address.
pub async fn came_from<W: Future>(address: IpAddr, work: W) -> W::Output {
    CAME_FROM.scope(address, work).await
}

/// One entry to be written.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Which chain it belongs to: a training's id, or `system`.
    pub chain: String,
    /// Nobody when the system itself acted.
    pub person: Option<PersonId>,
    /// `area.action`, such as `gate_admission.admit`.
    pub action: &'a str,
    /// The id of the thing that was changed, as shown outside.
    pub object: String,
    /// What changed; a JSON object without personal data.
    pub detail: serde_json::Value,
}

/// An entry as it was written.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub id: AuditEntryId,
    pub number: i64,
    pub at: Timestamp,
    pub person: Option<PersonId>,
    pub action: String,
    pub object: String,
    pub detail: String,
    /// The network address of the request; none for the system's own work.
    pub address: Option<String>,
}

/// Writes an entry at the end of its chain. Call it last in the action: it holds the chain until the commit.
pub fn append<'f>(
    tx: &'f mut Tx,
    ambient: &'f Ambient,
    entry: Entry<'f>,
) -> BoxFuture<'f, Result<(), StorageError>> {
    Box::pin(async move {
        let head: HeadRow = sql("insert into audit_heads (chain, number, hash) values ($1, 1, $2) \
         on conflict (chain) do update set number = audit_heads.number + 1 returning number, hash")
        .bind(&entry.chain)
        .bind(Vec::new())
        .one(tx)
        .await?;
        let recorded = Recorded {
            id: ambient.new_id(),
            number: head.number,
            at: ambient.now(),
            person: entry.person,
            action: entry.action.to_owned(),
            object: entry.object,
            detail: entry.detail.to_string(),
            address: CAME_FROM.try_with(ToString::to_string).ok(),
        };
        let hash = hash(&entry.chain, &head.hash, &recorded);
        sql("insert into audit_entries (id, chain, number, at, person_id, action, object, detail, address, previous_hash, hash) \
         values (:id, :chain, :number, :at, :person_id, :action, :object, :detail, :address, :previous_hash, :hash)")
    .set("id", recorded.id)
    .set("chain", &entry.chain)
    .set("number", recorded.number)
    .set("at", recorded.at)
    .set("person_id", recorded.person)
    .set("action", recorded.action)
    .set("object", recorded.object)
    .set("detail", recorded.detail)
    .set("address", recorded.address)
    .set("previous_hash", head.hash)
    .set("hash", hash.clone())
    .exec(tx)
    .await?;
        sql("update audit_heads set hash = $2 where chain = $1")
            .bind(&entry.chain)
            .bind(hash)
            .exec(tx)
            .await?;
        Ok(())
    })
}

/// Writes an entry at the end of a training's own chain; like [`append`], the last thing that an action does.
pub fn of_training<'f>(
    tx: &'f mut Tx,
    ambient: &'f Ambient,
    training: TrainingId,
    by: impl Into<Option<PersonId>>,
    action: &'f str,
    object: String,
    detail: serde_json::Value,
) -> BoxFuture<'f, Result<(), StorageError>> {
    append(tx, ambient, Entry { chain: training.to_string(), person: by.into(), action, object, detail })
}

/// The chains that exist.
pub async fn chains(conn: &mut Conn) -> Result<Vec<String>, StorageError> {
    sql("select chain as value from audit_heads order by chain").all(conn).await
}

/// A chain's entries, newest first, `before` a number.
pub async fn page(
    conn: &mut Conn,
    chain: &str,
    before: i64,
    limit: i64,
) -> Result<Vec<Recorded>, StorageError> {
    let rows: Vec<EntryRow> =
        sql("select id, number, at, person_id, action, object, detail, address, previous_hash, hash \
         from audit_entries where chain = $1 and number < $2 order by number desc limit $3")
        .bind(chain)
        .bind(before)
        .bind(limit)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.split().0).collect())
}

/// Checks that a whole chain fits together, in a snapshot if entries may be written meanwhile. `Ok(Some(n))` names the first entry that is missing or was changed.
pub async fn first_broken(conn: &mut Conn, chain: &str) -> Result<Option<i64>, StorageError> {
    let head: Option<HeadRow> =
        sql("select number, hash from audit_heads where chain = $1").bind(chain).opt(conn).await?;
    let mut previous = Vec::new();
    let mut number = 0;
    loop {
        let rows: Vec<EntryRow> =
            sql("select id, number, at, person_id, action, object, detail, address, previous_hash, hash \
             from audit_entries where chain = $1 and number > $2 order by number limit 500")
            .bind(chain)
            .bind(number)
            .all(conn)
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let (entry, previous_hash, own_hash) = row.split();
            number += 1;
            if entry.number != number
                || previous_hash != previous
                || own_hash != hash(chain, &previous, &entry)
            {
                return Ok(Some(number));
            }
            previous = own_hash;
        }
    }
    // A chain without its head has lost what says how long it was.
    let intact = head.map_or(number == 0, |head| head.number == number && head.hash == previous);
    Ok((!intact).then_some(number + 1))
}

/// SHA-256 over the previous hash and every field, each with its length before it so that no two entries read alike.
fn hash(chain: &str, previous: &[u8], entry: &Recorded) -> Vec<u8> {
    let person = entry.person.map(|p| p.to_string()).unwrap_or_default();
    let mut hasher = Sha256::new();
    for field in [
        previous,
        chain.as_bytes(),
        &entry.number.to_be_bytes(),
        entry.id.uuid().as_bytes(),
        &entry.at.micros().to_be_bytes(),
        person.as_bytes(),
        entry.action.as_bytes(),
        entry.object.as_bytes(),
        entry.detail.as_bytes(),
        entry.address.as_deref().unwrap_or_default().as_bytes(),
    ] {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hasher.finalize().to_vec()
}

crate::from_row! {
    struct HeadRow { number: i64, hash: Vec<u8> }
}
crate::from_row! {
    struct EntryRow {
        id: AuditEntryId, number: i64, at: Timestamp, person_id: Option<PersonId>, action: String, object: String,
        detail: String, address: Option<String>, previous_hash: Vec<u8>, hash: Vec<u8>,
    }
}

impl EntryRow {
    fn split(self) -> (Recorded, Vec<u8>, Vec<u8>) {
        let Self { id, number, at, person_id, action, object, detail, address, previous_hash, hash } = self;
        (Recorded { id, number, at, person: person_id, action, object, detail, address }, previous_hash, hash)
    }
}
