//! A roster as people fill it in: which columns there are, and what a row says.

mod change;
mod column;
mod findings;
mod row;
mod sheet;
mod spoilt;

use storage::words;

pub use change::{Change, PersonField};
pub use column::Column;
pub use findings::{
    Findings, MOST_NAMED, MatchedUnit, MeantUnit, NewRole, NewUnit, StandingUnit, UnitChoice, UnitChoices,
};
pub use row::{Cells, RosterRow, RowError, repeated};
pub use sheet::{SheetError, Table, read_sheet};
pub use spoilt::{JOINED, masked_rounded};

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
        /// Hidden in the sheet, and not taken.
        LeftOut = "left_out",
    }
}

/// Most rows of one roster.
pub const MOST_ROWS: u16 = 2_000;
