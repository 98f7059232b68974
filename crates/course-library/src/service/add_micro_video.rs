//! An expert adds a micro-video that was taken in and measured.

use kernel::Ambient;
use storage::Tx;
use storage::blobs::mp4::Movie;
use storage::blobs::{Blob, Blobs};
use training_plan::access::{Granted, Guide};

use super::relied;
use crate::error::LibraryError;
use crate::model::limits::AREA;
use crate::store::micro_videos::{self, MicroVideo, MicroVideoState};

#[tracing::instrument(name = "course_library.add_micro_video", skip_all, fields(blob.id = %blob.id))]
pub(crate) async fn add_micro_video(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    title: String,
    blob: &Blob,
    movie: Movie,
) -> Result<MicroVideo, LibraryError> {
    relied(tx, expert.training).await?;
    let blob = Blobs::keep(tx, ambient, AREA, blob.id).await?.ok_or(LibraryError::NoFile)?;
    let video = MicroVideo {
        id: ambient.new_id(),
        training_id: expert.training,
        title,
        blob_id: blob.id,
        bytes: i64::try_from(blob.size).unwrap_or(i64::MAX),
        length_ms: i64::try_from(movie.length_ms).unwrap_or(i64::MAX),
        width: movie.width.into(),
        height: movie.height.into(),
        poster_blob_id: None,
        subtitles_blob_id: None,
        state: MicroVideoState::Ready,
        version: 1,
        uploaded_at: ambient.now(),
    };
    micro_videos::insert(tx, &video, expert.actor.person).await?;
    let detail = serde_json::json!({ "length_ms": video.length_ms, "bytes": video.bytes });
    let object = video.id.to_string();
    let by = expert.actor.person;
    super::note(tx, ambient, expert.training, by, "course_library.add_micro_video", object, detail).await?;
    Ok(video)
}
