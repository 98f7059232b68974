//! What one person may send in a day: every file that is taken in counts, whether it is kept or not, so that nobody fills the disk.
//! What was cut or refused is removed at once and does not count: a weak network must not use up its sender's share.

use kernel::id::PersonId;
use kernel::{Date, TimeZone, Timestamp};

use super::error::PutError;
use crate::conn::Tx;
use crate::error::StorageError;
use crate::query::sql;

/// A person's share of the place for one purpose. Each area states its own as a constant.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    /// What it is for, such as `submission`; different purposes are counted apart.
    pub purpose: &'static str,
    pub bytes_a_day: u64,
}

/// Who sends a file.
#[derive(Debug, Clone, Copy)]
pub struct Sender {
    pub person: PersonId,
    /// How many bytes the whole request says it has.
    pub announced: Option<u64>,
    /// The request's idempotency key was used before: the file is only measured, since nothing will come of it.
    pub is_known: bool,
}

/// Bytes of somebody's share that are counted already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    person: PersonId,
    share: Share,
    day: Date,
    bytes: u64,
}

/// Counts bytes of somebody's share in the transaction that begins to need them; refuses when the day's share does not hold them.
pub async fn take_share(
    tx: &mut Tx,
    person: PersonId,
    share: &Share,
    bytes: u64,
    now: Timestamp,
) -> Result<(), PutError> {
    take(tx, person, share, bytes, now).await.map(drop)
}

pub(super) async fn take(
    tx: &mut Tx,
    person: PersonId,
    share: &Share,
    bytes: u64,
    now: Timestamp,
) -> Result<Taken, PutError> {
    let day = day_of(now);
    // One statement, so that files sent at the same time are all counted.
    let total: i64 = sql("insert into upload_days (person_id, day, purpose, bytes) values ($1, $2, $3, $4) \
         on conflict (person_id, day, purpose) do update set bytes = upload_days.bytes + excluded.bytes returning bytes as value")
    .bind(person)
    .bind(day)
    .bind(share.purpose)
    .bind(signed(bytes))
    .one(tx)
    .await?;
    if u64::try_from(total).unwrap_or(u64::MAX) > share.bytes_a_day {
        let again_in = day.plus_days(1).start_in(&zone()).seconds_since(now);
        return Err(PutError::ShareUsed { bytes_a_day: share.bytes_a_day, again_in });
    }
    Ok(Taken { person, share: *share, day, bytes })
}

/// Corrects what was counted before its size was known.
pub(super) async fn settle(tx: &mut Tx, taken: Taken, bytes: u64) -> Result<(), StorageError> {
    sql("update upload_days set bytes = bytes - $4 where person_id = $1 and day = $2 and purpose = $3")
        .bind(taken.person)
        .bind(taken.day)
        .bind(taken.share.purpose)
        .bind(signed(taken.bytes.saturating_sub(bytes)))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets the days that are over, at most so many rows.
pub(super) async fn forget(tx: &mut Tx, now: Timestamp, most: i64) -> Result<u64, StorageError> {
    sql("delete from upload_days where (person_id, day, purpose) in \
         (select person_id, day, purpose from upload_days where day < $1 order by day limit $2)")
    .bind(day_of(now))
    .bind(most)
    .exec(tx)
    .await
}

/// People wait for a midnight of their own, and ours is in China.
fn zone() -> TimeZone {
    TimeZone::parse(TimeZone::SHANGHAI).expect("the zone data is part of the binary")
}

fn day_of(now: Timestamp) -> Date {
    now.date_in(&zone())
}

fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
