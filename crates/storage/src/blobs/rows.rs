//! The rows of the `blobs` table.

use kernel::Timestamp;
use kernel::id::BlobId;

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::query::sql;

/// A file that is wholly here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    pub id: BlobId,
    /// Whose it is, as its [`Limits`](super::Limits) said.
    pub area: String,
    pub content_type: String,
    pub file_name: String,
    pub size: u64,
    pub sha256: Vec<u8>,
    /// Whether an action wants it; if not, it goes within a day.
    pub kept: bool,
}

impl Blob {
    /// What a browser is told that it is: texts are in UTF-8, and it must not guess.
    pub fn media_type(&self) -> String {
        if self.content_type.starts_with("text/") {
            format!("{}; charset=utf-8", self.content_type)
        } else {
            self.content_type.clone()
        }
    }

    /// A strong entity tag: the same bytes, the same tag.
    pub fn etag(&self) -> String {
        format!("\"{}\"", hex::encode(&self.sha256))
    }
}

pub(super) async fn insert_pending(
    tx: &mut Tx,
    id: BlobId,
    area: &str,
    content_type: &str,
    file_name: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into blobs (id, area, content_type, file_name, size, sha256, state, at) \
         values ($1, $2, $3, $4, $5, $6, 'pending', $7)")
    .bind(id)
    .bind(area)
    .bind(content_type)
    .bind(file_name)
    .bind(None::<i64>)
    .bind(None::<Vec<u8>>)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(())
}

/// Notes that all bytes are in the store, and what they turned out to be.
pub(super) async fn set_measured(tx: &mut Tx, blob: &Blob) -> Result<(), StorageError> {
    let size = i64::try_from(blob.size).map_err(|_| StorageError::Decode("size".to_owned()))?;
    let changed = sql("update blobs set size = $2, sha256 = $3, content_type = $4, file_name = $5 \
         where id = $1 and state = 'pending'")
    .bind(blob.id)
    .bind(size)
    .bind(&blob.sha256[..])
    .bind(&blob.content_type)
    .bind(&blob.file_name)
    .exec(tx)
    .await?;
    // The row is gone when the upload took longer than orphans live.
    if changed == 1 { Ok(()) } else { Err(StorageError::RowMissing) }
}

pub(super) async fn keep(
    tx: &mut Tx,
    id: BlobId,
    area: &str,
    not_before: Timestamp,
) -> Result<Option<Blob>, StorageError> {
    let row: Option<BlobRow> = sql("update blobs set state = 'kept' \
         where id = $1 and area = $2 and state = 'pending' and size is not null and at > $3 \
         returning id, area, content_type, file_name, size, sha256, state")
    .bind(id)
    .bind(area)
    .bind(not_before)
    .opt(tx)
    .await?;
    row.map(BlobRow::blob).transpose()
}

pub(super) async fn release(tx: &mut Tx, id: BlobId, now: Timestamp) -> Result<u64, StorageError> {
    sql("update blobs set state = 'pending', at = $2 where id = $1 and state = 'kept'")
        .bind(id)
        .bind(now)
        .exec(tx)
        .await
}

pub(super) async fn find(conn: &mut Conn, id: BlobId) -> Result<Option<Blob>, StorageError> {
    let row: Option<BlobRow> =
        sql("select id, area, content_type, file_name, size, sha256, state from blobs \
         where id = $1 and size is not null")
        .bind(id)
        .opt(conn)
        .await?;
    row.map(BlobRow::blob).transpose()
}

/// The oldest of those that nobody kept since before an instant, after one of them.
pub(super) async fn orphans(
    conn: &mut Conn,
    until: Timestamp,
    after: Option<(Timestamp, BlobId)>,
    limit: i64,
) -> Result<Vec<Orphan>, StorageError> {
    let (at, id) = after.unwrap_or((Timestamp::from_micros(0), BlobId::from_uuid(uuid::Uuid::nil())));
    sql("select at, id from blobs where state = 'pending' and at <= $1 and (at, id) > ($2, $3) order by at, id limit $4")
        .bind(until)
        .bind(at)
        .bind(id)
        .bind(limit)
        .all(conn)
        .await
}

/// All files that are wholly here, kept or on their way.
pub(crate) async fn all_measured(conn: &mut Conn) -> Result<Vec<Blob>, StorageError> {
    let rows: Vec<BlobRow> = sql("select id, area, content_type, file_name, size, sha256, state from blobs \
         where size is not null order by id")
    .all(conn)
    .await?;
    rows.into_iter().map(BlobRow::blob).collect()
}

/// Kept files after an id.
pub(super) async fn kept_after(
    conn: &mut Conn,
    after: BlobId,
    limit: i64,
) -> Result<Vec<Blob>, StorageError> {
    let rows: Vec<BlobRow> = sql("select id, area, content_type, file_name, size, sha256, state from blobs \
         where state = 'kept' and id > $1 order by id limit $2")
    .bind(after)
    .bind(limit)
    .all(conn)
    .await?;
    rows.into_iter().map(BlobRow::blob).collect()
}

pub(super) async fn delete_pending(tx: &mut Tx, id: BlobId) -> Result<u64, StorageError> {
    sql("delete from blobs where id = $1 and state = 'pending'").bind(id).exec(tx).await
}

crate::from_row! {
    pub(super) struct Orphan { pub at: Timestamp, pub id: BlobId }
}
crate::from_row! {
    struct BlobRow {
        id: BlobId, area: String, content_type: String, file_name: String, size: i64, sha256: Vec<u8>, state: String,
    }
}

impl BlobRow {
    fn blob(self) -> Result<Blob, StorageError> {
        let Self { id, area, content_type, file_name, size, sha256, state } = self;
        let size = u64::try_from(size).map_err(|_| StorageError::Decode("size".to_owned()))?;
        Ok(Blob { id, area, content_type, file_name, size, sha256, kept: state == "kept" })
    }
}
