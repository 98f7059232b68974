//! The units that a roster would make, and which of them may well be there already: standing, or in the roster under another name.

use std::collections::{BTreeSet, HashMap, HashSet};

use kernel::id::{OrgUnitId, RosterImportId};
use storage::{Conn, StorageError};

use super::roster_check::{BETWEEN, Checked, Good, UnitPlan};
use super::roster_tree::place;
use super::{org_units as places, rosters};
use crate::access::Overseer;
use crate::error::RosterError;
use crate::model::near_name::{Comparable, NearNames};
use crate::model::org_unit::{Level, ids_of_path};
use crate::model::roster::{NewUnit, StandingUnit, UnitChoice, UnitChoices};
use crate::store;
use crate::store::org_units::{self, BelowRow};

/// Those about which somebody has to decide come first.
pub(super) struct NewUnits {
    pub undecided: i64,
    /// The places of units that stand are paths.
    pub units: Vec<NewUnit>,
}

/// Finds them, each once.
pub(super) async fn new_units(
    conn: &mut Conn,
    checked: &[Checked],
    choices: &UnitChoices,
) -> Result<NewUnits, StorageError> {
    let mut standing = Standing::load(conn, checked).await?;
    let mut in_file = InFile::new();
    let (mut open, mut others, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for Good { row, unit, .. } in checked.iter().filter_map(|row| row.result.as_ref().ok()) {
        let existing = row.units.len() - unit.missing.len();
        for at in existing..row.units.len() {
            let Some(((level, name), above)) = row.units[..=at].split_last() else { continue };
            let place = place(&row.units[..=at]);
            if !seen.insert(place.clone()) {
                continue;
            }
            let sought = Comparable::of(name);
            let like = standing.like(unit, &above[existing..], *level, &sought);
            let alike = in_file.like(above, *level, &sought);
            in_file.add(above, *level, sought, place.clone());
            let decided = choices.get(&place) == Some(&UnitChoice::Make);
            let is_open = !(decided || like.is_empty() && alike.is_empty());
            let of_kind = if is_open { &mut open } else { &mut others };
            of_kind.push(NewUnit { place, level: *level, like, alike, decided });
        }
    }
    let undecided = i64::try_from(open.len()).unwrap_or(i64::MAX);
    open.append(&mut others);
    Ok(NewUnits { undecided, units: open })
}

/// So many of those of an import that was checked, from the first on that was not seen yet.
pub(crate) async fn page(
    conn: &mut Conn,
    overseer: &Overseer,
    id: RosterImportId,
    seen: usize,
    limit: usize,
) -> Result<Vec<NewUnit>, RosterError> {
    rosters::find(conn, overseer, id).await?;
    let all = store::rosters::new_units(conn, id).await?;
    let mut units: Vec<NewUnit> = all.into_iter().skip(seen).take(limit).collect();
    name_places(conn, &mut units).await?;
    Ok(units)
}

/// Paths become the names that people read.
pub(super) async fn name_places(conn: &mut Conn, units: &mut [NewUnit]) -> Result<(), StorageError> {
    let offered = || units.iter().flat_map(|unit| &unit.like);
    let paths: BTreeSet<&str> = offered().map(|unit| unit.place.as_str()).collect();
    let names = places::places(conn, &paths.into_iter().collect::<Vec<_>>()).await?;
    for unit in units.iter_mut().flat_map(|unit| &mut unit.like) {
        unit.place = names.get(&unit.place).map(|names| names.join(BETWEEN)).unwrap_or_default();
    }
    Ok(())
}

/// The units that stand somewhere below where new ones would: a level in between may have been left out. Their places are paths.
struct Standing {
    near: NearNames<(Option<OrgUnitId>, Level), StandingUnit>,
    /// What stands there is called.
    names: HashMap<OrgUnitId, (Level, String)>,
}

impl Standing {
    async fn load(conn: &mut Conn, checked: &[Checked]) -> Result<Self, StorageError> {
        let plans = checked.iter().filter_map(|row| Some(&row.result.as_ref().ok()?.unit));
        let above: BTreeSet<Option<OrgUnitId>> =
            plans.filter(|plan| !plan.missing.is_empty()).map(top).collect();
        let mut rows = org_units::names_below(conn, above.iter().copied().flatten().collect()).await?;
        if above.contains(&None) {
            rows.extend(org_units::names_at_the_top(conn).await?);
        }
        let names = rows.iter().map(|row| (row.id, (row.level, row.name.clone()))).collect();
        let near = |row: BelowRow| {
            let unit = StandingUnit { id: row.id, place: row.path };
            ((row.above_id, row.level), row.name, unit)
        };
        Ok(Self { near: NearNames::of(rows.into_iter().map(near)), names })
    }

    /// Those of the same level that may well be the same under another name. Below units that are new (`above`) it is one that stands
    /// elsewhere, if the roster tells of the same place but for a level that one of the two leaves out.
    fn like(
        &mut self,
        plan: &UnitPlan,
        above: &[(Level, String)],
        level: Level,
        sought: &Comparable,
    ) -> Vec<StandingUnit> {
        if !above.is_empty() && !sought.is_telling() {
            return Vec::new();
        }
        let names = &self.names;
        let may_be = |unit: &StandingUnit| {
            above.is_empty() || {
                let ids = ids_of_path(&unit.place);
                let there = ids.iter().filter_map(|id| names.get(id));
                tells_the_same(above, there.map(|(level, name)| (*level, name.as_str())))
            }
        };
        self.near.like(&(top(plan), level), sought, may_be)
    }
}

/// The new units of the rows before, by level and province: places with the names above them.
struct InFile(NearNames<(Level, Option<String>), InFileUnit>);

#[derive(Clone)]
struct InFileUnit {
    place: String,
    above: Vec<(Level, String)>,
}

impl InFile {
    fn new() -> Self {
        Self(NearNames::new())
    }

    fn like(&mut self, above: &[(Level, String)], level: Level, sought: &Comparable) -> Vec<String> {
        let is_telling = sought.is_telling();
        let may_be = |unit: &InFileUnit| {
            let there = unit.above.iter().map(|(level, name)| (*level, name.as_str()));
            (is_telling || unit.above == above) && tells_the_same(above, there)
        };
        self.0.like(&group(above, level), sought, may_be).into_iter().map(|unit| unit.place).collect()
    }

    fn add(&mut self, above: &[(Level, String)], level: Level, name: Comparable, place: String) {
        self.0.add(group(above, level), name, InFileUnit { place, above: above.to_vec() });
    }
}

fn group(above: &[(Level, String)], level: Level) -> (Level, Option<String>) {
    (level, above.first().map(|(_, province)| province.clone()))
}

/// Whether two places have the same names at the levels of which both tell.
fn tells_the_same<'a>(one: &[(Level, String)], other: impl Iterator<Item = (Level, &'a str)>) -> bool {
    let mut other = other;
    !other.any(|(level, name)| one.iter().any(|(own, own_name)| *own == level && own_name != name))
}

fn top(plan: &UnitPlan) -> Option<OrgUnitId> {
    plan.existing.as_ref().map(|(id, _)| *id)
}
