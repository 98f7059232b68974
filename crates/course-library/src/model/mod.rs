//! The rules of the library, without I/O.

pub mod limits;
pub mod mp4;
pub mod resource;
