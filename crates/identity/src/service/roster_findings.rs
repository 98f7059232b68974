//! What a roster would make besides people, so that it is seen before it is there: units, and roles of people who are new.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use kernel::id::OrgUnitId;
use storage::{Conn, StorageError};

use super::org_units as places;
use super::roster_check::{BETWEEN, Checked, Good, UnitPlan, place};
use crate::model::near_name::NearNames;
use crate::model::org_unit::Level;
use crate::model::roster::{Findings, MOST_NAMED, MatchedUnit, NewRole, NewUnit, StandingUnit, UnitChoices};
use crate::store::org_units::{self, BelowRow};

/// Adds what the checked rows would make to what was seen in the file.
pub(super) async fn found(
    conn: &mut Conn,
    checked: &[Checked],
    choices: &UnitChoices,
    seen_in_file: Findings,
) -> Result<Findings, StorageError> {
    let (new_role_count, new_roles) = new_roles(checked);
    let (undecided_units, new_units) = new_units(conn, checked, choices).await?;
    Ok(Findings {
        new_provinces: new_provinces(checked),
        new_units,
        undecided_units,
        matched_units: matched_units(checked),
        new_role_count,
        new_roles,
        ..seen_in_file
    })
}

/// How many units would be made that look like one that stands, and nobody decided about them.
pub(super) async fn undecided(
    conn: &mut Conn,
    checked: &[Checked],
    choices: &UnitChoices,
) -> Result<i64, StorageError> {
    Ok(new_units(conn, checked, choices).await?.0)
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

/// The units that would be made, those about which somebody has to decide before the others, and how many these are.
async fn new_units(
    conn: &mut Conn,
    checked: &[Checked],
    choices: &UnitChoices,
) -> Result<(i64, Vec<NewUnit>), StorageError> {
    let mut standing = Standing::load(conn, checked).await?;
    let (mut open, mut others, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for Good { row, unit, .. } in checked.iter().filter_map(|row| row.result.as_ref().ok()) {
        let existing = row.units.len() - unit.missing.len();
        for (at, (level, name)) in unit.missing.iter().enumerate() {
            let place = place(&row.units[..=existing + at]);
            if !seen.insert(place.clone()) {
                continue;
            }
            // Below a unit that is new itself nothing stands yet.
            let like = if at == 0 { standing.like(unit, *level, name) } else { Vec::new() };
            let decided = choices.contains_key(&place);
            let of_kind = if like.is_empty() || decided { &mut others } else { &mut open };
            of_kind.push(NewUnit { place, like, decided });
        }
    }
    let undecided = i64::try_from(open.len()).unwrap_or(i64::MAX);
    open.append(&mut others);
    open.truncate(MOST_NAMED);
    name_places(conn, &mut open).await?;
    Ok((undecided, open))
}

/// Paths become the names that people read.
async fn name_places(conn: &mut Conn, units: &mut [NewUnit]) -> Result<(), StorageError> {
    let offered = || units.iter().flat_map(|unit| &unit.like);
    let paths: BTreeSet<&str> = offered().map(|unit| unit.place.as_str()).collect();
    let names = places::places(conn, &paths.into_iter().collect::<Vec<_>>()).await?;
    for unit in units.iter_mut().flat_map(|unit| &mut unit.like) {
        unit.place = names.get(&unit.place).map(|names| names.join(BETWEEN)).unwrap_or_default();
    }
    Ok(())
}

/// The names that are taken for a unit that stands.
fn matched_units(checked: &[Checked]) -> Vec<MatchedUnit> {
    let all = checked.iter().filter_map(|row| row.result.as_ref().ok()).flat_map(|good| &good.unit.matched);
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

/// The units that stand somewhere below where new ones would: a level in between may have been left out. Their places are paths.
struct Standing(NearNames<(Option<OrgUnitId>, Level), StandingUnit>);

impl Standing {
    async fn load(conn: &mut Conn, checked: &[Checked]) -> Result<Self, StorageError> {
        let plans = checked.iter().filter_map(|row| Some(&row.result.as_ref().ok()?.unit));
        let above: BTreeSet<Option<OrgUnitId>> =
            plans.filter(|plan| !plan.missing.is_empty()).map(above).collect();
        let mut rows = org_units::names_below(conn, above.iter().copied().flatten().collect()).await?;
        if above.contains(&None) {
            rows.extend(org_units::names_at_the_top(conn).await?);
        }
        let name = |row: BelowRow| {
            let unit = StandingUnit { id: row.id, place: row.path };
            ((row.above_id, row.level), row.name, unit)
        };
        Ok(Self(NearNames::of(rows.into_iter().map(name))))
    }

    /// Those of the same level that may well be the same under another name.
    fn like(&mut self, plan: &UnitPlan, level: Level, name: &str) -> Vec<StandingUnit> {
        self.0.like(&(above(plan), level), name)
    }
}

fn above(plan: &UnitPlan) -> Option<OrgUnitId> {
    plan.existing.as_ref().map(|(id, _)| *id)
}
