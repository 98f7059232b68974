//! The sealed columns, all of them, page by page.

use kernel::id::{PersonId, RosterImportId};
use storage::{Conn, StorageError, Tx, from_row, sql};
use uuid::Uuid;

from_row! {
    pub(crate) struct SealedPerson {
        pub id: PersonId, pub phone_cipher: Option<Vec<u8>>, pub identity_number_cipher: Option<Vec<u8>>,
    }
}
from_row! {
    pub(crate) struct SealedRow { pub import_id: RosterImportId, pub row_no: i64, pub cells_cipher: Vec<u8> }
}

/// People after an id who have something sealed.
pub(crate) async fn people(
    conn: &mut Conn,
    after: PersonId,
    limit: i64,
) -> Result<Vec<SealedPerson>, StorageError> {
    sql("select id, phone_cipher, identity_number_cipher from people \
         where id > $1 and (phone_cipher is not null or identity_number_cipher is not null) order by id limit $2")
    .bind(after)
    .bind(limit)
    .all(conn)
    .await
}

/// Rows of rosters after one of them.
pub(crate) async fn rows(
    conn: &mut Conn,
    (import, row_no): (RosterImportId, i64),
    limit: i64,
) -> Result<Vec<SealedRow>, StorageError> {
    sql("select import_id, row_no, cells_cipher from roster_rows \
         where import_id > $1 or (import_id = $1 and row_no > $2) order by import_id, row_no limit $3")
    .bind(import)
    .bind(row_no)
    .bind(limit)
    .all(conn)
    .await
}

/// Nothing when somebody changed it meanwhile: then it is sealed with the key in use already.
pub(crate) async fn set_phone(
    tx: &mut Tx,
    id: PersonId,
    old: &[u8],
    new: Vec<u8>,
) -> Result<(), StorageError> {
    sql("update people set phone_cipher = $3 where id = $1 and phone_cipher = $2")
        .bind(id)
        .bind(old)
        .bind(new)
        .exec(tx)
        .await
        .map(drop)
}

pub(crate) async fn set_identity_number(
    tx: &mut Tx,
    id: PersonId,
    old: &[u8],
    new: Vec<u8>,
) -> Result<(), StorageError> {
    sql("update people set identity_number_cipher = $3 where id = $1 and identity_number_cipher = $2")
        .bind(id)
        .bind(old)
        .bind(new)
        .exec(tx)
        .await
        .map(drop)
}

pub(crate) async fn set_cells(
    tx: &mut Tx,
    (import, row_no): (RosterImportId, i64),
    new: Vec<u8>,
) -> Result<(), StorageError> {
    sql("update roster_rows set cells_cipher = $3 where import_id = $1 and row_no = $2")
        .bind(import)
        .bind(row_no)
        .bind(new)
        .exec(tx)
        .await
        .map(drop)
}

/// The id before all others.
pub(crate) fn start<K: kernel::id::Kind>() -> kernel::id::Id<K> {
    kernel::id::Id::from_uuid(Uuid::nil())
}
