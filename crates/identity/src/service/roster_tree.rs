//! Which units the names in a roster mean: those that stand, as they are written or as somebody chose, and those that would be made.

use std::collections::HashMap;

use kernel::id::OrgUnitId;
use storage::{Conn, StorageError};

use super::org_units as places;
use super::roster_check::{BETWEEN, UnitPlan};
use crate::access::Overseer;
use crate::model::near_name::looks_alike;
use crate::model::org_unit::Level;
use crate::model::roster::{Column, MatchedUnit, MeantUnit, RowError, StandingUnit, UnitChoice, UnitChoices};
use crate::store::org_units::{self, PlaceRow};

/// The units of a row, from the province down.
pub(super) type Units = Vec<(Level, String)>;

/// Units looked up once each, by parent and name, or as somebody chose.
pub(super) struct Tree<'a> {
    choices: &'a UnitChoices,
    /// The units of all places that others are the same as.
    named: HashMap<String, Units>,
    by_name: HashMap<(Option<OrgUnitId>, String), Found>,
    chosen: HashMap<String, Option<Chosen>>,
    /// The names from the province down to the caller's units.
    own: Option<Vec<Vec<String>>>,
}

/// A unit's id, level and path.
type Unit = (OrgUnitId, Level, String);

/// A unit, if there is such a one.
type Found = Option<Unit>;

/// A unit that somebody chose for a name in the roster.
#[derive(Debug, Clone)]
struct Chosen {
    unit: StandingUnit,
    /// From the province down, as they are registered.
    names: Vec<String>,
    found: Unit,
}

/// A place may be the same as one that is the same as another; nobody follows further than this.
const MOST_FOLLOWED: usize = 5;

impl<'a> Tree<'a> {
    /// With the units of all rows that can be read.
    pub fn new<'r>(
        choices: &'a UnitChoices,
        rows: impl Iterator<Item = &'r [(Level, String)]> + Clone,
    ) -> Self {
        let named = HashMap::new();
        let mut tree = Self { choices, named, by_name: HashMap::new(), chosen: HashMap::new(), own: None };
        if !choices.values().any(|choice| matches!(choice, UnitChoice::SameAs(_))) {
            return tree;
        }
        for units in rows.clone() {
            tree.know(units);
        }
        // Below what is the same as another, places are named by that one.
        for units in rows {
            let meant = tree.meant(units, &mut Vec::new());
            tree.know(&meant);
        }
        tree
    }

    fn know(&mut self, units: &[(Level, String)]) {
        for end in 1..=units.len() {
            let units = &units[..end];
            self.named.entry(place(units)).or_insert_with(|| units.to_vec());
        }
    }

    /// The units that a row's names mean, where some are the same as others in the roster.
    pub fn meant(&self, units: &[(Level, String)], matched: &mut Vec<MatchedUnit>) -> Units {
        let mut meant = Units::with_capacity(units.len());
        for (level, name) in units {
            meant.push((*level, name.clone()));
            for _ in 0..MOST_FOLLOWED {
                let here = place(&meant);
                let Some(UnitChoice::SameAs(other)) = self.choices.get(&here) else { break };
                // A unit of another level is never the same.
                let Some(same) =
                    self.named.get(other).filter(|same| same.last().is_some_and(|(l, _)| l == level))
                else {
                    break;
                };
                matched.push(MatchedUnit {
                    place: here,
                    level: *level,
                    meant: MeantUnit::Place(other.clone()),
                });
                meant.clone_from(same);
            }
        }
        meant
    }

    pub async fn plan(
        &mut self,
        conn: &mut Conn,
        overseer: &Overseer,
        units: &[(Level, String)],
        matched: &mut Vec<MatchedUnit>,
    ) -> Result<Result<UnitPlan, RowError>, StorageError> {
        let mut plan = UnitPlan::default();
        for (at, (level, name)) in units.iter().enumerate() {
            let parent = plan.existing.as_ref().map(|(id, _)| *id);
            // Below a unit that is new nothing stands under its own name.
            let standing = if plan.missing.is_empty() { self.look(conn, parent, name).await? } else { None };
            let (id, found_level, path) = if let Some(found) = standing {
                plan.names.push(name.clone());
                found
            } else if let Some(Chosen { unit, names, found }) = self.choice(conn, &units[..=at]).await? {
                // It may stand below others than the roster says; those are not made for its sake.
                plan.names = names;
                plan.missing.clear();
                let place = place(&units[..=at]);
                matched.push(MatchedUnit { place, level: *level, meant: MeantUnit::Standing(unit) });
                found
            } else {
                plan.missing.push((*level, name.clone()));
                continue;
            };
            if found_level != *level {
                let column = Column::of_level(*level);
                return Ok(Err(RowError::new(
                    column,
                    "level",
                    format!("“{name}”已登记为另一级的单位，请核对所在的列。"),
                    format!("\"{name}\" is registered as a unit of another level."),
                )));
            }
            plan.existing = Some((id, path));
        }
        let path = plan.existing.as_ref().map(|(_, path)| path.as_str());
        if overseer.reach.covers(path) {
            return Ok(Ok(plan));
        }
        let column = units.last().map_or(Column::Province, |(level, _)| Column::of_level(*level));
        let Some(near) = self.near_own(conn, overseer, units).await? else {
            return Ok(Err(RowError::new(
                column,
                "outside",
                "这个单位不在您的管理范围内（请核对上级单位的名称）。",
                "This unit is outside your reach (check the names of the units above it).",
            )));
        };
        Ok(Err(RowError::new(
            column,
            "outside",
            format!("这个单位不在您的管理范围内。如果指的是“{near}”，请照这个写法填写。"),
            format!("This unit is outside your reach. If {near} is meant, please write it so."),
        )))
    }

    /// The unit that somebody chose for the last of some names.
    async fn choice(
        &mut self,
        conn: &mut Conn,
        units: &[(Level, String)],
    ) -> Result<Option<Chosen>, StorageError> {
        let place = place(units);
        let Some(UnitChoice::Unit(id)) = self.choices.get(&place) else { return Ok(None) };
        if let Some(known) = self.chosen.get(&place) {
            return Ok(known.clone());
        }
        let chosen = match org_units::chosen(conn, *id).await? {
            Some(PlaceRow { id, level, path }) => {
                let names = places::places(conn, &[&path]).await?.remove(&path).unwrap_or_default();
                let unit = StandingUnit { id, place: names.join(BETWEEN) };
                Some(Chosen { unit, names, found: (id, level, path) })
            }
            None => None,
        };
        self.chosen.insert(place, chosen.clone());
        Ok(chosen)
    }

    /// Where the caller may act, if these names look like that place.
    async fn near_own(
        &mut self,
        conn: &mut Conn,
        overseer: &Overseer,
        units: &[(Level, String)],
    ) -> Result<Option<String>, StorageError> {
        if self.own.is_none() {
            let rows = org_units::by_ids(conn, overseer.units()).await?;
            let paths: Vec<&str> = rows.iter().map(|row| row.path.as_str()).collect();
            self.own = Some(places::places(conn, &paths).await?.into_values().collect());
        }
        let is_near = |own: &&Vec<String>| {
            own.len() <= units.len() && own.iter().zip(units).all(|(own, (_, name))| looks_alike(own, name))
        };
        let near = self.own.iter().flatten().find(is_near);
        Ok(near.map(|names| names.join(BETWEEN)))
    }

    async fn look(
        &mut self,
        conn: &mut Conn,
        parent: Option<OrgUnitId>,
        name: &str,
    ) -> Result<Found, StorageError> {
        let key = (parent, name.to_owned());
        if let Some(known) = self.by_name.get(&key) {
            return Ok(known.clone());
        }
        let found = org_units::by_name(conn, parent, name)
            .await?
            .map(|PlaceRow { id, level, path }| (id, level, path));
        self.by_name.insert(key, found.clone());
        Ok(found)
    }
}

/// Names from the province down.
pub(super) fn place(units: &[(Level, String)]) -> String {
    units.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(BETWEEN)
}
