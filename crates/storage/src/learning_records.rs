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

/// Keeps what one action is evidence of: two records in one statement.
pub async fn keep_all(
    tx: &mut Tx,
    ambient: &Ambient,
    records: impl IntoIterator<Item = LearningRecord>,
) -> Result<(), StorageError> {
    let mut records = records.into_iter();
    while let Some(one) = records.next() {
        match records.next() {
            Some(other) => keep_two(tx, ambient, one, other).await?,
            None => keep(tx, ambient, one).await.map(drop)?,
        }
    }
    Ok(())
}

async fn keep_two(
    tx: &mut Tx,
    ambient: &Ambient,
    one: LearningRecord,
    other: LearningRecord,
) -> Result<(), StorageError> {
    let (id, other_id): (LearningRecordId, LearningRecordId) = (ambient.new_id(), ambient.new_id());
    sql("insert into learning_records (id, actor_id, verb, object_kind, object_id, training_id, class_id, result, at) \
         values (:id, :actor_id, :verb, :object_kind, :object_id, :training_id, :class_id, :result, :at), \
         (:other_id, :other_actor_id, :other_verb, :other_object_kind, :other_object_id, :other_training_id, :other_class_id, \
         :other_result, :other_at)")
    .set("id", id)
    .set("actor_id", one.actor)
    .set("verb", one.verb.word())
    .set("object_kind", one.object_kind)
    .set("object_id", one.object)
    .set("training_id", one.training)
    .set("class_id", one.class)
    .set("result", one.result)
    .set("at", one.at)
    .set("other_id", other_id)
    .set("other_actor_id", other.actor)
    .set("other_verb", other.verb.word())
    .set("other_object_kind", other.object_kind)
    .set("other_object_id", other.object)
    .set("other_training_id", other.training)
    .set("other_class_id", other.class)
    .set("other_result", other.result)
    .set("other_at", other.at)
    .exec(tx)
    .await
    .map(drop)
}
