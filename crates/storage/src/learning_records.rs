//! Keeping learning records, in the transaction of what they record.

use kernel::id::LearningRecordId;
use kernel::{Ambient, LearningRecord};

use crate::conn::Tx;
use crate::error::StorageError;
use crate::query::sql;

/// Keeps one record; its id names it as evidence of a score.
pub async fn keep(
    tx: &mut Tx,
    ambient: &Ambient,
    record: LearningRecord,
) -> Result<LearningRecordId, StorageError> {
    let id: LearningRecordId = ambient.new_id();
    sql("insert into learning_records (id, actor_id, verb, object_kind, object_id, training_id, class_id, result, at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(id)
    .bind(record.actor)
    .bind(record.verb.word())
    .bind(record.object_kind)
    .bind(record.object)
    .bind(record.training)
    .bind(record.class)
    .bind(record.result)
    .bind(record.at)
    .exec(tx)
    .await?;
    Ok(id)
}
