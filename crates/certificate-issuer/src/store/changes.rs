//! Rows of proposed changes to certificates.

use kernel::Timestamp;
use kernel::id::{CertificateBatchId, CertificateChangeId, CertificateId, PersonId, TrainingId};
use storage::{Conn, FromRow, Row, StorageError, Tx, sql};
use uuid::Uuid;

use super::words::{frozen, frozen_values};
use crate::model::{About, Change, Fault, Frozen, Outcome, SerialNumber, Wanted};

/// A change with its version.
#[derive(Debug, Clone)]
pub(crate) struct Versioned {
    pub change: Change,
    pub version: i64,
}

/// A change with what a reader wants beside it.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub change: Change,
    pub version: i64,
    pub batch: CertificateBatchId,
    pub serial: SerialNumber,
    /// What the certificate says as long as nothing is confirmed.
    pub before: Frozen,
    pub proposed_by_name: String,
    pub decided_by_name: Option<String>,
}

/// The training of the certificate that a change is about.
pub(crate) async fn training_of(
    conn: &mut Conn,
    id: CertificateChangeId,
) -> Result<Option<TrainingId>, StorageError> {
    sql("select training_id as value from certificate_changes where id = $1").bind(id).opt(conn).await
}

pub(crate) async fn insert(tx: &mut Tx, change: &Change) -> Result<(), StorageError> {
    let (fault, wanted) = match &change.wanted {
        Wanted::Revoke(fault) => (Some(fault.code()), None),
        Wanted::Correct(wanted) => (None, Some(wanted.as_ref())),
    };
    sql("insert into certificate_changes \
           (id, certificate_id, entry_id, training_id, person_id, kind, cause, reason, learner_name, training_title, starts_on, \
            ends_on, hours, credits, grade, assessed_by, issuer_id, issuer_name, state, version, proposed_by, proposed_at) \
         values (:id, :certificate_id, :entry_id, :training_id, :person_id, :kind, :cause, :reason, :learner_name, \
         :training_title, :starts_on, :ends_on, :hours, :credits, :grade, :assessed_by, :issuer_id, :issuer_name, \
         'open', 1, :proposed_by, :proposed_at)")
    .set("id", change.id)
    .set("certificate_id", change.certificate)
    .set("entry_id", change.entry)
    .set("training_id", change.training)
    .set("person_id", change.learner)
    .set("kind", change.wanted.code())
    .set("cause", fault)
    .set("reason", change.reason.as_str())
    .set_all(frozen_values(wanted))
    .set("proposed_by", change.proposed_by)
    .set("proposed_at", change.proposed_at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Takes the change for this transaction, with the version that it had before: who comes second waits, and sees what the first did.
pub(crate) async fn take(tx: &mut Tx, id: CertificateChangeId) -> Result<Option<Versioned>, StorageError> {
    let taken: Option<Versioned> = sql("update certificate_changes set version = version + 1 where id = $1 \
         returning id, certificate_id, entry_id, training_id, person_id, kind, cause, reason, learner_name, training_title, \
           starts_on, ends_on, hours, credits, grade, assessed_by, issuer_id, issuer_name, state, version, proposed_by, \
           proposed_at, decided_by, decided_at, refusal")
    .bind(id)
    .opt(tx)
    .await?;
    Ok(taken.map(|Versioned { change, version }| Versioned { change, version: version - 1 }))
}

/// Writes what was said about a change.
pub(crate) async fn decide(tx: &mut Tx, change: &Change) -> Result<(), StorageError> {
    let (by, at, confirmed_by, refusal) = match change.outcome() {
        Outcome::Open => return Ok(()),
        Outcome::Confirmed { by, at } => (*by, *at, Some(*by), None),
        Outcome::Refused { by, at, reason } => (*by, *at, None, Some(reason.as_str())),
        Outcome::Withdrawn { at } => (change.proposed_by, *at, None, None),
    };
    sql("update certificate_changes set state = $2, decided_by = $3, decided_at = $4, confirmed_by = $5, refusal = $6 \
         where id = $1")
    .bind(change.id)
    .bind(change.outcome().code())
    .bind(by)
    .bind(at)
    .bind(confirmed_by)
    .bind(refusal)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn find(conn: &mut Conn, id: CertificateChangeId) -> Result<Option<Listed>, StorageError> {
    sql("select h.id, h.certificate_id, h.entry_id, h.training_id, h.person_id, h.kind, h.cause, h.reason, h.learner_name, \
           h.training_title, h.starts_on, h.ends_on, h.hours, h.credits, h.grade, h.assessed_by, h.issuer_id, h.issuer_name, \
           h.state, h.version, h.proposed_by, h.proposed_at, h.decided_by, h.decided_at, h.refusal, c.batch_id, c.serial, \
           c.learner_name as before_learner_name, c.training_title as before_training_title, c.starts_on as before_starts_on, \
           c.ends_on as before_ends_on, c.hours as before_hours, c.credits as before_credits, c.grade as before_grade, \
           c.assessed_by as before_assessed_by, c.issuer_id as before_issuer_id, c.issuer_name as before_issuer_name, \
           p.name as proposed_by_name, d.name as decided_by_name \
         from certificate_changes h join certificates c on c.id = h.certificate_id \
         join v_person p on p.person_id = h.proposed_by left join v_person_name d on d.person_id = h.decided_by \
         where h.id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// Newest first: changes in the trainings below these units; all for `everything`.
pub(crate) async fn page(
    conn: &mut Conn,
    everything: bool,
    units: Vec<Uuid>,
    state: Option<&str>,
    after: Option<CertificateChangeId>,
    limit: i64,
) -> Result<Vec<Listed>, StorageError> {
    // No unit has the nil id.
    let units = if units.is_empty() { vec![Uuid::nil()] } else { units };
    sql("select h.id, h.certificate_id, h.entry_id, h.training_id, h.person_id, h.kind, h.cause, h.reason, h.learner_name, \
           h.training_title, h.starts_on, h.ends_on, h.hours, h.credits, h.grade, h.assessed_by, h.issuer_id, h.issuer_name, \
           h.state, h.version, h.proposed_by, h.proposed_at, h.decided_by, h.decided_at, h.refusal, c.batch_id, c.serial, \
           c.learner_name as before_learner_name, c.training_title as before_training_title, c.starts_on as before_starts_on, \
           c.ends_on as before_ends_on, c.hours as before_hours, c.credits as before_credits, c.grade as before_grade, \
           c.assessed_by as before_assessed_by, c.issuer_id as before_issuer_id, c.issuer_name as before_issuer_name, \
           p.name as proposed_by_name, d.name as decided_by_name \
         from certificate_changes h join certificates c on c.id = h.certificate_id \
         join v_training t on t.training_id = h.training_id \
         join v_person p on p.person_id = h.proposed_by left join v_person_name d on d.person_id = h.decided_by \
         where (cast($1 as uuid) is null or h.id < $1) and (cast($2 as text) is null or h.state = $2) \
           and ($3 or t.org_unit_id in (select b.below_id from v_org_unit_below b where b.org_unit_id in ($list))) \
         order by h.id desc limit $4")
    .bind(after)
    .bind(state)
    .bind(everything)
    .bind(limit)
    .bind_list(units)
    .all(conn)
    .await
}

impl FromRow for Versioned {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        Ok(Self { change: change(row)?, version: row.get("version")? })
    }
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        Ok(Self {
            change: change(row)?,
            version: row.get("version")?,
            batch: row.get("batch_id")?,
            serial: row.get("serial")?,
            before: before(row)?,
            proposed_by_name: row.get("proposed_by_name")?,
            decided_by_name: row.get("decided_by_name")?,
        })
    }
}

fn change(row: &Row<'_>) -> Result<Change, StorageError> {
    let kind: String = row.get("kind")?;
    let cause: Option<String> = row.get("cause")?;
    let wanted = match (kind.as_str(), cause.as_deref()) {
        ("revoke", Some("issued_in_error")) => Wanted::Revoke(Fault::IssuedInError),
        ("revoke", Some("misconduct")) => Wanted::Revoke(Fault::Misconduct),
        ("correct", None) => Wanted::Correct(Box::new(frozen(row)?)),
        _ => return Err(StorageError::Decode(format!("kind: {kind}"))),
    };
    let about = About {
        certificate: row.get::<CertificateId>("certificate_id")?,
        entry: row.get("entry_id")?,
        training: row.get("training_id")?,
        learner: row.get("person_id")?,
    };
    let proposed = (row.get("proposed_by")?, row.get("proposed_at")?);
    Ok(Change::restore(row.get("id")?, about, wanted, row.get("reason")?, proposed, outcome(row)?))
}

fn outcome(row: &Row<'_>) -> Result<Outcome, StorageError> {
    let state: String = row.get("state")?;
    let by: Option<PersonId> = row.get("decided_by")?;
    let at: Option<Timestamp> = row.get("decided_at")?;
    match (state.as_str(), by.zip(at)) {
        ("open", None) => Ok(Outcome::Open),
        ("confirmed", Some((by, at))) => Ok(Outcome::Confirmed { by, at }),
        ("refused", Some((by, at))) => Ok(Outcome::Refused { by, at, reason: row.get("refusal")? }),
        ("withdrawn", Some((_, at))) => Ok(Outcome::Withdrawn { at }),
        _ => Err(StorageError::Decode(format!("state: {state}"))),
    }
}

fn before(row: &Row<'_>) -> Result<Frozen, StorageError> {
    Ok(Frozen {
        learner_name: row.get("before_learner_name")?,
        training: row.get("training_id")?,
        training_title: row.get("before_training_title")?,
        starts_on: row.get("before_starts_on")?,
        ends_on: row.get("before_ends_on")?,
        hours: row.get("before_hours")?,
        credits: row.get("before_credits")?,
        grade: row.get("before_grade")?,
        assessed_by: row.get("before_assessed_by")?,
        issuer: row.get("before_issuer_id")?,
        issuer_name: row.get("before_issuer_name")?,
    })
}
