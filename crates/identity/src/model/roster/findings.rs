//! What is to be said of a file as a whole.

use kernel::Role;
use serde::{Deserialize, Serialize};

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
    /// Units that would be made: the first of them, likely doubles before the others.
    pub new_units: Vec<NewUnit>,
    /// How many new people would get a role, and the first of them.
    pub new_role_count: i64,
    pub new_roles: Vec<NewRole>,
}

/// So many units and roles are named; of more there is the count.
pub const MOST_NAMED: usize = 100;

/// A unit that would be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUnit {
    /// Its name after those above it, from the province down.
    pub place: String,
    /// A unit beside it that may be the same.
    pub like: Option<String>,
}

/// A role that somebody new would get. Who that is stands in the row, where names are sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRole {
    pub row: u32,
    pub role: Role,
    pub place: String,
}
