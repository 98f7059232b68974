//! What a roster would make besides people, so that it is seen before it is there: units, and roles of people who are new.

use std::collections::{BTreeSet, HashMap, HashSet};

use kernel::id::OrgUnitId;
use storage::{Conn, StorageError};

use super::roster_check::{Checked, Good, UnitPlan};
use crate::model::org_unit::{Level, looks_alike};
use crate::model::roster::{Findings, MOST_NAMED, NewRole, NewUnit};
use crate::store::org_units::{self, SiblingRow};

/// Adds what the checked rows would make to what was seen in the file.
pub(super) async fn found(
    conn: &mut Conn,
    checked: &[Checked],
    seen_in_file: Findings,
) -> Result<Findings, StorageError> {
    let (new_role_count, new_roles) = new_roles(checked);
    let new_units = new_units(conn, checked).await?;
    Ok(Findings {
        new_provinces: new_provinces(checked),
        new_units,
        new_role_count,
        new_roles,
        ..seen_in_file
    })
}

/// The provinces that would be made.
fn new_provinces(rows: &[Checked]) -> Vec<String> {
    let top = |row: &Checked| match &row.result {
        Ok(Good { unit: UnitPlan { existing: None, missing }, .. }) => {
            missing.first().map(|(_, name)| name.clone())
        }
        _ => None,
    };
    rows.iter().filter_map(top).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The units that would be made, likely doubles before the others.
async fn new_units(conn: &mut Conn, checked: &[Checked]) -> Result<Vec<NewUnit>, StorageError> {
    let siblings = Siblings::load(conn, checked).await?;
    let (mut doubles, mut others, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for Good { row, unit, .. } in checked.iter().filter_map(|row| row.result.as_ref().ok()) {
        let existing = row.units.len() - unit.missing.len();
        for (at, (level, name)) in unit.missing.iter().enumerate() {
            let place = place(&row.units[..=existing + at]);
            if !seen.insert(place.clone()) {
                continue;
            }
            // Below a unit that is new itself nothing stands yet.
            let like = if at == 0 { siblings.like(unit, *level, name) } else { None };
            let of_kind = if like.is_some() { &mut doubles } else { &mut others };
            of_kind.push(NewUnit { place, like });
        }
    }
    doubles.append(&mut others);
    doubles.truncate(MOST_NAMED);
    Ok(doubles)
}

/// The roles that new people would get, and how many these are.
fn new_roles(checked: &[Checked]) -> (i64, Vec<NewRole>) {
    let given = checked.iter().filter_map(|row| match &row.result {
        Ok(Good { person: None, row: typed, .. }) => {
            let role = typed.role?;
            Some(NewRole { row: row.number, role, place: place(&typed.units) })
        }
        _ => None,
    });
    let mut given: Vec<NewRole> = given.collect();
    let count = i64::try_from(given.len()).unwrap_or(i64::MAX);
    given.truncate(MOST_NAMED);
    (count, given)
}

/// Names from the province down.
fn place(units: &[(Level, String)]) -> String {
    units.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" · ")
}

/// The units that stand where new ones would.
struct Siblings(HashMap<Option<OrgUnitId>, Vec<SiblingRow>>);

impl Siblings {
    async fn load(conn: &mut Conn, checked: &[Checked]) -> Result<Self, StorageError> {
        let plans = checked.iter().filter_map(|row| Some(&row.result.as_ref().ok()?.unit));
        let above: BTreeSet<Option<OrgUnitId>> =
            plans.filter(|plan| !plan.missing.is_empty()).map(above).collect();
        let parents = above.iter().copied().flatten().collect();
        let mut rows = org_units::names_below(conn, parents).await?;
        if above.contains(&None) {
            rows.extend(org_units::names_at_the_top(conn).await?);
        }
        let mut by_parent = HashMap::<_, Vec<SiblingRow>>::new();
        for row in rows {
            by_parent.entry(row.parent_id).or_default().push(row);
        }
        Ok(Self(by_parent))
    }

    /// One of the same level that may well be the same under another name.
    fn like(&self, plan: &UnitPlan, level: Level, name: &str) -> Option<String> {
        let beside = self.0.get(&above(plan))?;
        let like = beside.iter().find(|other| other.level == level && looks_alike(&other.name, name))?;
        Some(like.name.clone())
    }
}

fn above(plan: &UnitPlan) -> Option<OrgUnitId> {
    plan.existing.as_ref().map(|(id, _)| *id)
}
