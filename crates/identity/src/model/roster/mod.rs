//! A roster as people fill it in: which columns there are, and what a row says.

mod column;
mod row;
mod sheet;

use storage::words;

pub use column::Column;
pub use row::{Cells, RosterRow, RowError, repeated};
pub use sheet::{SheetError, Table, read_sheet};

words! {
    /// How far an import is.
    pub enum RosterState {
        /// Checked; nobody is imported.
        Checked = "checked",
        Applied = "applied",
    }
}

words! {
    /// What becomes of a row.
    pub enum RosterOutcome {
        New = "new",
        Changed = "changed",
        Wrong = "wrong",
    }
}

/// Most rows of one roster.
pub const MOST_ROWS: u16 = 2_000;
