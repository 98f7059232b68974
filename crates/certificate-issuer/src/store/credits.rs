//! Rows of the credits ledger.

use kernel::id::{BatchEntryId, CertificateBatchId, CertificateId, CreditEntryId, PersonId};
use kernel::{Date, Timestamp};
use storage::{Conn, FromRow, Row, StorageError, Tx, sql};
use uuid::Uuid;

use crate::model::{CreditEntry, CreditKind, SerialNumber};

/// A line with the names that a reader wants beside it: those of the certificate that stands now, whatever was printed when the line
/// was entered.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub entry: CreditEntry,
    pub learner_name: String,
    pub unit_name: Option<String>,
    pub training_title: String,
    pub serial: SerialNumber,
    /// The certificate that the line was entered for.
    pub entered_for: SerialNumber,
    /// Where the certificates are, for who watches over their training.
    pub batch: Option<CertificateBatchId>,
}

/// Enters a line. A second one of a kind that an entry or a certificate has once is refused: a ledger that says something else than the
/// certificates is an error, not a line less.
pub(crate) async fn enter(tx: &mut Tx, line: &CreditEntry, at: Timestamp) -> Result<(), StorageError> {
    sql("insert into credit_entries \
           (id, person_id, training_id, entry_id, certificate_id, kind, credits, entered_on, entered_at) \
         values (:id, :person_id, :training_id, :entry_id, :certificate_id, :kind, :credits, :entered_on, :entered_at)")
    .set("id", line.id)
    .set("person_id", line.learner)
    .set("training_id", line.training)
    .set("entry_id", line.entry)
    .set("certificate_id", line.certificate)
    .set("kind", line.kind.code())
    .set("credits", line.credits.tenths())
    .set("entered_on", line.entered_on)
    .set("entered_at", at)
    .exec(tx)
    .await?;
    Ok(())
}

/// The lines of one batch entry.
pub(crate) async fn of_entry(conn: &mut Conn, id: BatchEntryId) -> Result<Vec<CreditEntry>, StorageError> {
    sql("select id, person_id, training_id, entry_id, certificate_id, kind, credits, entered_on \
         from credit_entries where entry_id = $1 order by id")
    .bind(id)
    .all_by(conn, entry)
    .await
}

/// A learner's whole ledger, newest first.
pub(crate) async fn of_person(conn: &mut Conn, learner: PersonId) -> Result<Vec<Line>, StorageError> {
    sql("select l.id, l.person_id, l.training_id, l.entry_id, l.certificate_id, l.kind, l.credits, l.entered_on, s.learner_name, \
           p.org_unit_name as unit_name, s.training_title, s.serial, c.serial as entered_for, cast(null as uuid) as batch_id \
         from credit_entries l join certificates c on c.id = l.certificate_id \
         join certificates s on s.entry_id = l.entry_id and s.edition = ( \
           select max(x.edition) from certificates x where x.entry_id = l.entry_id and x.state <> 'void') \
         join v_person p on p.person_id = l.person_id where l.person_id = $1 order by l.id desc")
    .bind(learner)
    .all(conn)
    .await
}

/// The ledger of the teachers of these units and below, newest first; of all for `everything`.
pub(crate) async fn page(
    conn: &mut Conn,
    everything: bool,
    units: Vec<Uuid>,
    sought: Option<String>,
    after: Option<CreditEntryId>,
    limit: i64,
) -> Result<Vec<Line>, StorageError> {
    let units = if units.is_empty() { vec![Uuid::nil()] } else { units };
    sql("select l.id, l.person_id, l.training_id, l.entry_id, l.certificate_id, l.kind, l.credits, l.entered_on, s.learner_name, \
           p.org_unit_name as unit_name, s.training_title, s.serial, c.serial as entered_for, \
           case when $3 or t.org_unit_id in (select b.below_id from v_org_unit_below b where b.org_unit_id in ($list)) \
             then c.batch_id end as batch_id \
         from credit_entries l join certificates c on c.id = l.certificate_id \
         join certificates s on s.entry_id = l.entry_id and s.edition = ( \
           select max(x.edition) from certificates x where x.entry_id = l.entry_id and x.state <> 'void') \
         join v_person p on p.person_id = l.person_id join v_training t on t.training_id = l.training_id \
         where (cast($1 as uuid) is null or l.id < $1) \
           and (cast($2 as text) is null or lower(p.name collate \"C\") like $2 escape '!' or exists ( \
             select 1 from certificates x where x.entry_id = l.entry_id and (lower(x.learner_name collate \"C\") like $2 escape '!' or lower(replace(replace(replace(replace(x.serial, '-', ''), 'O', '0'), 'I', '1'), 'L', '1') collate \"C\") like $5))) \
           and ($3 or p.org_unit_id in (select b.below_id from v_org_unit_below b where b.org_unit_id in ($list)) \
             or t.org_unit_id in (select b.below_id from v_org_unit_below b where b.org_unit_id in ($list))) \
         order by l.id desc limit $4")
    .bind(after)
    .bind(sought.as_deref().map(storage::containing))
    .bind(everything)
    .bind(limit)
    .bind(sought.as_deref().and_then(SerialNumber::sought).map(|part| storage::containing(&part)))
    .bind_list(units)
    .all(conn)
    .await
}

impl FromRow for Line {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        Ok(Self {
            entry: entry(row)?,
            learner_name: row.get("learner_name")?,
            unit_name: row.get("unit_name")?,
            training_title: row.get("training_title")?,
            serial: row.get("serial")?,
            entered_for: row.get("entered_for")?,
            batch: row.get("batch_id")?,
        })
    }
}

fn entry(row: &Row<'_>) -> Result<CreditEntry, StorageError> {
    let kind: String = row.get("kind")?;
    let certificate: CertificateId = row.get("certificate_id")?;
    let entered_on: Date = row.get("entered_on")?;
    Ok(CreditEntry {
        id: row.get("id")?,
        learner: row.get("person_id")?,
        training: row.get("training_id")?,
        entry: row.get("entry_id")?,
        certificate,
        kind: match kind.as_str() {
            "earned" => CreditKind::Earned,
            "raised" => CreditKind::Raised,
            "lowered" => CreditKind::Lowered,
            "taken_back" => CreditKind::TakenBack,
            _ => return Err(StorageError::Decode(format!("kind: {kind}"))),
        },
        credits: row.get("credits")?,
        entered_on,
    })
}
