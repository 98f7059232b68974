//! Every SQL statement of this area, one file per table.

pub(crate) mod members;
pub mod micro_videos;
pub(crate) mod resources;
