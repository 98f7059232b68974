//! The office approves or returns entries; with the last decision the certificates of the approved are put to work.

use kernel::Ambient;
use kernel::id::BatchEntryId;
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::{Tx, jobs};
use training_plan::access::Decide;

use super::submit_batch::{must_be_current, must_be_printable};
use super::{note, take, take_as_read, zone_of};
use crate::access::OfBatch;
use crate::error::BatchActionError;
use crate::issuing::Issuing;
use crate::jobs::{ISSUE_BATCH, WhichBatch};
use crate::model::{BatchError, BatchStage, Decision, Reason, Submitted};
use crate::store;

/// What the office says about one entry.
pub(crate) enum Said {
    Approve(BatchEntryId),
    Return(BatchEntryId, Reason),
}

pub(crate) async fn decide_batch(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    issuing: &Issuing,
    office: &OfBatch<Decide>,
    read: i64,
    said: Vec<Said>,
) -> Result<(), BatchActionError> {
    let (now, by) = (ambient.now(), office.granted.actor.person);
    let mut batch = take_as_read(tx, office.batch, read).await?;
    let mut ids = Vec::new();
    for word in said {
        ids.push(match word {
            Said::Approve(entry) => {
                batch.approve(entry, by, now)?;
                entry
            }
            Said::Return(entry, reason) => {
                batch.return_entry(entry, by, now, reason)?;
                entry
            }
        });
    }
    let decided: Vec<_> = batch.entries().iter().filter(|entry| ids.contains(&entry.id)).collect();
    let is_approved = |id| {
        decided.iter().any(|entry| entry.id == id && matches!(entry.decision, Decision::Approved { .. }))
    };
    let mut entries = store::entries::of_batch(tx, batch.id).await?;
    let title = entries.first().map(|entry| entry.frozen.training_title.clone()).unwrap_or_default();
    entries.retain(|entry| is_approved(entry.id));
    must_be_printable(issuing, &entries, &zone_of(tx, batch.training).await?, now)?;
    must_be_current(tx, &batch, &entries).await?;
    for entry in &decided {
        store::entries::decide(tx, entry).await?;
    }

    if let BatchStage::Decided(Submitted { by: lead, .. }) = batch.stage() {
        store::batches::set_decided(tx, batch.id, now).await?;
        let happened = if batch.approved().next().is_some() {
            jobs::enqueue(tx, ambient, ISSUE_BATCH, &WhichBatch { batch: batch.id }, now).await?;
            Happened::BatchApproved { training: title }
        } else {
            Happened::BatchReturned { training: title }
        };
        let notice = Notice::new(happened, format!("/office/certificate-batches/{}", batch.id));
        notification::notify(tx, ambient, hub, lead, &notice).await?;
    }
    let detail = json!({ "approved": entries.len(), "returned": decided.len() - entries.len() });
    let action = "certificate_issuer.decide_batch";
    Ok(note(tx, ambient, batch.training, Some(by), action, batch.id.to_string(), detail).await?)
}

/// Puts a batch to work again that has certificates to finish, new or corrected ones, after what kept it from that was mended.
pub(crate) async fn issue_again(
    tx: &mut Tx,
    ambient: &Ambient,
    office: &OfBatch<Decide>,
) -> Result<(), BatchActionError> {
    let batch = take(tx, office.batch).await?;
    let unfinished = !store::entries::to_reserve(tx, batch.id).await?.is_empty()
        || !store::certificates::reserved(tx, batch.id).await?.is_empty();
    match batch.stage() {
        BatchStage::Decided(_) if batch.approved().next().is_none() => {
            return Err(BatchError::NothingApproved.into());
        }
        BatchStage::Decided(_) => {}
        BatchStage::Issued(..) if unfinished => {}
        BatchStage::Issued(..) => return Err(BatchError::AlreadyIssued.into()),
        BatchStage::Draft | BatchStage::Submitted(_) => return Err(BatchError::NotDecided.into()),
    }
    jobs::enqueue(tx, ambient, ISSUE_BATCH, &WhichBatch { batch: batch.id }, ambient.now()).await?;
    let (action, by) = ("certificate_issuer.issue_again", office.granted.actor.person);
    Ok(note(tx, ambient, batch.training, Some(by), action, batch.id.to_string(), json!({})).await?)
}
