//! A roster as people fill it in: which columns there are, and what a row says.

mod column;
mod row;
mod sheet;

pub use column::Column;
pub use row::{Cells, RosterRow, RowError, repeated};
pub use sheet::{SheetError, Table, read_sheet};

/// Most rows of one roster.
pub const MOST_ROWS: u16 = 2_000;
