//! The item bank: the newest version of each item, and all that came before.

use kernel::Timestamp;
use kernel::id::{ItemId, PersonId, TrainingId};
use storage::{Conn, Json, StorageError, Tx, sql};

use super::papers::json;
use crate::model::item::Item;

storage::from_row! {
    /// Whose an item is, and its newest version; held by the transaction that asked.
    pub(crate) struct HeadRow { pub training_id: TrainingId, pub version: i64 }
}

storage::from_row! {
    struct ItemRow { content: Json<Item> }
}

/// Takes an item for a change: whoever saves it at the same time waits here.
pub(crate) async fn hold(tx: &mut Tx, id: ItemId) -> Result<Option<HeadRow>, StorageError> {
    sql("update items set version = version where id = $1 returning training_id, version")
        .bind(id)
        .opt(tx)
        .await
}

pub(crate) async fn insert(
    tx: &mut Tx,
    training: TrainingId,
    item: &Item,
    by: PersonId,
    now: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into items (id, training_id, kind, version, content, created_by, updated_at) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(item.id)
        .bind(training)
        .bind(item.kind.word())
        .bind(item.version)
        .bind(json(item)?)
        .bind(by)
        .bind(now)
        .exec(tx)
        .await?;
    keep(tx, item, by, now).await
}

/// Puts the next version in place of the newest, which is kept.
pub(crate) async fn renew(
    tx: &mut Tx,
    item: &Item,
    by: PersonId,
    now: Timestamp,
) -> Result<(), StorageError> {
    sql("update items set kind = $2, version = $3, content = $4, updated_at = $5 where id = $1")
        .bind(item.id)
        .bind(item.kind.word())
        .bind(item.version)
        .bind(json(item)?)
        .bind(now)
        .exec(tx)
        .await?;
    keep(tx, item, by, now).await
}

async fn keep(tx: &mut Tx, item: &Item, by: PersonId, now: Timestamp) -> Result<(), StorageError> {
    sql(
        "insert into item_versions (item_id, version, content, made_by, made_at) values ($1, $2, $3, $4, $5)",
    )
    .bind(item.id)
    .bind(item.version)
    .bind(json(item)?)
    .bind(by)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(())
}

/// An item as it was worded once.
pub(crate) async fn version(conn: &mut Conn, id: ItemId, version: i64) -> Result<Option<Item>, StorageError> {
    let row: Option<ItemRow> = sql("select content from item_versions where item_id = $1 and version = $2")
        .bind(id)
        .bind(version)
        .opt(conn)
        .await?;
    Ok(row.map(|row| row.content.0))
}

/// The bank's items after one, oldest first, each in its newest version.
pub(crate) async fn bank(
    conn: &mut Conn,
    training: TrainingId,
    after: Option<ItemId>,
    limit: i64,
) -> Result<Vec<Item>, StorageError> {
    let rows: Vec<ItemRow> =
        sql("select content from items where training_id = $1 and id > $2 order by id limit $3")
            .bind(training)
            .bind(after.unwrap_or(ItemId::from_uuid(uuid::Uuid::nil())))
            .bind(limit)
            .all(conn)
            .await?;
    Ok(rows.into_iter().map(|row| row.content.0).collect())
}
