//! The library over HTTP.

mod blob;
mod form;
mod micro_videos;
mod playback;
mod problems;
mod resources;
mod router;

use http_kit::Platform;
use storage::blobs::Blobs;

use crate::reach::Reach;

pub use router::router;

/// What the handlers share.
#[derive(Clone)]
struct Shared {
    platform: Platform,
    blobs: Blobs,
    reach: Reach,
}
