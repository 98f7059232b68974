//! Keeping learning records, in the transaction of what they record.

use futures_util::future::BoxFuture;
use kernel::id::LearningRecordId;
use kernel::{Ambient, LearningRecord};

use crate::conn::Tx;
use crate::error::StorageError;
use crate::query::sql;

/// Keeps one record; its id names it as evidence of a score.
pub fn keep<'f>(
    tx: &'f mut Tx,
    ambient: &'f Ambient,
    record: LearningRecord,
) -> BoxFuture<'f, Result<LearningRecordId, StorageError>> {
    Box::pin(async move {
        let id: LearningRecordId = ambient.new_id();
        sql("insert into learning_records (id, actor_id, verb, object_kind, object_id, training_id, class_id, result, at) \
         values (:id, :actor_id, :verb, :object_kind, :object_id, :training_id, :class_id, :result, :at)")
    .set("id", id)
    .set("actor_id", record.actor)
    .set("verb", record.verb.word())
    .set("object_kind", record.object_kind)
    .set("object_id", record.object)
    .set("training_id", record.training)
    .set("class_id", record.class)
    .set("result", record.result)
    .set("at", record.at)
    .exec(tx)
    .await?;
        Ok(id)
    })
}
