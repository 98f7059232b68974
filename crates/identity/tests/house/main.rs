//! Identity through its face, on both databases.

mod at_rest;
mod first_use;
mod former_sign_in;
mod in_use;
mod meanwhile;
mod other_phone;
mod password;
mod people;
mod rights_end;
mod roster_burden;
mod roster_changes;
mod roster_findings;
mod roster_hidden;
mod roster_levels;
mod roster_spellings;
mod roster_units;
mod rosters;
mod sessions;
mod sign_in;
mod support;
mod takeover;
mod units_and_grants;
