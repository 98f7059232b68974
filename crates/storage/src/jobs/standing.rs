//! How the queue stands, for people who watch over it.

use kernel::Timestamp;

use super::{Kind, Lane};
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::query::sql;

/// The open and given-up jobs of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub kind: String,
    /// Absent when no runner of this build does this kind.
    pub lane: Option<Lane>,
    /// Not done, whether due or not.
    pub waiting: i64,
    pub running: i64,
    /// How long the one that should have started first has been due; 0 when none is.
    pub oldest_due_seconds: i64,
    pub given_up: i64,
    /// Why the last of them was given up.
    pub last_error: Option<String>,
}

/// How each of these kinds stands, then each other kind that has jobs in the queue.
pub async fn standing(
    conn: &mut Conn,
    kinds: &[Kind],
    now: Timestamp,
) -> Result<Vec<Standing>, StorageError> {
    let none = |kind: &str, lane| Standing {
        kind: kind.to_owned(),
        lane,
        waiting: 0,
        running: 0,
        oldest_due_seconds: 0,
        given_up: 0,
        last_error: None,
    };
    let mut all: Vec<Standing> = kinds.iter().map(|kind| none(kind.name, Some(kind.lane))).collect();
    let mut of = |kind: &str, fill: &dyn Fn(&mut Standing)| {
        let at = all.iter().position(|one| one.kind == kind).unwrap_or_else(|| {
            all.push(none(kind, None));
            all.len() - 1
        });
        fill(&mut all[at]);
    };
    let open: Vec<OpenRow> = sql("select kind, count(*) as waiting, \
         cast(sum(case when leased_until >= $1 then 1 else 0 end) as bigint) as running, \
         min(case when run_at <= $1 and (leased_until is null or leased_until < $1) then run_at end) as due_since \
         from jobs where done_at is null and given_up_at is null group by kind order by kind")
    .bind(now)
    .all(conn)
    .await?;
    for row in open {
        of(&row.kind, &|one| {
            one.waiting = row.waiting - row.running;
            one.running = row.running;
            one.oldest_due_seconds = row.due_since.map_or(0, |since| now.seconds_since(since));
        });
    }
    let given_up: Vec<GivenUpRow> =
        sql("select kind, count(*) as count, max(last_error) as last_error from jobs \
         where given_up_at is not null group by kind order by kind")
        .all(conn)
        .await?;
    for row in given_up {
        of(&row.kind, &|one| {
            one.given_up = row.count;
            one.last_error.clone_from(&row.last_error);
        });
    }
    Ok(all)
}

/// Puts the given-up jobs of a kind back into the queue, as new; how many there were.
pub async fn retry_given_up(tx: &mut Tx, kind: &str, now: Timestamp) -> Result<u64, StorageError> {
    sql("update jobs set given_up_at = null, attempts = 0, run_at = $2 where kind = $1 and given_up_at is not null")
        .bind(kind)
        .bind(now)
        .exec(tx)
        .await
}

/// Deletes the given-up jobs of a kind; how many there were.
pub async fn discard_given_up(tx: &mut Tx, kind: &str) -> Result<u64, StorageError> {
    sql("delete from jobs where kind = $1 and given_up_at is not null").bind(kind).exec(tx).await
}

crate::from_row! {
    struct OpenRow { kind: String, waiting: i64, running: i64, due_since: Option<Timestamp> }
}
crate::from_row! {
    struct GivenUpRow { kind: String, count: i64, last_error: Option<String> }
}
