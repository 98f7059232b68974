//! Resources of the extension library.

use kernel::Timestamp;
use kernel::id::{BlobId, PersonId, ResourceId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

use crate::model::resource::ResourceKind;

storage::from_row! {
    /// A resource as it is kept: `url` or `blob_id`.
    #[derive(Debug, Clone)]
    pub(crate) struct Resource {
        pub id: ResourceId,
        pub training_id: TrainingId,
        pub title: String,
        pub kind: ResourceKind,
        pub url: Option<String>,
        pub blob_id: Option<BlobId>,
        pub file_name: Option<String>,
        pub bytes: Option<i64>,
        pub source: String,
        pub licence: String,
        pub added_at: Timestamp,
    }
}

pub(crate) async fn insert(tx: &mut Tx, resource: &Resource, by: PersonId) -> Result<(), StorageError> {
    sql("insert into resources (id, training_id, title, kind, url, blob_id, file_name, bytes, source, licence, added_by, added_at) \
         values (:id, :training_id, :title, :kind, :url, :blob_id, :file_name, :bytes, :source, :licence, :added_by, \
         :added_at)")
    .set("id", resource.id)
    .set("training_id", resource.training_id)
    .set("title", &resource.title)
    .set("kind", resource.kind.word())
    .set("url", resource.url.clone())
    .set("blob_id", resource.blob_id)
    .set("file_name", resource.file_name.clone())
    .set("bytes", resource.bytes)
    .set("source", &resource.source)
    .set("licence", &resource.licence)
    .set("added_by", by)
    .set("added_at", resource.added_at)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn find(conn: &mut Conn, id: ResourceId) -> Result<Option<Resource>, StorageError> {
    sql("select id, training_id, title, kind, url, blob_id, file_name, bytes, source, licence, added_at \
         from resources where id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// Newest first, those before an id.
pub(crate) async fn page(
    conn: &mut Conn,
    training: TrainingId,
    before: ResourceId,
    limit: i64,
) -> Result<Vec<Resource>, StorageError> {
    sql("select id, training_id, title, kind, url, blob_id, file_name, bytes, source, licence, added_at \
         from resources where training_id = $1 and id < $2 order by id desc limit $3")
    .bind(training)
    .bind(before)
    .bind(limit)
    .all(conn)
    .await
}

pub(crate) async fn delete(tx: &mut Tx, id: ResourceId) -> Result<bool, StorageError> {
    let deleted = sql("delete from resources where id = $1").bind(id).exec(tx).await?;
    Ok(deleted == 1)
}
