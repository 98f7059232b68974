//! Rows of the signed status lists.

use kernel::Timestamp;
use kernel::id::OrgUnitId;
use storage::{Conn, StorageError, Tx, from_row, sql};

use crate::credential::StatusIndex;

from_row! {
    struct ListRow { number: u32, taken: i64 }
}

/// The newest list of an issuer, and how many of its places are taken.
pub(crate) async fn newest(conn: &mut Conn, issuer: OrgUnitId) -> Result<Option<(u32, i64)>, StorageError> {
    let row: Option<ListRow> =
        sql("select number, (select count(*) from certificates c where c.status_list = l.number) as taken \
             from status_lists l where issuer_id = $1 order by number desc limit 1")
        .bind(issuer)
        .opt(conn)
        .await?;
    Ok(row.map(|row| (row.number, row.taken)))
}

/// The number after the highest one.
pub(crate) async fn next_number(conn: &mut Conn) -> Result<u32, StorageError> {
    let next: i64 = sql("select coalesce(max(number), 0) + 1 as value from status_lists").one(conn).await?;
    u32::try_from(next).map_err(|_| StorageError::Decode(format!("number: {next}")))
}

/// False when somebody else took the number.
pub(crate) async fn insert(
    tx: &mut Tx,
    number: u32,
    issuer: OrgUnitId,
    token: &str,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let inserted = sql("insert into status_lists (number, issuer_id, version, token, signed_at) \
         values ($1, $2, 1, $3, $4) on conflict (number) do nothing")
    .bind(number)
    .bind(issuer)
    .bind(token)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(inserted == 1)
}

/// Takes the list for this transaction, so that revocations of one list follow each other; its issuer.
pub(crate) async fn take(tx: &mut Tx, number: u32) -> Result<OrgUnitId, StorageError> {
    sql("update status_lists set version = version + 1 where number = $1 returning issuer_id as value")
        .bind(number)
        .one(tx)
        .await
}

pub(crate) async fn revoked(conn: &mut Conn, number: u32) -> Result<Vec<StatusIndex>, StorageError> {
    sql("select status_index from certificates where status_list = $1 and revoked_at is not null")
        .bind(number)
        .all_by(conn, |row| row.get("status_index"))
        .await
}

pub(crate) async fn set_token(
    tx: &mut Tx,
    number: u32,
    token: &str,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update status_lists set token = $2, signed_at = $3 where number = $1")
        .bind(number)
        .bind(token)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) async fn token(conn: &mut Conn, number: u32) -> Result<Option<String>, StorageError> {
    sql("select token as value from status_lists where number = $1").bind(number).opt(conn).await
}
