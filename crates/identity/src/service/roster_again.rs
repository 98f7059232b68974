//! A roster that was read is checked once more, as somebody decided something about it.

use kernel::Ambient;
use kernel::id::RosterImportId;
use storage::Tx;

use super::roster_check::{Checked, check, counts};
use super::roster_findings::found;
use super::rosters;
use crate::access::Overseer;
use crate::error::RosterError;
use crate::identity::Identity;
use crate::model::roster::MOST_ROWS;
use crate::store;
use crate::store::rosters::{Only, RosterRowRow};

/// Counted as one more that is sent, as it costs as much.
pub(super) async fn ask_again(
    tx: &mut Tx,
    ambient: &Ambient,
    identity: &Identity,
    overseer: &Overseer,
    id: RosterImportId,
) -> Result<Vec<Checked>, RosterError> {
    rosters::ask_for_roster(identity, overseer, ambient.now())?;
    check_again(tx, ambient, identity, overseer, id).await
}

/// A roster was refused as the world moved since it was checked: whoever wants to apply it sees it as it is by now, and what there is to
/// correct, to decide or to confirm. That it was refused is counted by the caller.
#[tracing::instrument(name = "identity.show_roster_anew", skip_all, fields(roster_import.id = %id))]
pub(crate) async fn show_anew(
    tx: &mut Tx,
    ambient: &Ambient,
    identity: &Identity,
    overseer: &Overseer,
    id: RosterImportId,
) -> Result<(), RosterError> {
    if store::rosters::hold(tx, id).await? {
        check_again(tx, ambient, identity, overseer, id).await?;
    }
    Ok(())
}

/// Checks all rows that take part, and keeps what was found. Gives those of them that the sheet hides: of the others it was told when the
/// file came.
async fn check_again(
    tx: &mut Tx,
    ambient: &Ambient,
    identity: &Identity,
    overseer: &Overseer,
    id: RosterImportId,
) -> Result<Vec<Checked>, RosterError> {
    let import = rosters::find(tx, overseer, id).await?;
    let (vault, choices) = (identity.vault(), &import.unit_choices.0);
    let rows = store::rosters::rows(tx, id, Only::default(), 0, i64::from(MOST_ROWS)).await?;
    let unseen = rows.iter().filter(|row| row.hidden).map(|row| row.row_no).collect::<Vec<_>>();
    let mut typed = Vec::with_capacity(rows.len());
    for row in rows {
        let cells = rosters::unseal(vault, id, &row)?.cells;
        if takes_part(&row, import.hidden_taken) {
            typed.push((row.row_no, cells));
        } else {
            let row = rosters::left_out_row(ambient, vault, id, row.row_no, cells);
            store::rosters::check_row(tx, id, row).await?;
        }
    }
    let mut checked = check(tx, vault, overseer, typed, choices, rosters::today(ambient)).await?;
    for row in &checked {
        store::rosters::check_row(tx, id, rosters::checked_row(ambient, vault, id, row)).await?;
    }
    store::rosters::set_counts(tx, id, counts(&checked)).await?;
    let found = found(tx, &checked, choices, import.findings.0.clone()).await?;
    store::rosters::set_findings(tx, id, rosters::kept(&found)).await?;
    checked.retain(|row| unseen.contains(&row.number));
    Ok(checked)
}

/// Whether a row is imported: all that are seen are, and the others where they are taken.
pub(super) fn takes_part(row: &RosterRowRow, hidden_taken: bool) -> bool {
    hidden_taken || !row.hidden
}
