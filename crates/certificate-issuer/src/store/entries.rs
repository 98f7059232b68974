//! Rows of a batch's entries.

use kernel::id::{BatchEntryId, CertificateBatchId, CertificateChangeId, CertificateId, ClassId, PersonId};
use kernel::{Date, Timestamp};
use storage::{Conn, FromRow, Row, StorageError, Tx, sql};

use super::words::{frozen, frozen_values, perhaps};
use crate::model::{BatchEntry, Decision, Frozen, SerialNumber};

/// An entry with what will be printed.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub id: BatchEntryId,
    pub learner: PersonId,
    pub frozen: Frozen,
    pub result_hash: String,
    pub decision: Decision,
}

/// An entry in a list, with the newest certificate that it led to. What it says is what that certificate says.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub entry: Entry,
    /// The person's name as it is now.
    pub name_now: String,
    /// What the entry said when the batch was made, where it was handed in with a corrected name.
    pub name_was: Option<String>,
    pub unit_name: Option<String>,
    pub decided_by_name: Option<String>,
    pub certificate: Option<ListedCertificate>,
}

#[derive(Debug, Clone)]
pub(crate) struct ListedCertificate {
    pub id: CertificateId,
    pub serial: SerialNumber,
    pub is_issued: bool,
    pub issued_on: Date,
    pub revoked_at: Option<Timestamp>,
    /// A proposal that waits for its second person.
    pub open_change: Option<CertificateChangeId>,
}

pub(crate) async fn of_batch(conn: &mut Conn, batch: CertificateBatchId) -> Result<Vec<Entry>, StorageError> {
    sql("select id, person_id, training_id, learner_name, training_title, starts_on, ends_on, hours, credits, grade, \
           assessed_by, issuer_id, issuer_name, result_hash, decision, decided_by, decided_at, reason \
         from batch_entries where batch_id = $1 order by learner_name, id")
    .bind(batch)
    .all(conn)
    .await
}

pub(crate) async fn listed(conn: &mut Conn, batch: CertificateBatchId) -> Result<Vec<Listed>, StorageError> {
    sql("select e.id, e.person_id, e.training_id, coalesce(c.learner_name, e.learner_name) as learner_name, \
           coalesce(c.training_title, e.training_title) as training_title, coalesce(c.starts_on, e.starts_on) as starts_on, \
           coalesce(c.ends_on, e.ends_on) as ends_on, coalesce(c.hours, e.hours) as hours, \
           coalesce(c.credits, e.credits) as credits, coalesce(c.grade, e.grade) as grade, \
           coalesce(c.assessed_by, e.assessed_by) as assessed_by, coalesce(c.issuer_id, e.issuer_id) as issuer_id, \
           coalesce(c.issuer_name, e.issuer_name) as issuer_name, e.result_hash, e.decision, e.decided_by, \
           e.decided_at, e.reason, p.name as name_now, e.name_was, p.org_unit_name as unit_name, d.name as decided_by_name, \
           c.id as certificate_id, c.serial, c.state as certificate_state, c.issued_on, c.revoked_at, h.id as open_change_id \
         from batch_entries e join v_person p on p.person_id = e.person_id \
         left join v_person_name d on d.person_id = e.decided_by \
         left join certificates c on c.entry_id = e.id \
           and c.edition = (select max(x.edition) from certificates x where x.entry_id = e.id) \
         left join certificate_changes h on h.certificate_id = c.id and h.state = 'open' \
         where e.batch_id = $1 order by e.learner_name, e.id")
    .bind(batch)
    .all(conn)
    .await
}

storage::from_row! {
    /// A certificate that a corrected one has replaced, and the change that did so.
    #[derive(Debug, Clone)]
    pub(crate) struct Replaced {
        pub id: CertificateId, pub entry_id: BatchEntryId, pub serial: SerialNumber, pub is_issued: bool,
        pub revocation_change_id: Option<CertificateChangeId>,
    }
}

/// Those of a batch, of each entry the latest first.
pub(crate) async fn replaced(
    conn: &mut Conn,
    batch: CertificateBatchId,
) -> Result<Vec<Replaced>, StorageError> {
    sql("select c.id, c.entry_id, c.serial, (c.state = 'issued') as is_issued, c.revocation_change_id \
         from certificates c where c.batch_id = $1 \
           and exists (select 1 from certificates n where n.entry_id = c.entry_id and n.edition > c.edition) \
         order by c.entry_id, c.edition desc")
    .bind(batch)
    .all(conn)
    .await
}

/// Approved entries that have no certificate yet.
pub(crate) async fn to_reserve(
    conn: &mut Conn,
    batch: CertificateBatchId,
) -> Result<Vec<Entry>, StorageError> {
    sql("select id, person_id, training_id, learner_name, training_title, starts_on, ends_on, hours, credits, grade, \
           assessed_by, issuer_id, issuer_name, result_hash, decision, decided_by, decided_at, reason \
         from batch_entries e where batch_id = $1 and decision = 'approved' \
           and not exists (select 1 from certificates c where c.entry_id = e.id) order by learner_name, id")
    .bind(batch)
    .all(conn)
    .await
}

pub(crate) async fn insert(
    tx: &mut Tx,
    batch: CertificateBatchId,
    class: Option<ClassId>,
    entry: &Entry,
) -> Result<(), StorageError> {
    sql("insert into batch_entries (id, batch_id, training_id, person_id, class_id, learner_name, training_title, starts_on, \
           ends_on, hours, credits, grade, assessed_by, issuer_id, issuer_name, result_hash, decision) \
         values (:id, :batch_id, :training_id, :person_id, :class_id, :learner_name, :training_title, :starts_on, \
         :ends_on, :hours, :credits, :grade, :assessed_by, :issuer_id, :issuer_name, :result_hash, 'open')")
    .set("id", entry.id)
    .set("batch_id", batch)
    .set("training_id", entry.frozen.training)
    .set("person_id", entry.learner)
    .set("class_id", class)
    .set_all(frozen_values(Some(&entry.frozen)))
    .set("result_hash", &entry.result_hash)
    .exec(tx)
    .await?;
    Ok(())
}

/// Takes over the names that were corrected since the batch was made, and keeps what they were.
pub(crate) async fn take_over_names(tx: &mut Tx, batch: CertificateBatchId) -> Result<u64, StorageError> {
    sql("update batch_entries set name_was = learner_name, \
           learner_name = (select p.name from v_person p where p.person_id = batch_entries.person_id) \
         where batch_id = $1 and exists \
           (select 1 from v_person p where p.person_id = batch_entries.person_id and p.name <> batch_entries.learner_name)")
    .bind(batch)
    .exec(tx)
    .await
}

pub(crate) async fn delete(tx: &mut Tx, entry: BatchEntryId) -> Result<(), StorageError> {
    sql("delete from batch_entries where id = $1").bind(entry).exec(tx).await?;
    Ok(())
}

pub(crate) async fn delete_all(tx: &mut Tx, batch: CertificateBatchId) -> Result<(), StorageError> {
    sql("delete from batch_entries where batch_id = $1").bind(batch).exec(tx).await?;
    Ok(())
}

/// The learner of an entry that led to a certificate in error can be proposed again.
pub(crate) async fn void(tx: &mut Tx, entry: BatchEntryId, at: Timestamp) -> Result<(), StorageError> {
    sql("update batch_entries set voided_at = $2 where id = $1 and voided_at is null")
        .bind(entry)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes what was decided about an entry.
pub(crate) async fn decide(tx: &mut Tx, entry: &BatchEntry) -> Result<(), StorageError> {
    let (by, at, reason) = match &entry.decision {
        Decision::Open => return Ok(()),
        Decision::Approved { by, at } => (*by, *at, None),
        Decision::Returned { by, at, reason } => (*by, *at, Some(reason.as_str())),
    };
    sql(
        "update batch_entries set decision = $2, decided_by = $3, decided_at = $4, reason = $5 where id = $1",
    )
    .bind(entry.id)
    .bind(entry.decision.code())
    .bind(by)
    .bind(at)
    .bind(reason)
    .exec(tx)
    .await?;
    Ok(())
}

impl FromRow for Entry {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        Ok(Self {
            id: row.get("id")?,
            learner: row.get("person_id")?,
            frozen: frozen(row)?,
            result_hash: row.get("result_hash")?,
            decision: decision(row)?,
        })
    }
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        let certificate: Option<CertificateId> = row.get("certificate_id")?;
        let certificate = certificate.map(|id| listed_certificate(row, id)).transpose()?;
        Ok(Self {
            entry: Entry::from_row(row)?,
            name_now: row.get("name_now")?,
            name_was: row.get("name_was")?,
            unit_name: row.get("unit_name")?,
            decided_by_name: row.get("decided_by_name")?,
            certificate,
        })
    }
}

fn listed_certificate(row: &Row<'_>, id: CertificateId) -> Result<ListedCertificate, StorageError> {
    let state: String = row.get("certificate_state")?;
    Ok(ListedCertificate {
        id,
        serial: row.get("serial")?,
        is_issued: state == "issued",
        issued_on: row.get("issued_on")?,
        revoked_at: row.get("revoked_at")?,
        open_change: row.get("open_change_id")?,
    })
}

fn decision(row: &Row<'_>) -> Result<Decision, StorageError> {
    let code: String = row.get("decision")?;
    let by: Option<PersonId> = row.get("decided_by")?;
    let at: Option<Timestamp> = row.get("decided_at")?;
    match (code.as_str(), by.zip(at), perhaps(row, "reason")?) {
        ("open", None, None) => Ok(Decision::Open),
        ("approved", Some((by, at)), None) => Ok(Decision::Approved { by, at }),
        ("returned", Some((by, at)), Some(reason)) => Ok(Decision::Returned { by, at, reason }),
        _ => Err(StorageError::Decode(format!("decision: {code}"))),
    }
}
