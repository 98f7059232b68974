//! A lead takes a learner out of a draft, or drops the draft.

use kernel::Ambient;
use kernel::id::BatchEntryId;
use serde_json::json;
use storage::Tx;
use training_plan::access::Manage;

use super::{note, take};
use crate::access::OfBatch;
use crate::error::BatchActionError;
use crate::model::{BatchError, BatchStage};
use crate::store;

pub(crate) async fn remove_entry(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &OfBatch<Manage>,
    entry: BatchEntryId,
) -> Result<(), BatchActionError> {
    let mut batch = take(tx, lead.batch).await?;
    let removed = batch.remove(entry)?;
    store::entries::delete(tx, removed.id).await?;
    let detail = json!({ "person_id": removed.learner });
    let (action, by) = ("certificate_issuer.remove_entry", lead.granted.actor.person);
    Ok(note(tx, ambient, batch.training, Some(by), action, batch.id.to_string(), detail).await?)
}

pub(crate) async fn drop_batch(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &OfBatch<Manage>,
) -> Result<(), BatchActionError> {
    let batch = take(tx, lead.batch).await?;
    if batch.stage() != BatchStage::Draft {
        return Err(BatchError::NotDraft.into());
    }
    store::entries::delete_all(tx, batch.id).await?;
    store::batches::delete(tx, batch.id).await?;
    let (action, by) = ("certificate_issuer.drop_batch", lead.granted.actor.person);
    Ok(note(tx, ambient, batch.training, Some(by), action, batch.id.to_string(), json!({})).await?)
}
