//! Rosters as Excel files: read with limits, in a process of its own; templates, errors and links written.

mod child;
mod hidden;
mod read_xlsx;
mod turns;
mod write_xlsx;

pub use child::{RosterReader, parse_stdin_main};
pub(crate) use read_xlsx::MOST_BYTES;
pub use read_xlsx::ReadError;
pub use turns::OneAtATime;
pub(crate) use turns::{Place, Turns};
pub(crate) use write_xlsx::{FirstUseLinkRow, WrongRow, errors, first_use_links, template};
