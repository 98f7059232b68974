//! Rows of certificates: reserved, issued, revoked.

use kernel::id::{
    BatchEntryId, BlobId, CertificateBatchId, CertificateChangeId, CertificateId, OrgUnitId, PersonId,
    TrainingId,
};
use kernel::{Date, Timestamp};
use storage::{Conn, FromRow, Row, StorageError, Tx, sql};
use uuid::Uuid;

use super::words::{frozen, frozen_values, perhaps};
use crate::credential::{Addresses, Issuance, OpenBadge, StatusPointer};
use crate::model::{
    Certificate, CertificateError, Frozen, Revocation, RevocationCause, SerialNumber, VerifyKey,
};

/// A certificate as it is recorded.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    pub id: CertificateId,
    pub serial: SerialNumber,
    pub ordinal: u32,
    pub learner: PersonId,
    pub batch: CertificateBatchId,
    pub entry: BatchEntryId,
    pub edition: u32,
    /// The change that asked for it; the first edition has none.
    pub change: Option<CertificateChangeId>,
    pub frozen: Frozen,
    pub issued_on: Date,
    pub issued_at: Timestamp,
    pub verify_key: VerifyKey,
    pub issuance: Issuance,
    /// Where the installation was when this was recorded; it is in the signed text.
    pub addresses: Addresses,
    /// The form of the text that is signed.
    pub claims_version: u32,
    /// The text that is signed.
    pub payload: String,
    /// Absent until it is issued.
    pub issued: Option<Issued>,
    pub revocation: Option<Revocation>,
}

/// What issuing adds.
#[derive(Debug, Clone)]
pub(crate) struct Issued {
    pub token: String,
    /// Which key signed it.
    pub key_id: String,
    pub pdf: BlobId,
    pub pdf_sha256: Vec<u8>,
}

impl Recorded {
    pub(crate) fn badge(&self) -> Result<OpenBadge, CertificateError> {
        let printed = self.frozen.printed(self.serial.clone(), self.issued_on, self.issued_at);
        Ok(OpenBadge { certificate: Certificate::new(printed)?, issuance: self.issuance.clone() })
    }
}

pub(crate) async fn find(conn: &mut Conn, id: CertificateId) -> Result<Option<Recorded>, StorageError> {
    sql("select id, serial, ordinal, training_id, person_id, batch_id, entry_id, edition, change_id, learner_name, training_title, \
           starts_on, ends_on, hours, credits, grade, assessed_by, issuer_id, issuer_name, issued_on, issued_at, verify_key, \
           subject, public_base, status_list, status_index, claims_version, payload, token, key_id, pdf_blob_id, pdf_sha256, revoked_at, revoked_by, \
           revocation_cause, revocation_reason, replaced_by \
         from certificates where id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// Takes the certificate until the end of the transaction, and reads it as it then stands: who ends it or proposes a change of it
/// meanwhile waits.
pub(crate) async fn hold(tx: &mut Tx, id: CertificateId) -> Result<Option<Recorded>, StorageError> {
    sql("update certificates set edition = edition where id = $1").bind(id).exec(tx).await?;
    find(tx, id).await
}

pub(crate) async fn find_by_serial(
    conn: &mut Conn,
    serial: &SerialNumber,
) -> Result<Option<Recorded>, StorageError> {
    sql("select id, serial, ordinal, training_id, person_id, batch_id, entry_id, edition, change_id, learner_name, training_title, \
           starts_on, ends_on, hours, credits, grade, assessed_by, issuer_id, issuer_name, issued_on, issued_at, verify_key, \
           subject, public_base, status_list, status_index, claims_version, payload, token, key_id, pdf_blob_id, pdf_sha256, revoked_at, revoked_by, \
           revocation_cause, revocation_reason, replaced_by \
         from certificates where serial = $1")
    .bind(serial.as_str())
    .opt(conn)
    .await
}

/// A learner's issued certificates, newest first.
pub(crate) async fn of_person(conn: &mut Conn, learner: PersonId) -> Result<Vec<Recorded>, StorageError> {
    sql("select id, serial, ordinal, training_id, person_id, batch_id, entry_id, edition, change_id, learner_name, training_title, \
           starts_on, ends_on, hours, credits, grade, assessed_by, issuer_id, issuer_name, issued_on, issued_at, verify_key, \
           subject, public_base, status_list, status_index, claims_version, payload, token, key_id, pdf_blob_id, pdf_sha256, revoked_at, revoked_by, \
           revocation_cause, revocation_reason, replaced_by \
         from certificates where person_id = $1 and state = 'issued' order by issued_at desc, training_id, ordinal desc")
    .bind(learner)
    .all(conn)
    .await
}

/// Who holds a certificate, and the training it is for.
pub(crate) async fn holder(
    conn: &mut Conn,
    id: CertificateId,
) -> Result<Option<(PersonId, TrainingId)>, StorageError> {
    let found = sql("select person_id, training_id from certificates where id = $1")
        .bind(id)
        .all_by(conn, |row| Ok((row.get("person_id")?, row.get("training_id")?)))
        .await?;
    Ok(found.into_iter().next())
}

/// Those of a batch that are reserved and not issued yet.
pub(crate) async fn reserved(
    conn: &mut Conn,
    batch: CertificateBatchId,
) -> Result<Vec<CertificateId>, StorageError> {
    sql("select id as value from certificates where batch_id = $1 and state = 'reserved' order by id")
        .bind(batch)
        .all(conn)
        .await
}

/// Takes a mark for a training's serial numbers, unless it has one; nothing happens when another training has this one.
pub(crate) async fn claim_mark(tx: &mut Tx, training: TrainingId, mark: &str) -> Result<(), StorageError> {
    sql("insert into certificate_counters (training_id, mark, last_ordinal) values ($1, $2, 0) on conflict do nothing")
        .bind(training)
        .bind(mark)
        .exec(tx)
        .await?;
    Ok(())
}

/// The training's mark and its next running number; none when it has no mark yet. Its row is held until the end of the transaction.
pub(crate) async fn next_ordinal(
    tx: &mut Tx,
    training: TrainingId,
) -> Result<Option<(String, u32)>, StorageError> {
    let taken =
        sql("update certificate_counters set last_ordinal = last_ordinal + 1 where training_id = $1 \
         returning mark, last_ordinal")
        .bind(training)
        .all_by(tx, |row| Ok((row.get("mark")?, row.get("last_ordinal")?)))
        .await?;
    Ok(taken.into_iter().next())
}

/// How many certificates an entry has led to.
pub(crate) async fn editions(conn: &mut Conn, entry: BatchEntryId) -> Result<u32, StorageError> {
    let count: i64 = sql("select coalesce(max(edition), 0) as value from certificates where entry_id = $1")
        .bind(entry)
        .one(conn)
        .await?;
    u32::try_from(count).map_err(|_| StorageError::Decode(format!("edition: {count}")))
}

/// Reserves a certificate; false when its place in the status list is taken.
pub(crate) async fn reserve(tx: &mut Tx, new: &Recorded) -> Result<bool, StorageError> {
    let inserted = sql("insert into certificates \
           (id, serial, ordinal, training_id, person_id, batch_id, entry_id, edition, state, learner_name, training_title, \
            starts_on, ends_on, hours, credits, grade, assessed_by, issuer_id, issuer_name, issued_on, issued_at, verify_key, \
            subject, public_base, status_list, status_index, payload, claims_version, change_id) \
         values (:id, :serial, :ordinal, :training_id, :person_id, :batch_id, :entry_id, :edition, 'reserved', \
            :learner_name, :training_title, :starts_on, :ends_on, :hours, :credits, :grade, :assessed_by, :issuer_id, \
            :issuer_name, :issued_on, :issued_at, :verify_key, :subject, :public_base, :status_list, :status_index, \
            :payload, :claims_version, :change_id) \
         on conflict (status_list, status_index) do nothing")
    .set("id", new.id)
    .set("serial", new.serial.as_str())
    .set("ordinal", new.ordinal)
    .set("training_id", new.frozen.training)
    .set("person_id", new.learner)
    .set("batch_id", new.batch)
    .set("entry_id", new.entry)
    .set("edition", new.edition)
    .set_all(frozen_values(Some(&new.frozen)))
    .set("issued_on", new.issued_on)
    .set("issued_at", new.issued_at)
    .set("verify_key", new.verify_key.to_string())
    .set("subject", new.issuance.subject)
    .set("public_base", new.addresses.base())
    .set("status_list", new.issuance.status.list)
    .set("status_index", new.issuance.status.index.get())
    .set("payload", &new.payload)
    .set("claims_version", new.claims_version)
    .set("change_id", new.change)
    .exec(tx)
    .await?;
    Ok(inserted == 1)
}

/// True for the one who issued it.
pub(crate) async fn issue(tx: &mut Tx, id: CertificateId, issued: &Issued) -> Result<bool, StorageError> {
    let changed =
        sql("update certificates set state = 'issued', token = $2, key_id = $3, pdf_blob_id = $4, pdf_sha256 = $5 \
         where id = $1 and state = 'reserved'")
        .bind(id)
        .bind(&issued.token)
        .bind(&issued.key_id)
        .bind(issued.pdf)
        .bind(issued.pdf_sha256.clone())
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

storage::from_row! {
    /// What a certificate's signature is checked by.
    pub(crate) struct Signed { pub serial: String, pub public_base: String, pub token: String, pub key_id: String }
}

/// Some issued certificates after a number, revoked ones too.
pub(crate) async fn signed_after(conn: &mut Conn, serial: &str) -> Result<Vec<Signed>, StorageError> {
    sql("select serial, public_base, token, key_id from certificates \
         where serial > $1 and state = 'issued' order by serial limit 200")
    .bind(serial)
    .all(conn)
    .await
}

/// What a revocation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Issued,
    /// It was only reserved and is void.
    Reserved,
}

/// Ends a certificate, or voids what is only reserved; none when somebody else ended it. The row decides which it was: the job may issue it
/// while somebody confirms.
pub(crate) async fn revoke(
    tx: &mut Tx,
    revocation: &Revocation,
    change: CertificateChangeId,
) -> Result<Option<Ended>, StorageError> {
    let replaced_by = match &revocation.cause {
        RevocationCause::Replaced { by } => Some(by.as_str()),
        RevocationCause::IssuedInError | RevocationCause::Misconduct => None,
    };
    let state: Option<String> =
        sql("update certificates set revoked_at = $2, revoked_by = $3, revocation_cause = $4, \
           revocation_reason = $5, replaced_by = $6, revocation_change_id = $7, \
           state = case when state = 'reserved' then 'void' else state end \
         where id = $1 and revoked_at is null returning state as value")
        .bind(revocation.certificate)
        .bind(revocation.revoked_at)
        .bind(revocation.revoked_by)
        .bind(revocation.cause.code())
        .bind(revocation.reason.as_str())
        .bind(replaced_by)
        .bind(change)
        .opt(tx)
        .await?;
    Ok(state.map(|state| if state == "issued" { Ended::Issued } else { Ended::Reserved }))
}

/// Whoever was to be replaced by a number that is void now is replaced by the one after it.
pub(crate) async fn replace_by(
    tx: &mut Tx,
    void: &SerialNumber,
    by: &SerialNumber,
) -> Result<(), StorageError> {
    sql("update certificates set replaced_by = $2 where replaced_by = $1")
        .bind(void.as_str())
        .bind(by.as_str())
        .exec(tx)
        .await?;
    Ok(())
}

/// The signed text of the newest certificate of a training: it holds what was achieved.
pub(crate) async fn payload_of_training(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Option<String>, StorageError> {
    sql("select payload as value from certificates where training_id = $1 and state = 'issued' order by ordinal desc limit 1")
        .bind(training)
        .opt(conn)
        .await
}

/// The signed text of the newest certificate of an office: it holds its profile.
pub(crate) async fn payload_of_issuer(
    conn: &mut Conn,
    issuer: OrgUnitId,
) -> Result<Option<String>, StorageError> {
    sql("select payload as value from certificates where issuer_id = $1 and state = 'issued' order by id desc limit 1")
        .bind(issuer)
        .opt(conn)
        .await
}

impl FromRow for Recorded {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        let subject: Uuid = row.get("subject")?;
        let status = StatusPointer { list: row.get("status_list")?, index: row.get("status_index")? };
        Ok(Self {
            id: row.get("id")?,
            serial: row.get("serial")?,
            ordinal: row.get("ordinal")?,
            learner: row.get("person_id")?,
            batch: row.get("batch_id")?,
            entry: row.get("entry_id")?,
            edition: row.get("edition")?,
            change: row.get("change_id")?,
            frozen: frozen(row)?,
            issued_on: row.get("issued_on")?,
            issued_at: row.get("issued_at")?,
            verify_key: row.get("verify_key")?,
            issuance: Issuance { subject, status },
            addresses: row.get("public_base")?,
            claims_version: row.get("claims_version")?,
            payload: row.get("payload")?,
            issued: issued(row)?,
            revocation: revocation(row)?,
        })
    }
}

fn issued(row: &Row<'_>) -> Result<Option<Issued>, StorageError> {
    let Some(token) = row.get::<Option<String>>("token")? else { return Ok(None) };
    Ok(Some(Issued {
        token,
        key_id: row.get("key_id")?,
        pdf: row.get("pdf_blob_id")?,
        pdf_sha256: row.get("pdf_sha256")?,
    }))
}

fn revocation(row: &Row<'_>) -> Result<Option<Revocation>, StorageError> {
    let Some(revoked_at) = row.get::<Option<Timestamp>>("revoked_at")? else { return Ok(None) };
    let cause: String = row.get("revocation_cause")?;
    let cause = match (cause.as_str(), perhaps(row, "replaced_by")?) {
        ("replaced", Some(by)) => RevocationCause::Replaced { by },
        ("issued_in_error", None) => RevocationCause::IssuedInError,
        ("misconduct", None) => RevocationCause::Misconduct,
        _ => return Err(StorageError::Decode(format!("revocation_cause: {cause}"))),
    };
    Ok(Some(Revocation {
        certificate: row.get("id")?,
        cause,
        reason: row.get("revocation_reason")?,
        revoked_by: row.get("revoked_by")?,
        revoked_at,
    }))
}
