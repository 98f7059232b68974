//! Taking a roster in without importing anybody, and showing what was found.

use kernel::id::RosterImportId;
use kernel::{Ambient, Date, TimeZone, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{Conn, StorageError, Tx};

use super::roster_check::{Checked, check, counts, elsewhere};
use super::roster_findings::{Found, found};
use super::session::entry;
use crate::access::Overseer;
use crate::error::RosterError;
use crate::identity::Identity;
use crate::model::roster::{
    Cells, Change, Findings, RosterOutcome, RowError, Table, UnitChoices, read_sheet,
};
use crate::store::rosters::{self, CheckedRow, ImportRow, KeptFindings, Only, RosterRowRow};
use crate::vault::{Place, Vault};

/// A row as it is shown.
#[derive(Debug)]
pub(crate) struct ShownRow {
    pub number: u32,
    pub cells: Cells,
    pub errors: Vec<RowError>,
    pub changes: Vec<Change>,
    pub outcome: RosterOutcome,
    pub hidden: bool,
}

/// What is kept of a row, sealed: as it was typed, and what it was shown to change.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub cells: Cells,
    pub changes: Vec<Change>,
}

/// Reads, checks and stores a roster; nobody is imported.
#[tracing::instrument(name = "identity.check_roster", skip_all)]
pub(crate) async fn take_in(
    tx: &mut Tx,
    ambient: &Ambient,
    identity: &Identity,
    overseer: &Overseer,
    file_name: &str,
    table: &Table,
) -> Result<RosterImportId, RosterError> {
    let (vault, now) = (identity.vault(), ambient.now());
    let sheet = read_sheet(table)?;
    let choices = UnitChoices::new();
    let checked = check(tx, vault, overseer, sheet.rows, &choices, today(ambient)).await?;
    let id: RosterImportId = ambient.new_id();
    tell_of_elsewhere(tx, ambient, identity, overseer, id, checked.iter()).await?;
    let seen_in_file = Findings {
        unread_columns: sheet.unread_columns,
        unread_sheets: table.other_sheets.clone(),
        hidden_sheets: table.hidden_sheets.clone(),
        hidden_columns: sheet.hidden_columns,
        ..Findings::default()
    };
    let found = found(tx, &checked, &choices, seen_in_file).await?;
    let counts = (counts(&checked), i64::try_from(sheet.hidden_count).unwrap_or(i64::MAX));
    rosters::insert(tx, id, overseer.actor.person, file_name, counts, kept(&found), now).await?;
    for row in &checked {
        rosters::insert_row(tx, id, checked_row(ambient, vault, id, row), false).await?;
    }
    for (number, cells) in sheet.hidden {
        rosters::insert_row(tx, id, left_out_row(ambient, vault, id, number, cells), true).await?;
    }
    Ok(id)
}

/// Everybody but the administrator has so many rosters an hour read and checked. Counted before a file is read: one that is refused
/// costs as much as another.
pub(crate) fn ask_for_roster(
    identity: &Identity,
    overseer: &Overseer,
    now: Timestamp,
) -> Result<(), RosterError> {
    if !overseer.reach.administrator {
        identity.probes().roster(overseer.actor.person, now)?;
    }
    Ok(())
}

/// The same bound holds for rosters that are refused when they are to be applied, which are checked once more then.
pub(crate) fn ask_to_apply(
    identity: &Identity,
    overseer: &Overseer,
    now: Timestamp,
) -> Result<(), RosterError> {
    if !overseer.reach.administrator {
        identity.probes().apply(overseer.actor.person, now)?;
    }
    Ok(())
}

/// Counts what these rows tell about people outside the reach, and puts much of it on record.
pub(super) async fn tell_of_elsewhere(
    tx: &mut Tx,
    ambient: &Ambient,
    identity: &Identity,
    overseer: &Overseer,
    id: RosterImportId,
    rows: impl ExactSizeIterator<Item = &Checked> + Clone,
) -> Result<(), RosterError> {
    let (asker, elsewhere) = (overseer.actor.person, elsewhere(rows.clone()));
    if !overseer.reach.administrator {
        identity.probes().tell(asker, elsewhere, ambient.now())?;
    }
    if elsewhere >= MANY_ELSEWHERE {
        let detail = json!({ "import": id, "rows": rows.len(), "elsewhere": elsewhere });
        entry(tx, ambient, Some(asker), "identity.roster_named_many_elsewhere", asker, detail).await?;
    }
    Ok(())
}

/// A row that takes part, as it is kept.
pub(super) fn checked_row(ambient: &Ambient, vault: &Vault, id: RosterImportId, row: &Checked) -> CheckedRow {
    let kept = Kept { cells: row.cells.clone(), changes: row.changes().to_vec() };
    CheckedRow {
        row_no: row.number,
        cells_cipher: seal(ambient, vault, id, &kept),
        errors: errors_json(row.errors()),
        outcome: row.outcome(),
        to_confirm: row.grave_changes().next().is_some(),
    }
}

/// A row that the sheet hides and nobody took: kept as it was typed, and looked up nowhere.
pub(super) fn left_out_row(
    ambient: &Ambient,
    vault: &Vault,
    id: RosterImportId,
    row_no: u32,
    cells: Cells,
) -> CheckedRow {
    CheckedRow {
        row_no,
        cells_cipher: seal(ambient, vault, id, &Kept { cells, changes: Vec::new() }),
        errors: errors_json(&[]),
        outcome: RosterOutcome::LeftOut,
        to_confirm: false,
    }
}

fn seal(ambient: &Ambient, vault: &Vault, id: RosterImportId, kept: &Kept) -> Vec<u8> {
    let text = serde_json::to_string(kept).expect("texts are JSON");
    vault.seal(ambient, place(id), &text)
}

/// What was found, as it is kept.
pub(super) fn kept(found: &Found) -> KeptFindings {
    let json = "lists of texts are JSON";
    KeptFindings {
        findings: serde_json::to_value(&found.findings).expect(json),
        new_units: serde_json::to_value(&found.new_units).expect(json),
    }
}

/// From so many people of other units on, a roster is on record: it is a mistake, or a search.
const MANY_ELSEWHERE: u32 = 10;

/// Puts on record that somebody asked for more than may be told.
pub(crate) async fn record_refusal(
    tx: &mut Tx,
    ambient: &Ambient,
    overseer: &Overseer,
) -> Result<(), StorageError> {
    let asker = overseer.actor.person;
    entry(tx, ambient, Some(asker), "identity.roster_refused", asker, json!({})).await
}

/// An import of the caller's own; the administrator sees all.
pub(crate) async fn find(
    conn: &mut Conn,
    overseer: &Overseer,
    id: RosterImportId,
) -> Result<ImportRow, RosterError> {
    rosters::find(conn, id)
        .await?
        .filter(|row| overseer.reach.administrator || row.person_id == overseer.actor.person)
        .ok_or(RosterError::NoSuchImport)
}

pub(crate) async fn page(
    conn: &mut Conn,
    overseer: &Overseer,
    before: Option<RosterImportId>,
    limit: i64,
) -> Result<Vec<ImportRow>, RosterError> {
    let greatest = RosterImportId::from_uuid(uuid::Uuid::max());
    let everybodys = overseer.reach.administrator;
    let own = overseer.actor.person;
    Ok(rosters::page(conn, own, everybodys, before.unwrap_or(greatest), limit).await?)
}

/// Rows as they are kept; to be [`shown`].
pub(crate) async fn rows(
    conn: &mut Conn,
    id: RosterImportId,
    only: Only,
    after: u32,
    limit: i64,
) -> Result<Vec<RosterRowRow>, RosterError> {
    Ok(rosters::rows(conn, id, only, after, limit).await?)
}

/// Unseals rows: thousands of them are work for a thread of its own.
pub(crate) fn shown(
    vault: &Vault,
    id: RosterImportId,
    rows: Vec<RosterRowRow>,
) -> Result<Vec<ShownRow>, RosterError> {
    rows.into_iter()
        .map(|row| {
            let Kept { cells, changes } = unseal(vault, id, &row)?;
            let (errors, outcome) = (row.errors.0, row.outcome);
            Ok(ShownRow { number: row.row_no, cells, changes, errors, outcome, hidden: row.hidden })
        })
        .collect()
}

pub(super) fn unseal(vault: &Vault, id: RosterImportId, row: &RosterRowRow) -> Result<Kept, RosterError> {
    let text = vault.unseal(place(id), &row.cells_cipher)?;
    serde_json::from_str(&text)
        .map_err(|e| RosterError::Storage(storage::StorageError::Decode(format!("cells: {e}"))))
}

pub(super) fn errors_json(errors: &[RowError]) -> serde_json::Value {
    serde_json::to_value(errors).expect("columns, codes and texts are JSON")
}

/// The date on the office's calendar.
pub(super) fn today(ambient: &Ambient) -> Date {
    let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("the zone data is part of the binary");
    ambient.now().date_in(&zone)
}

pub(crate) fn place(id: RosterImportId) -> Place {
    Place { column: "roster_rows.cells", row: id.uuid() }
}
