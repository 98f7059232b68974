//! What a roster would make besides people, so that it is seen before it is there: units, and roles of people who are new.

use std::collections::{BTreeMap, BTreeSet};

use storage::{Conn, StorageError};

use super::roster_check::{Checked, Good, UnitPlan};
use super::roster_new_units::{NewUnits, name_places, new_units};
use crate::model::roster::{Findings, MOST_NAMED, MatchedUnit, NewRole, NewUnit, UnitChoices};

/// What a roster would make.
pub(super) struct Found {
    pub findings: Findings,
    /// All units, each with the paths of those that may be the same as their places.
    pub new_units: Vec<NewUnit>,
}

/// Adds what the checked rows would make to what was seen in the file.
pub(super) async fn found(
    conn: &mut Conn,
    checked: &[Checked],
    choices: &UnitChoices,
    seen_in_file: Findings,
) -> Result<Found, StorageError> {
    let (new_role_count, new_roles) = new_roles(checked);
    let NewUnits { undecided: undecided_units, units } = new_units(conn, checked, choices).await?;
    let mut first: Vec<NewUnit> = units.iter().take(MOST_NAMED).cloned().collect();
    name_places(conn, &mut first).await?;
    let findings = Findings {
        new_provinces: new_provinces(checked),
        new_units: first,
        undecided_units,
        matched_units: matched_units(checked),
        new_role_count,
        new_roles,
        ..seen_in_file
    };
    Ok(Found { findings, new_units: units })
}

/// How many units would be made that look like one that stands, and nobody decided about them.
pub(super) async fn undecided(
    conn: &mut Conn,
    checked: &[Checked],
    choices: &UnitChoices,
) -> Result<i64, StorageError> {
    Ok(new_units(conn, checked, choices).await?.undecided)
}

/// The provinces that would be made.
fn new_provinces(rows: &[Checked]) -> Vec<String> {
    let top = |row: &Checked| match &row.result {
        Ok(Good { unit: UnitPlan { existing: None, missing, .. }, .. }) => {
            missing.first().map(|(_, name)| name.clone())
        }
        _ => None,
    };
    rows.iter().filter_map(top).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The names that are taken for another unit, those of wrong rows too: what was chosen may be what is wrong.
fn matched_units(checked: &[Checked]) -> Vec<MatchedUnit> {
    let all = checked.iter().flat_map(|row| &row.matched);
    let once: BTreeMap<&str, &MatchedUnit> = all.map(|matched| (matched.place.as_str(), matched)).collect();
    once.into_values().cloned().collect()
}

/// The roles that new people would get, and how many these are.
fn new_roles(checked: &[Checked]) -> (i64, Vec<NewRole>) {
    let given = checked.iter().filter_map(|row| match &row.result {
        Ok(Good { person: None, row: typed, unit, .. }) => {
            let role = typed.role?;
            Some(NewRole { row: row.number, role, place: unit.place() })
        }
        _ => None,
    });
    let mut given: Vec<NewRole> = given.collect();
    let count = i64::try_from(given.len()).unwrap_or(i64::MAX);
    given.truncate(MOST_NAMED);
    (count, given)
}
