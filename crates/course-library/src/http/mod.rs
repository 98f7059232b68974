//! The library over HTTP.

mod blob;
mod form;
mod micro_videos;
mod playback;
mod problems;
mod resources;
mod router;

use http_kit::{Platform, Problem};
use kernel::id::TrainingId;
use storage::blobs::Blobs;
use training_plan::training;

use crate::reach::Reach;

pub use router::router;

/// What the handlers share.
#[derive(Clone)]
struct Shared {
    platform: Platform,
    blobs: Blobs,
    reach: Reach,
}

impl Shared {
    /// Asked before a long upload; whether it still holds at the commit is asked again behind the training's lock.
    async fn takes_files(&self, training: TrainingId) -> Result<(), Problem> {
        let mut conn = self.platform.db.read().await?;
        if let Some(found) = training::find(&mut conn, training).await? {
            found.not_over()?;
        }
        Ok(())
    }
}
