//! One file per action or pair of actions: rule, rows, audit entry, in one transaction.

pub(crate) mod account;
pub(crate) mod change_password;
pub(crate) mod first_use;
pub(crate) mod grants;
pub(crate) mod me;
pub(crate) mod org_units;
pub(crate) mod people;
pub(crate) mod roster_again;
pub(crate) mod roster_apply;
pub(crate) mod roster_check;
pub(crate) mod roster_findings;
pub(crate) mod roster_hidden;
pub(crate) mod roster_levels;
pub(crate) mod roster_links;
pub(crate) mod roster_new_units;
pub(crate) mod roster_tree;
pub(crate) mod roster_units;
pub(crate) mod rosters;
pub(crate) mod session;
pub(crate) mod sign_in;
