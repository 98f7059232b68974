//! Rows of batches.

use kernel::Timestamp;
use kernel::id::{CertificateBatchId, PersonId, TrainingId};
use storage::{Conn, FromRow, Row, StorageError, Tx, sql};
use uuid::Uuid;

use crate::model::{BatchEntry, BatchStage, CertificateBatch, SerialNumber, Submitted};

/// A batch in a list, with what became of its entries.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub id: CertificateBatchId,
    pub training: TrainingId,
    pub training_title: String,
    pub stage: BatchStage,
    pub version: i64,
    pub created_by_name: String,
    pub created_at: Timestamp,
    pub submitter_name: Option<String>,
    pub decided_at: Option<Timestamp>,
    pub entries: i64,
    pub approved: i64,
    pub returned: i64,
    pub issued: i64,
    /// Approved or corrected, and not signed and printed yet.
    pub unfinished: i64,
}

pub(crate) async fn training_of(
    conn: &mut Conn,
    id: CertificateBatchId,
) -> Result<Option<TrainingId>, StorageError> {
    sql("select training_id as value from certificate_batches where id = $1").bind(id).opt(conn).await
}

/// A batch with its version.
pub(crate) struct Versioned {
    pub batch: CertificateBatch,
    pub version: i64,
}

/// Takes the batch for this transaction, with the version that it had before: who comes second waits, and then sees what the first did.
pub(crate) async fn take(tx: &mut Tx, id: CertificateBatchId) -> Result<Option<Versioned>, StorageError> {
    let taken: Option<Taken> = sql("update certificate_batches set version = version + 1 where id = $1 \
         returning training_id, state, version, submitter_id, submitted_at, issued_at")
    .bind(id)
    .opt(tx)
    .await?;
    let Some(Taken { training, stage, version }) = taken else { return Ok(None) };
    let entries = super::entries::of_batch(tx, id).await?;
    let entries = entries.into_iter().map(|entry| BatchEntry {
        id: entry.id,
        learner: entry.learner,
        grade: entry.frozen.grade,
        hours: entry.frozen.hours,
        credits: entry.frozen.credits,
        decision: entry.decision,
    });
    let batch = CertificateBatch::restore(id, training, stage, entries.collect());
    Ok(Some(Versioned { batch, version: version - 1 }))
}

pub(crate) async fn insert(
    tx: &mut Tx,
    batch: &CertificateBatch,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into certificate_batches (id, training_id, state, version, created_by, created_at) \
         values ($1, $2, $3, 1, $4, $5)")
    .bind(batch.id)
    .bind(batch.training)
    .bind(batch.stage().code())
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Removes a batch whose entries are gone.
pub(crate) async fn delete(tx: &mut Tx, id: CertificateBatchId) -> Result<(), StorageError> {
    sql("delete from certificate_batches where id = $1").bind(id).exec(tx).await?;
    Ok(())
}

pub(crate) async fn set_submitted(
    tx: &mut Tx,
    id: CertificateBatchId,
    submitted: Submitted,
) -> Result<(), StorageError> {
    sql("update certificate_batches set state = 'submitted', submitter_id = $2, submitted_at = $3 where id = $1")
        .bind(id)
        .bind(submitted.by)
        .bind(submitted.at)
        .exec(tx)
        .await?;
    sql("update batch_entries set submitter_id = $2 where batch_id = $1")
        .bind(id)
        .bind(submitted.by)
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) async fn set_decided(
    tx: &mut Tx,
    id: CertificateBatchId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update certificate_batches set state = 'decided', decided_at = $2 where id = $1")
        .bind(id)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) async fn set_issued(
    tx: &mut Tx,
    id: CertificateBatchId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update certificate_batches set state = 'issued', issued_at = $2 where id = $1")
        .bind(id)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) async fn find(conn: &mut Conn, id: CertificateBatchId) -> Result<Option<Listed>, StorageError> {
    sql("select b.id, b.training_id, t.title as training_title, b.state, b.version, b.submitter_id, b.submitted_at, \
           b.issued_at, c.name as created_by_name, b.created_at, s.name as submitter_name, b.decided_at, \
           (select count(*) from batch_entries e where e.batch_id = b.id) as entries, \
           (select count(*) from batch_entries e where e.batch_id = b.id and e.decision = 'approved') as approved, \
           (select count(*) from batch_entries e where e.batch_id = b.id and e.decision = 'returned') as returned, \
           (select count(distinct x.entry_id) from certificates x where x.batch_id = b.id and x.state = 'issued') as issued, \
           (select count(*) from batch_entries e where e.batch_id = b.id and e.decision = 'approved' \
              and not exists (select 1 from certificates x where x.entry_id = e.id)) \
            + (select count(*) from certificates x where x.batch_id = b.id and x.state = 'reserved') as unfinished \
         from certificate_batches b join v_training t on t.training_id = b.training_id \
         join v_person c on c.person_id = b.created_by left join v_person_name s on s.person_id = b.submitter_id \
         where b.id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// Newest first: batches of these trainings, or of trainings below these units; all for `everything`.
pub(crate) async fn page(
    conn: &mut Conn,
    everything: bool,
    trainings_and_units: Vec<Uuid>,
    state: Option<&str>,
    sought: Option<String>,
    after: Option<CertificateBatchId>,
    limit: i64,
) -> Result<Vec<Listed>, StorageError> {
    let mut list = trainings_and_units;
    if list.is_empty() {
        // No training and no unit has the nil id.
        list.push(Uuid::nil());
    }
    sql("select b.id, b.training_id, t.title as training_title, b.state, b.version, b.submitter_id, b.submitted_at, \
           b.issued_at, c.name as created_by_name, b.created_at, s.name as submitter_name, b.decided_at, \
           (select count(*) from batch_entries e where e.batch_id = b.id) as entries, \
           (select count(*) from batch_entries e where e.batch_id = b.id and e.decision = 'approved') as approved, \
           (select count(*) from batch_entries e where e.batch_id = b.id and e.decision = 'returned') as returned, \
           (select count(distinct x.entry_id) from certificates x where x.batch_id = b.id and x.state = 'issued') as issued, \
           (select count(*) from batch_entries e where e.batch_id = b.id and e.decision = 'approved' \
              and not exists (select 1 from certificates x where x.entry_id = e.id)) \
            + (select count(*) from certificates x where x.batch_id = b.id and x.state = 'reserved') as unfinished \
         from certificate_batches b join v_training t on t.training_id = b.training_id \
         join v_person c on c.person_id = b.created_by left join v_person_name s on s.person_id = b.submitter_id \
         where (cast($1 as uuid) is null or b.id < $1) and (cast($2 as text) is null or b.state = $2) \
           and ($3 or b.training_id in ($list) or t.org_unit_id in ( \
             select b.below_id from v_org_unit_below b where b.org_unit_id in ($list))) \
           and (cast($5 as text) is null or exists ( \
             select 1 from batch_entries e join v_person p on p.person_id = e.person_id \
             left join certificates x on x.entry_id = e.id where e.batch_id = b.id \
               and (lower(e.learner_name collate \"C\") like $5 escape '!' or lower(p.name collate \"C\") like $5 escape '!' or lower(x.learner_name collate \"C\") like $5 escape '!' \
                 or lower(replace(replace(replace(replace(x.serial, '-', ''), 'O', '0'), 'I', '1'), 'L', '1') collate \"C\") like $6))) \
         order by b.id desc limit $4")
    .bind(after)
    .bind(state)
    .bind(everything)
    .bind(limit)
    .bind(sought.as_deref().map(storage::containing))
    .bind(sought.as_deref().and_then(SerialNumber::sought).map(|part| storage::containing(&part)))
    .bind_list(list)
    .all(conn)
    .await
}

struct Taken {
    training: TrainingId,
    stage: BatchStage,
    version: i64,
}

impl FromRow for Taken {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        Ok(Self { training: row.get("training_id")?, stage: stage(row)?, version: row.get("version")? })
    }
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        Ok(Self {
            id: row.get("id")?,
            training: row.get("training_id")?,
            training_title: row.get("training_title")?,
            stage: stage(row)?,
            version: row.get("version")?,
            created_by_name: row.get("created_by_name")?,
            created_at: row.get("created_at")?,
            submitter_name: row.get("submitter_name")?,
            decided_at: row.get("decided_at")?,
            entries: row.get("entries")?,
            approved: row.get("approved")?,
            returned: row.get("returned")?,
            issued: row.get("issued")?,
            unfinished: row.get("unfinished")?,
        })
    }
}

fn stage(row: &Row<'_>) -> Result<BatchStage, StorageError> {
    let state: String = row.get("state")?;
    let by: Option<PersonId> = row.get("submitter_id")?;
    let at: Option<Timestamp> = row.get("submitted_at")?;
    let issued_at: Option<Timestamp> = row.get("issued_at")?;
    let submitted = by.zip(at).map(|(by, at)| Submitted { by, at });
    match (state.as_str(), submitted, issued_at) {
        ("draft", None, _) => Ok(BatchStage::Draft),
        ("submitted", Some(submitted), _) => Ok(BatchStage::Submitted(submitted)),
        ("decided", Some(submitted), _) => Ok(BatchStage::Decided(submitted)),
        ("issued", Some(submitted), Some(at)) => Ok(BatchStage::Issued(submitted, at)),
        _ => Err(StorageError::Decode(format!("state: {state}"))),
    }
}
