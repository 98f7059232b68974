//! The rules of the library, without I/O.

pub mod limits;
pub mod resource;
pub mod subtitles;
