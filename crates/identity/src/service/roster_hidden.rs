//! The rows that a sheet hides: left out of an import until somebody takes them, and then checked like all others.

use kernel::Ambient;
use kernel::id::RosterImportId;
use storage::Tx;

use super::roster_check::{check, counts};
use super::roster_findings::found;
use super::rosters;
use crate::access::Overseer;
use crate::error::RosterError;
use crate::identity::Identity;
use crate::model::roster::{MOST_ROWS, SheetError};
use crate::store;
use crate::store::rosters::{Only, RosterRowRow};

/// Takes the hidden rows or leaves them out, and checks the roster anew: a row may repeat one that was not in.
#[tracing::instrument(name = "identity.choose_hidden_rows", skip_all, fields(roster_import.id = %id))]
pub(crate) async fn choose(
    tx: &mut Tx,
    ambient: &Ambient,
    identity: &Identity,
    overseer: &Overseer,
    id: RosterImportId,
    taken: bool,
) -> Result<(), RosterError> {
    let import = rosters::find(tx, overseer, id).await?;
    if taken && !import.can_take_hidden() {
        return Err(SheetError::TooManyRows.into());
    }
    if !store::rosters::choose_hidden(tx, id, taken).await? {
        return Err(RosterError::AlreadyApplied);
    }
    rosters::ask_for_roster(identity, overseer, ambient.now())?;
    let vault = identity.vault();
    let rows = store::rosters::rows(tx, id, Only::default(), 0, i64::from(MOST_ROWS)).await?;
    let unseen = rows.iter().filter(|row| row.hidden).map(|row| row.row_no).collect::<Vec<_>>();
    let mut typed = Vec::with_capacity(rows.len());
    for row in rows {
        let cells = rosters::unseal(vault, id, &row)?.cells;
        if takes_part(&row, taken) {
            typed.push((row.row_no, cells));
        } else {
            let row = rosters::left_out_row(ambient, vault, id, row.row_no, cells);
            store::rosters::check_row(tx, id, row).await?;
        }
    }
    let checked = check(tx, vault, overseer, typed, rosters::this_year(ambient)).await?;
    // Of the others it was told when the file came.
    let taken_rows: Vec<_> = checked.iter().filter(|row| unseen.contains(&row.number)).collect();
    rosters::tell_of_elsewhere(tx, ambient, identity, overseer, id, taken_rows.into_iter()).await?;
    for row in &checked {
        store::rosters::check_row(tx, id, rosters::checked_row(ambient, vault, id, row)).await?;
    }
    store::rosters::set_counts(tx, id, counts(&checked)).await?;
    let findings = found(tx, &checked, import.findings.0).await?;
    Ok(store::rosters::set_findings(tx, id, rosters::findings_json(&findings)).await?)
}

/// Whether a row is imported: all that are seen are, and the others where they are taken.
pub(super) fn takes_part(row: &RosterRowRow, hidden_taken: bool) -> bool {
    hidden_taken || !row.hidden
}
