//! Every SQL statement of this area, one file per table.

pub mod micro_videos;
pub(crate) mod resources;
