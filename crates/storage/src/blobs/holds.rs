//! While a backup copies files, none is removed: a file that the copied database keeps may be let go of meanwhile.

use kernel::id::BlobId;
use kernel::{Ambient, Timestamp};

use crate::conn::Conn;
use crate::db::Db;
use crate::error::StorageError;
use crate::query::sql;

/// Longer than any backup takes; a backup that died holds nothing longer.
const MOST_SECONDS: i64 = 12 * 3_600;

/// Holds all files; to be given back with [`end_hold`].
pub async fn begin_hold(db: &Db, ambient: &Ambient) -> Result<BlobId, StorageError> {
    let id = ambient.new_id();
    let mut tx = db.begin_write().await?;
    sql("insert into blob_holds (id, ends_at) values ($1, $2)")
        .bind(id)
        .bind(ambient.now().plus_seconds(MOST_SECONDS))
        .exec(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(id)
}

/// Ends a hold, and those whose time is over.
pub async fn end_hold(db: &Db, ambient: &Ambient, id: BlobId) -> Result<(), StorageError> {
    let mut tx = db.begin_write().await?;
    sql("delete from blob_holds where id = $1 or ends_at <= $2")
        .bind(id)
        .bind(ambient.now())
        .exec(&mut tx)
        .await?;
    tx.commit().await
}

pub(super) async fn is_held(conn: &mut Conn, now: Timestamp) -> Result<bool, StorageError> {
    let holds: i64 =
        sql("select count(*) as value from blob_holds where ends_at > $1").bind(now).one(conn).await?;
    Ok(holds > 0)
}
