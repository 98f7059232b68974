//! The rows of the `jobs` table.

use kernel::Timestamp;
use kernel::id::JobId;
use uuid::Uuid;

use super::Job;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::query::sql;
use crate::row::Json;

pub(super) async fn insert(
    tx: &mut Tx,
    id: JobId,
    kind: &str,
    payload: serde_json::Value,
    run_at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into jobs (id, kind, payload, run_at, attempts) values ($1, $2, $3, $4, 0)")
        .bind(id)
        .bind(kind)
        .bind(payload)
        .bind(run_at)
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether a job of a kind is waiting or running.
pub(super) async fn is_open(conn: &mut Conn, kind: &str) -> Result<bool, StorageError> {
    let open: Option<JobId> = sql("select id as value from jobs \
         where kind = $1 and done_at is null and given_up_at is null limit 1")
    .bind(kind)
    .opt(conn)
    .await?;
    Ok(open.is_some())
}

/// Whether a job of these kinds could be leased now.
pub(super) async fn is_due(conn: &mut Conn, kinds: &[&str], now: Timestamp) -> Result<bool, StorageError> {
    let due: Option<JobId> = sql("select id as value from jobs \
         where done_at is null and given_up_at is null and run_at <= $1 \
         and (leased_until is null or leased_until < $1) and kind in ($list) limit 1")
    .bind(now)
    .bind_list(kinds.iter().copied())
    .opt(conn)
    .await?;
    Ok(due.is_some())
}

/// Takes due jobs of these kinds, the longest due first: nobody else runs them until the lease ends.
pub(super) async fn lease(
    tx: &mut Tx,
    kinds: &[&str],
    now: Timestamp,
    until: Timestamp,
    lease: Uuid,
    most: usize,
) -> Result<Vec<Job>, StorageError> {
    let text = tx.pick(
        "update jobs set leased_until = $2, lease = $3, attempts = attempts + 1 where id in \
         (select id from jobs where done_at is null and given_up_at is null and run_at <= $1 \
          and (leased_until is null or leased_until < $1) and kind in ($list) order by run_at, id limit $4) \
         returning id, kind, payload, attempts",
        "update jobs set leased_until = $2, lease = $3, attempts = attempts + 1 where id in \
         (select id from jobs where done_at is null and given_up_at is null and run_at <= $1 \
          and (leased_until is null or leased_until < $1) and kind in ($list) order by run_at, id limit $4 \
          for update skip locked) \
         returning id, kind, payload, attempts",
    );
    let rows: Vec<JobRow> = sql(text)
        .bind(now)
        .bind(until)
        .bind(lease)
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .bind_list(kinds.iter().copied())
        .all(tx)
        .await?;
    let job = |r: JobRow| Job { id: r.id, kind: r.kind, payload: r.payload.0, attempts: r.attempts };
    Ok(rows.into_iter().map(job).collect())
}

/// Holds on to a job; `false` when it is no longer ours.
pub(super) async fn renew(
    tx: &mut Tx,
    id: JobId,
    lease: Uuid,
    until: Timestamp,
) -> Result<bool, StorageError> {
    let held = sql("update jobs set leased_until = $3 where id = $1 and lease = $2")
        .bind(id)
        .bind(lease)
        .bind(until)
        .exec(tx)
        .await?;
    Ok(held == 1)
}

/// Whether a job of these kinds is to run after an instant.
pub(super) async fn waits_beyond(
    conn: &mut Conn,
    kinds: &[&str],
    latest: Timestamp,
) -> Result<bool, StorageError> {
    let found: Option<JobId> = sql("select id as value from jobs \
         where done_at is null and given_up_at is null and run_at > $1 and kind in ($list) limit 1")
    .bind(latest)
    .bind_list(kinds.iter().copied())
    .opt(conn)
    .await?;
    Ok(found.is_some())
}

/// Makes due what is to run after an instant; how many jobs that were.
pub(super) async fn pull_back(
    tx: &mut Tx,
    kinds: &[&str],
    latest: Timestamp,
    now: Timestamp,
) -> Result<u64, StorageError> {
    sql("update jobs set run_at = $2 \
         where done_at is null and given_up_at is null and run_at > $1 and kind in ($list)")
    .bind(latest)
    .bind(now)
    .bind_list(kinds.iter().copied())
    .exec(tx)
    .await
}

/// The jobs of these kinds whose lease is to last beyond an instant, and until when.
pub(super) async fn leased_beyond(
    conn: &mut Conn,
    kinds: &[&str],
    latest: Timestamp,
) -> Result<Vec<(JobId, Timestamp)>, StorageError> {
    let rows: Vec<LeasedRow> = sql("select id, leased_until from jobs \
         where done_at is null and given_up_at is null and leased_until > $1 and kind in ($list)")
    .bind(latest)
    .bind_list(kinds.iter().copied())
    .all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.leased_until)).collect())
}

/// Ends a lease that was not renewed since it was seen.
pub(super) async fn end_lease(
    tx: &mut Tx,
    id: JobId,
    seen: Timestamp,
    end: Timestamp,
) -> Result<(), StorageError> {
    sql("update jobs set leased_until = $3 where id = $1 and leased_until = $2")
        .bind(id)
        .bind(seen)
        .bind(end)
        .exec(tx)
        .await
        .map(drop)
}

pub(super) async fn finish(
    tx: &mut Tx,
    id: JobId,
    lease: Uuid,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let held = sql("update jobs set done_at = $3, last_error = null, leased_until = null, lease = null \
         where id = $1 and lease = $2")
    .bind(id)
    .bind(lease)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(held == 1)
}

/// Why a job failed, and when it is tried again; or that it is not.
pub(super) struct Failure {
    pub error: String,
    pub run_at: Timestamp,
    pub given_up_at: Option<Timestamp>,
}

pub(super) async fn fail(
    tx: &mut Tx,
    id: JobId,
    lease: Uuid,
    failure: &Failure,
) -> Result<bool, StorageError> {
    let held = sql(
        "update jobs set run_at = $3, last_error = $4, given_up_at = $5, leased_until = null, lease = null \
         where id = $1 and lease = $2",
    )
    .bind(id)
    .bind(lease)
    .bind(failure.run_at)
    .bind(&failure.error)
    .bind(failure.given_up_at)
    .exec(tx)
    .await?;
    Ok(held == 1)
}

/// Puts a job back as if it had not been taken: its attempt was cut short by us.
pub(super) async fn release(tx: &mut Tx, id: JobId, lease: Uuid) -> Result<bool, StorageError> {
    let held = sql("update jobs set attempts = attempts - 1, leased_until = null, lease = null \
         where id = $1 and lease = $2")
    .bind(id)
    .bind(lease)
    .exec(tx)
    .await?;
    Ok(held == 1)
}

pub(super) async fn forget_done(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, StorageError> {
    sql("delete from jobs where id in (select id from jobs where done_at < $1 order by done_at limit $2)")
        .bind(before)
        .bind(most)
        .exec(tx)
        .await
}

crate::from_row! {
    struct JobRow { id: JobId, kind: String, payload: Json<serde_json::Value>, attempts: i64 }
}
crate::from_row! {
    struct LeasedRow { id: JobId, leased_until: Timestamp }
}
