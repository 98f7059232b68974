//! Every SQL statement of this area, one file per table group.

pub(crate) mod accounts;
pub(crate) mod first_use;
pub(crate) mod former_sign_ins;
pub(crate) mod grants;
pub(crate) mod org_units;
pub(crate) mod people;
pub(crate) mod rosters;
pub(crate) mod sealed;
pub(crate) mod sessions;
