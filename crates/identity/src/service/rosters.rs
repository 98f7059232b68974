//! Taking a roster in without importing anybody, and showing what was found.

use kernel::id::RosterImportId;
use kernel::{Ambient, TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{Conn, StorageError, Tx};

use super::roster_check::{check, counts, elsewhere, new_provinces};
use super::session::entry;
use crate::access::Overseer;
use crate::error::RosterError;
use crate::identity::Identity;
use crate::model::roster::{Cells, Change, Findings, RosterOutcome, RowError, Table, read_sheet};
use crate::store::rosters::{self, ImportRow, Only, RosterRowRow};
use crate::vault::{Place, Vault};

/// A row as it is shown.
#[derive(Debug)]
pub(crate) struct ShownRow {
    pub number: u32,
    pub cells: Cells,
    pub errors: Vec<RowError>,
    pub changes: Vec<Change>,
    pub outcome: RosterOutcome,
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
    let (vault, probes, asker, now) =
        (identity.vault(), identity.probes(), overseer.actor.person, ambient.now());
    let sheet = read_sheet(table)?;
    if !overseer.reach.administrator {
        probes.roster(asker, now)?;
    }
    let checked = check(tx, vault, overseer, sheet.rows, this_year(ambient)).await?;
    let id: RosterImportId = ambient.new_id();
    let elsewhere = elsewhere(&checked);
    if !overseer.reach.administrator {
        probes.tell(asker, elsewhere, now)?;
    }
    if elsewhere >= MANY_ELSEWHERE {
        let detail = json!({ "import": id, "rows": checked.len(), "elsewhere": elsewhere });
        entry(tx, ambient, Some(asker), "identity.roster_named_many_elsewhere", asker, detail).await?;
    }
    let findings = Findings {
        unread_columns: sheet.unread_columns,
        unread_sheets: table.other_sheets.clone(),
        new_provinces: new_provinces(&checked),
    };
    let findings = serde_json::to_value(findings).expect("lists of texts are JSON");
    rosters::insert(tx, id, overseer.actor.person, file_name, counts(&checked), findings, now).await?;
    for row in &checked {
        let kept = Kept { cells: row.cells.clone(), changes: row.changes().to_vec() };
        let kept = serde_json::to_string(&kept).expect("texts are JSON");
        let sealed = vault.seal(ambient, place(id), &kept);
        let fate = (row.outcome(), row.grave_changes().next().is_some());
        rosters::insert_row(tx, id, row.number, sealed, errors_json(row.errors()), fate).await?;
    }
    Ok(id)
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

pub(crate) async fn rows(
    conn: &mut Conn,
    vault: &Vault,
    id: RosterImportId,
    only: Only,
    after: u32,
    limit: i64,
) -> Result<Vec<ShownRow>, RosterError> {
    let rows = rosters::rows(conn, id, only, after, limit).await?;
    rows.into_iter()
        .map(|row| {
            let Kept { cells, changes } = unseal(vault, id, &row)?;
            Ok(ShownRow { number: row.row_no, cells, changes, errors: row.errors.0, outcome: row.outcome })
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

/// The year of the office's calendar.
pub(super) fn this_year(ambient: &Ambient) -> i64 {
    let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("the zone data is part of the binary");
    i64::from(ambient.now().date_in(&zone).year())
}

pub(crate) fn place(id: RosterImportId) -> Place {
    Place { column: "roster_rows.cells", row: id.uuid() }
}
