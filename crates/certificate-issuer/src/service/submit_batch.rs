//! A lead hands a batch in; nothing that cannot be printed and no outdated result goes to the office.

use kernel::id::BatchEntryId;
use kernel::{Ambient, TimeZone, Timestamp};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::{Conn, Tx};
use training_plan::access::Manage;

use super::{note, take_as_read, zone_of};
use crate::access::OfBatch;
use crate::error::BatchActionError;
use crate::issuing::Issuing;
use crate::model::{BatchStage, CertificateBatch};
use crate::store::{self, entries::Entry};

pub(crate) async fn submit_batch(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    issuing: &Issuing,
    lead: &OfBatch<Manage>,
    read: i64,
) -> Result<(), BatchActionError> {
    let (now, by) = (ambient.now(), lead.granted.actor.person);
    let mut batch = take_as_read(tx, lead.batch, read).await?;
    batch.submit(by, now)?;
    // A draft shows names as they are: so they are handed in.
    let names = store::entries::take_over_names(tx, batch.id).await?;
    let entries = store::entries::of_batch(tx, batch.id).await?;
    must_be_printable(issuing, &entries, &zone_of(tx, batch.training).await?, now)?;
    must_be_current(tx, &batch, &entries).await?;
    if let BatchStage::Submitted(submitted) = batch.stage() {
        store::batches::set_submitted(tx, batch.id, submitted).await?;
    }

    let officers = store::people::officers_over(tx, batch.training).await?;
    let others = officers.into_iter().map(|officer| officer.person_id).filter(|officer| *officer != by);
    let title = entries.first().map(|entry| entry.frozen.training_title.clone()).unwrap_or_default();
    let link = format!("/office/certificate-batches/{}", batch.id);
    let notice = Notice::new(Happened::BatchSubmitted { training: title }, link);
    notification::notify_all(tx, ambient, hub, others, &notice).await?;
    let detail = json!({ "entries": entries.len(), "names_taken_over": names });
    let action = "certificate_issuer.submit_batch";
    Ok(note(tx, ambient, batch.training, Some(by), action, batch.id.to_string(), detail).await?)
}

/// Names every entry that a font or a rule keeps from being printed.
pub(super) fn must_be_printable(
    issuing: &Issuing,
    entries: &[Entry],
    zone: &TimeZone,
    now: Timestamp,
) -> Result<(), BatchActionError> {
    let mut flaws = Vec::new();
    for entry in entries {
        if let Some(flaw) = issuing.flaw(&entry.frozen, zone, now)? {
            flaws.push((entry.id, entry.frozen.learner_name.clone(), flaw));
        }
    }
    if flaws.is_empty() { Ok(()) } else { Err(BatchActionError::Flaws(flaws)) }
}

/// An entry counts as long as the final result that it was made from stands.
pub(super) async fn must_be_current(
    conn: &mut Conn,
    batch: &CertificateBatch,
    entries: &[Entry],
) -> Result<(), BatchActionError> {
    let hashes = store::results::passed_hashes(conn, batch.training).await?;
    let changed: Vec<(BatchEntryId, String)> = entries
        .iter()
        .filter(|entry| hashes.get(&entry.learner) != Some(&entry.result_hash))
        .map(|entry| (entry.id, entry.frozen.learner_name.clone()))
        .collect();
    if changed.is_empty() { Ok(()) } else { Err(BatchActionError::ResultsChanged(changed)) }
}
