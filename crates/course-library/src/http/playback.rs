//! Where a micro-video plays from: addresses that a player opens by itself, for a while and for as long as its viewer has a part in the training.

use axum::Json;
use axum::extract::State;
use http_kit::{Path, Problem, SignedIn, not_found};
use kernel::id::{BlobId, MicroVideoId};
use serde::Serialize;
use storage::blobs::{Disposition, GivenTo, PartOf};
use utoipa::ToSchema;

use super::Shared;
use crate::store;

/// A learner pauses for the night and goes on; the address still holds.
const ADDRESS_SECONDS: i64 = 12 * 3600;

/// Everything that a player needs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PlaybackAddressView {
    id: MicroVideoId,
    title: String,
    url: String,
    /// What playing it whole costs.
    bytes: i64,
    seconds: i64,
    length_ms: i64,
    width: i64,
    height: i64,
    poster_url: Option<String>,
    /// WebVTT, in Chinese.
    subtitles_url: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/micro-videos/{micro_video_id}/playback", params(("micro_video_id" = MicroVideoId, Path)),
    responses((status = 200, body = PlaybackAddressView)), tag = "course-library")]
pub(super) async fn get_playback(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<MicroVideoId>,
) -> Result<Json<PlaybackAddressView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let video = store::micro_videos::find(&mut conn, id).await?.ok_or_else(not_found)?;
    shared.reach.video(&mut conn, &actor, &video).await?;
    // The store reads by connections of its own.
    drop(conn);
    let to = GivenTo::new(&actor, PartOf::Training(video.training_id));
    let url = address(&shared, video.blob_id, to).await?;
    let poster_url = match video.poster_blob_id {
        Some(blob) => Some(address(&shared, blob, to).await?),
        None => None,
    };
    let subtitles_url = match video.subtitles_blob_id {
        Some(blob) => Some(address(&shared, blob, to).await?),
        None => None,
    };
    Ok(Json(PlaybackAddressView {
        id,
        seconds: video.seconds(),
        title: video.title,
        url,
        bytes: video.bytes,
        length_ms: video.length_ms,
        width: video.width,
        height: video.height,
        poster_url,
        subtitles_url,
    }))
}

async fn address(shared: &Shared, blob: BlobId, to: GivenTo) -> Result<String, Problem> {
    let blob = shared.blobs.find(blob).await?.ok_or_else(not_found)?;
    let now = shared.platform.ambient.now();
    Ok(shared.blobs.address(&blob, now, ADDRESS_SECONDS, Disposition::Inline, to).await?)
}
