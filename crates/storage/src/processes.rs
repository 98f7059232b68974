//! Who else serves this database: every process says each minute that it is there.

use kernel::Timestamp;
use uuid::Uuid;

use crate::{Conn, StorageError, Tx, sql};

/// A process that was silent for so long is gone, whatever it died of.
const GONE_AFTER_SECONDS: i64 = 180;

crate::from_row! {
    /// A process as it last spoke.
    #[derive(Debug, Clone, Copy)]
    pub struct Process {
        pub id: Uuid, pub started_at: Timestamp, pub seen_at: Timestamp,
        /// Whether a bus brings it what the others commit.
        pub hears_others: bool,
        /// Whether it holds every key that is registered and not retired.
        pub has_all_keys: bool,
    }
}

/// Says that a process is there, and forgets those that are gone.
pub async fn say(tx: &mut Tx, me: &Process) -> Result<(), StorageError> {
    sql("delete from processes where seen_at < $1")
        .bind(me.seen_at.plus_seconds(-GONE_AFTER_SECONDS))
        .exec(tx)
        .await?;
    sql("insert into processes (id, started_at, seen_at, hears_others, has_all_keys) values ($1, $2, $3, $4, $5) \
         on conflict (id) do update set seen_at = excluded.seen_at, has_all_keys = excluded.has_all_keys")
    .bind(me.id)
    .bind(me.started_at)
    .bind(me.seen_at)
    .bind(me.hears_others)
    .bind(me.has_all_keys)
    .exec(tx)
    .await?;
    Ok(())
}

/// It stops.
pub async fn leave(tx: &mut Tx, id: Uuid) -> Result<(), StorageError> {
    sql("delete from processes where id = $1").bind(id).exec(tx).await?;
    Ok(())
}

/// How many processes serve at the same time although one of them does not hear the others; nought when all is well.
pub async fn deaf_together(conn: &mut Conn, now: Timestamp) -> Result<usize, StorageError> {
    let all = serving(conn, now).await?;
    Ok(all.iter().filter(|one| all.iter().any(|other| one.misses(other))).count())
}

/// How many processes may still work without a key that is used from `since`: those that lack one, and those that have not spoken since.
pub async fn without_keys_of(
    conn: &mut Conn,
    since: Timestamp,
    now: Timestamp,
) -> Result<usize, StorageError> {
    let all = serving(conn, now).await?;
    Ok(all.iter().filter(|one| !one.has_all_keys || one.seen_at < since).count())
}

async fn serving(conn: &mut Conn, now: Timestamp) -> Result<Vec<Process>, StorageError> {
    sql("select id, started_at, seen_at, hears_others, has_all_keys from processes where seen_at >= $1")
        .bind(now.plus_seconds(-GONE_AFTER_SECONDS))
        .all(conn)
        .await
}

impl Process {
    /// Both have spoken since the later of them started: one that died before that is not beside it.
    fn serves_beside(&self, other: &Self) -> bool {
        self.id != other.id && self.seen_at > other.started_at && other.seen_at > self.started_at
    }
    fn misses(&self, other: &Self) -> bool {
        self.serves_beside(other) && !(self.hears_others && other.hears_others)
    }
}
