//! Applying a checked roster: all of it, or the good rows when that is what was asked, in one transaction.

use std::collections::HashMap;

use kernel::id::{OrgUnitId, PersonId, RosterImportId};
use kernel::{Ambient, Grant, Scope};
use realtime::Hub;
use serde_json::json;
use storage::Tx;
use storage::audit::{self, Entry};

use super::roster_again::takes_part;
use super::roster_check::{Checked, Good, UnitPlan, check, counts};
use super::roster_findings::undecided;
use super::{account, org_units, people, rosters};
use crate::access::Overseer;
use crate::error::{PersonError, RosterError};
use crate::model::org_unit::{Level, may_be_over};
use crate::model::person::Particulars;
use crate::model::roster::{Change, MOST_ROWS, RosterRow};
use crate::store::rosters::{Counts, Only};
use crate::store::{self};
use crate::vault::Vault;

/// What the reader agreed to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Agreed {
    /// Wrong rows are left out.
    pub good_rows_only: bool,
    /// Known people get the names, phones, places and roles that the dry run showed.
    pub changes: bool,
}

/// Checks once more (the world may have moved since the dry run), then enters and updates people.
#[tracing::instrument(name = "identity.apply_roster", skip_all, fields(roster_import.id = %id))]
pub(crate) async fn apply(
    tx: &mut Tx,
    ambient: &Ambient,
    vault: &Vault,
    hub: &Hub,
    overseer: &Overseer,
    id: RosterImportId,
    agreed: Agreed,
) -> Result<Counts, RosterError> {
    rosters::find(tx, overseer, id).await?;
    if !store::rosters::mark_applied(tx, id, ambient.now()).await? {
        return Err(RosterError::AlreadyApplied);
    }
    // Read while the import is held: which rows take part is chosen before or after this, not meanwhile.
    let import = rosters::find(tx, overseer, id).await?;
    let (hidden_taken, choices) = (import.hidden_taken, &import.unit_choices.0);
    let (mut typed, mut shown) = (Vec::new(), HashMap::new());
    let rows = store::rosters::rows(tx, id, Only::default(), 0, i64::from(MOST_ROWS)).await?;
    for row in rows.into_iter().filter(|row| takes_part(row, hidden_taken)) {
        let kept = rosters::unseal(vault, id, &row)?;
        typed.push((row.row_no, kept.cells));
        shown.insert(row.row_no, kept.changes);
    }
    let today = rosters::today(ambient);
    let first = check(tx, vault, overseer, typed, choices, today).await?;
    // What is refused holds nobody.
    agreed_to(&first, &shown, agreed)?;
    let undecided = undecided(tx, &first, choices).await?;
    if undecided > 0 {
        return Err(RosterError::UnitsUndecided(undecided));
    }
    let known = first.iter().filter_map(|row| row.result.as_ref().ok()?.person).collect();
    store::accounts::hold_all(tx, known).await?;
    // Read while they are held: nobody gets a role or another school between this and the change.
    let typed = first.into_iter().map(|row| (row.number, row.cells)).collect();
    let checked = check(tx, vault, overseer, typed, choices, today).await?;
    let counts = agreed_to(&checked, &shown, agreed)?;
    let mut made = HashMap::new();
    for row in &checked {
        let person = match &row.result {
            Ok(good) => Some(enter(tx, ambient, vault, hub, overseer, good, &mut made).await?),
            Err(_) => None,
        };
        let errors = rosters::errors_json(row.errors());
        store::rosters::settle_row(tx, id, row.number, errors, row.outcome(), person).await?;
    }
    store::rosters::set_counts(tx, id, counts).await?;
    let detail =
        json!({ "new": counts.new, "changed": counts.changed, "wrong": counts.wrong, "units": counts.units });
    let entry = Entry {
        chain: "system".to_owned(),
        person: Some(overseer.actor.person),
        action: "identity.roster_applied",
        object: id.to_string(),
        detail,
    };
    audit::append(tx, ambient, entry).await?;
    Ok(counts)
}

/// What these rows come to, when the reader agreed to all of it.
fn agreed_to(
    checked: &[Checked],
    shown: &HashMap<u32, Vec<Change>>,
    agreed: Agreed,
) -> Result<Counts, RosterError> {
    let counts = counts(checked);
    if counts.wrong > 0 && !agreed.good_rows_only {
        return Err(RosterError::HasErrors(counts.wrong));
    }
    if counts.wrong == counts.rows {
        return Err(RosterError::NothingGood);
    }
    if counts.to_confirm > 0 && !agreed.changes {
        return Err(RosterError::Unconfirmed(counts.to_confirm));
    }
    if !checked.iter().all(|row| was_shown(row, shown.get(&row.number))) {
        return Err(RosterError::CheckAgain);
    }
    Ok(counts)
}

/// Whether the reader saw what they agreed to: somebody may have been changed since.
fn was_shown(row: &Checked, shown: Option<&Vec<Change>>) -> bool {
    row.grave_changes().all(|change| shown.is_some_and(|shown| shown.contains(change)))
}

/// Units made by this import, by the unit above, the name and the level.
type Made = HashMap<(Option<OrgUnitId>, String, Level), (OrgUnitId, String)>;

async fn enter(
    tx: &mut Tx,
    ambient: &Ambient,
    vault: &Vault,
    hub: &Hub,
    overseer: &Overseer,
    good: &Good,
    made: &mut Made,
) -> Result<PersonId, RosterError> {
    let unit = unit(tx, ambient, &good.unit, made).await?;
    let particulars = particulars(&good.row, unit);
    let person = match good.person {
        Some(person) => {
            let before = store::people::find(tx, person).await?.and_then(|row| row.org_unit_id);
            if unit.is_some() && unit != before {
                store::first_use::void(tx, person).await?;
            }
            let phone = people::other_phone(tx, vault, person, particulars.phone.as_ref(), false).await?;
            let columns = people::columns(ambient, vault, person, particulars);
            store::people::change(tx, columns, store::people::Said::ByRoster).await?;
            if let Some(changed) = phone {
                account::change_phone(tx, ambient, hub, changed).await?;
            }
            person
        }
        None => account::enter(tx, ambient, vault, particulars, None).await.map_err(meanwhile)?,
    };
    if let (Some(role), Some(unit)) = (good.row.role, unit) {
        // The rule was asked of what the row says; the unit that the role is given over is what counts.
        let level = store::org_units::chosen(tx, unit).await?.map(|row| row.level);
        if !level.is_some_and(|level| may_be_over(role, level)) {
            return Err(RosterError::CheckAgain);
        }
        let grant = Grant { role, scope: Scope::OrgUnit(unit) };
        crate::grants::give(tx, ambient, person, grant, Some(overseer.actor.person)).await?;
    }
    Ok(person)
}

/// The row's unit, with those that are missing on the way to it made.
async fn unit(
    tx: &mut Tx,
    ambient: &Ambient,
    plan: &UnitPlan,
    made: &mut Made,
) -> Result<Option<OrgUnitId>, RosterError> {
    let mut above = plan.existing.clone();
    for (level, name) in &plan.missing {
        let key = (above.as_ref().map(|(id, _)| *id), name.clone(), *level);
        if let Some(known) = made.get(&key) {
            above = Some(known.clone());
            continue;
        }
        let parent = above.as_ref().map(|(id, path)| (*id, path.as_str()));
        let details = org_units::Details { name, code: None };
        let id = org_units::make(tx, ambient, parent, *level, details).await?;
        let path = crate::model::org_unit::path_below(parent.map(|(_, path)| path), id);
        made.insert(key, (id, path.clone()));
        above = Some((id, path));
    }
    Ok(above.map(|(id, _)| id))
}

fn particulars(row: &RosterRow, org_unit: Option<OrgUnitId>) -> Particulars {
    Particulars {
        name: row.name.clone(),
        phone: row.phone.clone(),
        identity_number: row.identity_number.clone(),
        org_unit,
        gender: row.gender,
        subject: row.subject.clone(),
        professional_title: row.professional_title.clone(),
        teaching_since: row.teaching_since,
    }
}

/// A number or name that was free at the check and is not now was taken by somebody else's action.
fn meanwhile(error: PersonError) -> RosterError {
    match error {
        PersonError::Storage(error) => error.into(),
        PersonError::Vault(error) => error.into(),
        _ => RosterError::ChangedMeanwhile,
    }
}
