//! Every SQL statement of this area, one file per table group.

pub(crate) mod grants;
