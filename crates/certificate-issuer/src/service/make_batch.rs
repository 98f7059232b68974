//! A lead proposes everybody who passed and is in no batch yet; what will be printed is fixed here.

use kernel::Ambient;
use kernel::id::CertificateBatchId;
use serde_json::json;
use storage::{StorageError, Tx};
use training_plan::access::{Granted, Manage};
use training_plan::training::TrainingState;

use super::note;
use crate::error::BatchActionError;
use crate::issuing::Issuing;
use crate::model::{BatchEntry, CertificateBatch, Decision, Frozen};
use crate::store::{self, entries::Entry, results::Passed};

pub(crate) async fn make_batch(
    tx: &mut Tx,
    ambient: &Ambient,
    issuing: &Issuing,
    lead: &Granted<Manage>,
) -> Result<CertificateBatchId, BatchActionError> {
    let (now, by) = (ambient.now(), lead.actor.person);
    let training =
        training_plan::training::find(tx, lead.training).await?.ok_or(BatchActionError::NoSuchBatch)?;
    if training.state != TrainingState::Closed {
        return Err(BatchActionError::TrainingRuns);
    }
    let bodies = store::results::bodies(tx, lead.training).await?.ok_or(BatchActionError::NoSuchBatch)?;
    let waiting = store::results::waiting(tx, lead.training).await?;
    if waiting.is_empty() {
        return Err(BatchActionError::NobodyWaiting);
    }

    let mut batch = CertificateBatch::draft(ambient.new_id(), lead.training);
    store::batches::insert(tx, &batch, by, now).await?;
    let issuer_name = issuing.issuer_name().unwrap_or(&bodies.issuer_name);
    for passed in waiting {
        let class = passed.class_id;
        let frozen = Frozen {
            learner_name: passed.name.clone(),
            training: training.id,
            training_title: training.title.clone(),
            starts_on: training.starts_on,
            ends_on: training.ends_on(),
            hours: passed.hours,
            credits: passed.credits,
            grade: passed.grade,
            assessed_by: bodies.assessed_by.clone(),
            issuer: bodies.issuer_id,
            issuer_name: issuer_name.to_owned(),
        };
        // Only the fonts are asked here; what cannot be printed is shown to the lead and blocks handing in.
        issuing.flaw(&frozen, &training.time_zone, now)?;
        let entry = entry_of(ambient, passed, frozen);
        batch.propose(proposed(&entry))?;
        store::entries::insert(tx, batch.id, Some(class), &entry).await.map_err(held)?;
    }
    let detail = json!({ "entries": batch.entries().len() });
    let action = "certificate_issuer.make_batch";
    note(tx, ambient, lead.training, Some(by), action, batch.id.to_string(), detail).await?;
    Ok(batch.id)
}

fn entry_of(ambient: &Ambient, passed: Passed, frozen: Frozen) -> Entry {
    Entry {
        id: ambient.new_id(),
        learner: passed.person_id,
        frozen,
        result_hash: passed.result_hash,
        decision: Decision::Open,
    }
}

fn proposed(entry: &Entry) -> BatchEntry {
    BatchEntry {
        id: entry.id,
        learner: entry.learner,
        grade: entry.frozen.grade,
        hours: entry.frozen.hours,
        credits: entry.frozen.credits,
        decision: Decision::Open,
    }
}

/// Two batches that are made at once are decided by the index: a learner waits in one of them.
fn held(error: StorageError) -> BatchActionError {
    if error.breaks("batch_entries_training_id_person_id_key") {
        BatchActionError::HeldElsewhere
    } else {
        error.into()
    }
}
