//! What is to be said of a file as a whole.

use std::collections::BTreeMap;

use kernel::Role;
use kernel::id::OrgUnitId;
use serde::{Deserialize, Serialize};

use crate::model::org_unit::Level;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// Columns that hold something and were not read.
    pub unread_columns: Vec<String>,
    /// Sheets that hold something and were not read.
    pub unread_sheets: Vec<String>,
    /// Sheets that are hidden, hold something and were not read.
    pub hidden_sheets: Vec<String>,
    /// Columns that the sheet hides and that were read all the same.
    pub hidden_columns: Vec<String>,
    /// Provinces that would be made: a slip of the pen, more often than not.
    pub new_provinces: Vec<String>,
    /// Units that would be made: the first of them, those that somebody has to decide about before the others.
    pub new_units: Vec<NewUnit>,
    /// How many look like one that stands, and nobody decided about them.
    pub undecided_units: i64,
    /// Names in the roster that are taken for another unit, as somebody decided.
    pub matched_units: Vec<MatchedUnit>,
    /// How many new people would get a role, and the first of them.
    pub new_role_count: i64,
    pub new_roles: Vec<NewRole>,
}

/// So many units and roles are named at once; of more there is the count, and the units come page by page.
pub const MOST_NAMED: usize = 100;

/// A unit that would be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUnit {
    /// Its name after those above it, from the province down.
    pub place: String,
    pub level: Level,
    /// Units that may be the same.
    pub like: Vec<StandingUnit>,
    /// Places of earlier rows that may be the same, and would be made too.
    pub alike: Vec<String>,
    /// Somebody said that it is another one all the same.
    pub decided: bool,
}

/// A unit that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingUnit {
    pub id: OrgUnitId,
    /// The names from the province down.
    pub place: String,
}

/// A name in the roster, and what is meant by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchedUnit {
    pub place: String,
    pub level: Level,
    pub meant: MeantUnit,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeantUnit {
    Standing(StandingUnit),
    /// The unit that another place in the roster names.
    Place(String),
}

/// What somebody decided about names in a roster, by their places.
pub type UnitChoices = BTreeMap<String, UnitChoice>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitChoice {
    /// This unit is meant.
    Unit(OrgUnitId),
    /// The same is meant as by another place in the roster.
    SameAs(String),
    /// It is a new one.
    Make,
}

/// A role that somebody new would get. Who that is stands in the row, where names are sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRole {
    pub row: u32,
    pub role: Role,
    pub place: String,
}
