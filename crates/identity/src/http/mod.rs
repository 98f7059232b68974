//! The face of this area under `/api/v1`.

mod cookie;
mod first_use;
mod grants;
mod me;
mod org_units;
mod password;
mod people;
mod person_actions;
mod person_input;
mod problems;
mod roster_files;
mod roster_problems;
mod roster_units;
mod rosters;
mod router;
mod session;
mod workbook;

pub use router::router;
