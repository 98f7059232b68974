//! What is to be said of a file as a whole.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// Columns that hold something and were not read.
    pub unread_columns: Vec<String>,
    /// Sheets that hold something and were not read.
    pub unread_sheets: Vec<String>,
    /// Columns that the sheet hides and that were read all the same.
    pub hidden_columns: Vec<String>,
    /// Provinces that would be made: a slip of the pen, more often than not.
    pub new_provinces: Vec<String>,
}
