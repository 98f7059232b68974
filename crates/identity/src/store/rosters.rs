//! Rosters that were read and checked.

use kernel::Timestamp;
use kernel::id::{PersonId, RosterImportId};
use storage::{Conn, Json, StorageError, Tx, from_row, sql};

use crate::model::roster::{Findings, MOST_ROWS, NewUnit, RosterOutcome, RosterState, RowError, UnitChoices};

from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct ImportRow {
        pub id: RosterImportId, pub person_id: PersonId, pub file_name: String, pub state: RosterState, pub created_at: Timestamp,
        pub applied_at: Option<Timestamp>, pub links_taken_at: Option<Timestamp>, pub row_count: i64, pub wrong_count: i64,
        pub new_count: i64, pub changed_count: i64, pub unit_count: i64, pub confirm_count: i64, pub hidden_count: i64,
        pub hidden_taken: bool, pub unit_choices: Json<UnitChoices>, pub findings: Json<Findings>,
    }
}
from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct RosterRowRow {
        pub row_no: u32, pub cells_cipher: Vec<u8>, pub errors: Json<Vec<RowError>>, pub outcome: RosterOutcome,
        pub hidden: bool, pub person_id: Option<PersonId>,
    }
}

impl ImportRow {
    /// With the hidden rows it has no more rows than a roster may have; otherwise they were not kept.
    pub fn can_take_hidden(&self) -> bool {
        self.hidden_taken || self.row_count + self.hidden_count <= i64::from(MOST_ROWS)
    }
}

/// How many rows of each outcome, and units that would be made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub rows: i64,
    pub wrong: i64,
    pub new: i64,
    pub changed: i64,
    pub units: i64,
    /// Rows that are confirmed before they are applied.
    pub to_confirm: i64,
}

/// What is said of a roster as a whole, and all units that it would make: these may be thousands, and are read alone.
pub(crate) struct KeptFindings {
    pub findings: serde_json::Value,
    pub new_units: serde_json::Value,
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: RosterImportId,
    by: PersonId,
    file_name: &str,
    (counts, hidden): (Counts, i64),
    kept: KeptFindings,
    now: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into roster_imports (id, person_id, file_name, state, created_at, row_count, wrong_count, new_count, \
           changed_count, unit_count, confirm_count, hidden_count, unit_choices, findings, new_units) values (:id, :person_id, :file_name, 'checked', \
           :created_at, :row_count, :wrong_count, :new_count, :changed_count, :unit_count, :confirm_count, :hidden_count, \
           :unit_choices, :findings, :new_units)")
    .set("id", id)
    .set("person_id", by)
    .set("file_name", file_name)
    .set("created_at", now)
    .set("row_count", counts.rows)
    .set("wrong_count", counts.wrong)
    .set("new_count", counts.new)
    .set("changed_count", counts.changed)
    .set("unit_count", counts.units)
    .set("confirm_count", counts.to_confirm)
    .set("hidden_count", hidden)
    .set("unit_choices", serde_json::Value::Object(serde_json::Map::new()))
    .set("findings", kept.findings)
    .set("new_units", kept.new_units)
    .exec(tx)
    .await?;
    Ok(())
}

/// What the check made of a row.
pub(crate) struct CheckedRow {
    pub row_no: u32,
    pub cells_cipher: Vec<u8>,
    pub errors: serde_json::Value,
    pub outcome: RosterOutcome,
    pub to_confirm: bool,
}

pub(crate) async fn insert_row(
    tx: &mut Tx,
    import: RosterImportId,
    row: CheckedRow,
    hidden: bool,
) -> Result<(), StorageError> {
    sql("insert into roster_rows (import_id, row_no, cells_cipher, errors, outcome, to_confirm, hidden) \
         values ($1, $2, $3, $4, $5, $6, $7)")
    .bind(import)
    .bind(row.row_no)
    .bind(row.cells_cipher)
    .bind(row.errors)
    .bind(row.outcome.word())
    .bind(row.to_confirm)
    .bind(hidden)
    .exec(tx)
    .await?;
    Ok(())
}

/// The same row, checked once more.
pub(crate) async fn check_row(
    tx: &mut Tx,
    import: RosterImportId,
    row: CheckedRow,
) -> Result<(), StorageError> {
    sql("update roster_rows set cells_cipher = $3, errors = $4, outcome = $5, to_confirm = $6 \
         where import_id = $1 and row_no = $2")
    .bind(import)
    .bind(row.row_no)
    .bind(row.cells_cipher)
    .bind(row.errors)
    .bind(row.outcome.word())
    .bind(row.to_confirm)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn find(conn: &mut Conn, id: RosterImportId) -> Result<Option<ImportRow>, StorageError> {
    sql("select id, person_id, file_name, state, created_at, applied_at, links_taken_at, row_count, wrong_count, new_count, \
                changed_count, unit_count, confirm_count, hidden_count, hidden_taken, unit_choices, findings from roster_imports where id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// The newest first; one person's, or everybody's. `before` is the greatest id for the first page.
pub(crate) async fn page(
    conn: &mut Conn,
    of: PersonId,
    everybodys: bool,
    before: RosterImportId,
    limit: i64,
) -> Result<Vec<ImportRow>, StorageError> {
    sql("select id, person_id, file_name, state, created_at, applied_at, links_taken_at, row_count, wrong_count, new_count, \
                changed_count, unit_count, confirm_count, hidden_count, hidden_taken, unit_choices, findings from roster_imports \
         where ($1 or person_id = $2) and id < $3 order by id desc limit $4")
    .bind(everybodys)
    .bind(of)
    .bind(before)
    .bind(limit)
    .all(conn)
    .await
}

/// Which rows of an import are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Only {
    pub wrong: bool,
    pub to_confirm: bool,
    pub hidden: bool,
}

pub(crate) async fn rows(
    conn: &mut Conn,
    import: RosterImportId,
    only: Only,
    after: u32,
    limit: i64,
) -> Result<Vec<RosterRowRow>, StorageError> {
    sql("select row_no, cells_cipher, errors, outcome, hidden, person_id from roster_rows \
         where import_id = $1 and ($2 = false or outcome = 'wrong') and ($3 = false or to_confirm) \
           and ($4 = false or hidden) and row_no > $5 \
         order by row_no limit $6")
    .bind(import)
    .bind(only.wrong)
    .bind(only.to_confirm)
    .bind(only.hidden)
    .bind(after)
    .bind(limit)
    .all(conn)
    .await
}

/// Takes the hidden rows of an import, or leaves them out; true while it is not applied. Others wait here.
pub(crate) async fn choose_hidden(
    tx: &mut Tx,
    id: RosterImportId,
    taken: bool,
) -> Result<bool, StorageError> {
    let changed = sql("update roster_imports set hidden_taken = $2 where id = $1 and state = 'checked'")
        .bind(id)
        .bind(taken)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// Keeps what was decided about names of units; true while the import is not applied. Others wait here.
pub(crate) async fn choose_units(
    tx: &mut Tx,
    id: RosterImportId,
    choices: serde_json::Value,
) -> Result<bool, StorageError> {
    let changed = sql("update roster_imports set unit_choices = $2 where id = $1 and state = 'checked'")
        .bind(id)
        .bind(choices)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// Holds an import that is not applied until the end of the transaction; true while it is not.
pub(crate) async fn hold(tx: &mut Tx, id: RosterImportId) -> Result<bool, StorageError> {
    let text = tx.pick(
        "select id as value from roster_imports where id = $1 and state = 'checked'",
        "select id as value from roster_imports where id = $1 and state = 'checked' for no key update",
    );
    Ok(sql(text).bind(id).opt::<RosterImportId>(tx).await?.is_some())
}

pub(crate) async fn set_findings(
    tx: &mut Tx,
    id: RosterImportId,
    kept: KeptFindings,
) -> Result<(), StorageError> {
    sql("update roster_imports set findings = $2, new_units = $3 where id = $1")
        .bind(id)
        .bind(kept.findings)
        .bind(kept.new_units)
        .exec(tx)
        .await?;
    Ok(())
}

from_row! {
    struct NewUnitsRow { pub new_units: Json<Vec<NewUnit>> }
}

/// All units that an import would make.
pub(crate) async fn new_units(conn: &mut Conn, id: RosterImportId) -> Result<Vec<NewUnit>, StorageError> {
    let row: Option<NewUnitsRow> =
        sql("select new_units from roster_imports where id = $1").bind(id).opt(conn).await?;
    Ok(row.map(|row| row.new_units.0).unwrap_or_default())
}

/// Marks an import as applied; true for the one who did. Others wait here.
pub(crate) async fn mark_applied(
    tx: &mut Tx,
    id: RosterImportId,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let changed = sql(
        "update roster_imports set state = 'applied', applied_at = $2 where id = $1 and state = 'checked'",
    )
    .bind(id)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

pub(crate) async fn mark_links_taken(
    tx: &mut Tx,
    id: RosterImportId,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let changed =
        sql("update roster_imports set links_taken_at = $2 where id = $1 and state = 'applied' and links_taken_at is null")
            .bind(id)
            .bind(now)
            .exec(tx)
            .await?;
    Ok(changed == 1)
}

/// Counts as they are after another check, and as they were when it was applied.
pub(crate) async fn set_counts(tx: &mut Tx, id: RosterImportId, counts: Counts) -> Result<(), StorageError> {
    sql("update roster_imports set row_count = :row_count, wrong_count = :wrong_count, new_count = :new_count, \
           changed_count = :changed_count, unit_count = :unit_count, confirm_count = :confirm_count where id = :id")
    .set("id", id)
    .set("row_count", counts.rows)
    .set("wrong_count", counts.wrong)
    .set("new_count", counts.new)
    .set("changed_count", counts.changed)
    .set("unit_count", counts.units)
    .set("confirm_count", counts.to_confirm)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn settle_row(
    tx: &mut Tx,
    import: RosterImportId,
    row_no: u32,
    errors: serde_json::Value,
    outcome: RosterOutcome,
    person: Option<PersonId>,
) -> Result<(), StorageError> {
    sql("update roster_rows set errors = $3, outcome = $4, person_id = $5 where import_id = $1 and row_no = $2")
        .bind(import)
        .bind(row_no)
        .bind(errors)
        .bind(outcome.word())
        .bind(person)
        .exec(tx)
        .await?;
    Ok(())
}

from_row! {
    /// Somebody of an import who has never signed in.
    pub(crate) struct NewcomerRow {
        pub id: PersonId, pub name: String, pub account_name: String, pub phone_cipher: Option<Vec<u8>>,
        pub org_path: Option<String>,
    }
}

pub(crate) async fn newcomers(
    conn: &mut Conn,
    import: RosterImportId,
) -> Result<Vec<NewcomerRow>, StorageError> {
    sql("select p.id, p.name, p.account_name, p.phone_cipher, o.path as org_path \
         from roster_rows r join people p on p.id = r.person_id left join org_units o on o.id = p.org_unit_id \
         where r.import_id = $1 and p.password_hash is null and p.disabled_at is null order by r.row_no")
    .bind(import)
    .all(conn)
    .await
}

/// Deletes rows of rosters from before an instant, at most so many: what was typed is kept no longer than it is of use.
pub(crate) async fn forget_rows(tx: &mut Tx, made_before: Timestamp, most: i64) -> Result<u64, StorageError> {
    sql("delete from roster_rows where (import_id, row_no) in \
         (select r.import_id, r.row_no from roster_imports i join roster_rows r on r.import_id = i.id \
          where i.created_at < $1 limit $2)")
    .bind(made_before)
    .bind(most)
    .exec(tx)
    .await
}

/// Deletes rosters of which no row is left.
pub(crate) async fn forget(tx: &mut Tx, made_before: Timestamp, most: i64) -> Result<u64, StorageError> {
    sql("delete from roster_imports where id in \
         (select i.id from roster_imports i where i.created_at < $1 \
          and not exists (select 1 from roster_rows r where r.import_id = i.id) order by i.created_at limit $2)")
    .bind(made_before)
    .bind(most)
    .exec(tx)
    .await
}
