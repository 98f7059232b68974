//! What is to be done again and again: one row a kind with its next time, taken by whichever process is first.

use kernel::{Ambient, Timestamp};
use serde_json::json;

use super::{Kind, enqueue, rows};
use crate::conn::{Conn, Tx};
use crate::db::Db;
use crate::error::StorageError;
use crate::query::sql;

/// How often a scheduled kind of job is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// At the full hour.
    Hour,
    /// At three in the night in China, which has one time of day and no summer time.
    Night,
}

impl Every {
    /// The first time after an instant.
    pub fn next_after(self, now: Timestamp) -> Timestamp {
        let (period, offset) = match self {
            Self::Hour => (3_600, 0),
            Self::Night => (86_400, 19 * 3_600),
        };
        let periods = (now.seconds() - offset).div_euclid(period) + 1;
        Timestamp::from_micros((periods * period + offset) * 1_000_000)
    }
}

/// A kind of job with an empty payload, due by the clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schedule {
    pub kind: Kind,
    pub every: Every,
}

/// Enqueues what the schedules make due; when the next of them is due. However many processes look, each time is taken once; a time that
/// nobody looked at is made up for once.
pub(super) async fn take_due(
    db: &Db,
    ambient: &Ambient,
    schedules: &[Schedule],
) -> Result<Timestamp, StorageError> {
    let now = ambient.now();
    let mut first = now.plus_days(1);
    for schedule in schedules {
        let next = schedule.every.next_after(now);
        let stored = next_at(&mut db.read().await?, schedule.kind).await?;
        // A row that is further away than the schedule says was written under another one.
        let due = stored.filter(|stored| *stored <= next);
        if due.is_none_or(|due| due <= now) {
            let mut tx = db.begin_write().await?;
            if move_on(&mut tx, schedule.kind, stored, next).await?
                && due.is_some()
                && !rows::is_open(&mut tx, schedule.kind.name).await?
            {
                enqueue(&mut tx, ambient, schedule.kind, &json!({}), now).await?;
            }
            tx.commit().await?;
        }
        first = first.min(next);
    }
    Ok(first)
}

async fn next_at(conn: &mut Conn, kind: Kind) -> Result<Option<Timestamp>, StorageError> {
    sql("select next_at as value from job_schedules where kind = $1").bind(kind.name).opt(conn).await
}

/// Sets the next time; `false` when somebody else has done so.
async fn move_on(
    tx: &mut Tx,
    kind: Kind,
    from: Option<Timestamp>,
    to: Timestamp,
) -> Result<bool, StorageError> {
    let taken = match from {
        None => {
            sql("insert into job_schedules (kind, next_at) values ($1, $2) on conflict (kind) do nothing")
                .bind(kind.name)
                .bind(to)
                .exec(tx)
                .await?
        }
        Some(from) => {
            sql("update job_schedules set next_at = $3 where kind = $1 and next_at = $2")
                .bind(kind.name)
                .bind(from)
                .bind(to)
                .exec(tx)
                .await?
        }
    };
    Ok(taken == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_time_is_the_first_after_now() {
        for (every, now, next) in [
            (Every::Hour, "2026-11-02T01:00:00Z", "2026-11-02T02:00:00Z"),
            (Every::Hour, "2026-11-02T01:59:59.999999Z", "2026-11-02T02:00:00Z"),
            (Every::Night, "2026-11-02T18:59:59Z", "2026-11-02T19:00:00Z"),
            (Every::Night, "2026-11-02T19:00:00Z", "2026-11-03T19:00:00Z"),
        ] {
            let instant = |text: &str| text.parse::<Timestamp>().expect("an instant");
            assert_eq!(every.next_after(instant(now)), instant(next), "{every:?} after {now}");
        }
    }
}
