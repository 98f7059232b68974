//! The routes of this area.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use http_kit::Platform;
use storage::blobs::Blobs;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Shared, blob, micro_videos, playback, resources};
use crate::model::limits;
use crate::reach::{Reach, ShownInWeeks};

/// What a multipart form adds to the file in it.
const FORM_BYTES: u64 = 64 * 1024;

/// Everything of the library under `/api/v1`, and the files themselves under `/blob`. `weeks` tells what learners are shown.
pub fn router(platform: Platform, blobs: Blobs, weeks: Arc<dyn ShownInWeeks>) -> OpenApiRouter {
    OpenApiRouter::new()
        .merge(taking(
            limits::MICRO_VIDEO.most_bytes,
            OpenApiRouter::new().routes(routes!(micro_videos::add_micro_video)),
        ))
        .merge(taking(
            limits::POSTER.most_bytes.max(limits::SUBTITLES.most_bytes),
            OpenApiRouter::new()
                .routes(routes!(micro_videos::set_micro_video_poster))
                .routes(routes!(micro_videos::set_micro_video_subtitles)),
        ))
        .merge(taking(
            limits::RESOURCE.most_bytes,
            OpenApiRouter::new().routes(routes!(resources::add_resource_file)),
        ))
        .routes(routes!(micro_videos::list_micro_videos))
        .routes(routes!(micro_videos::edit_micro_video))
        .routes(routes!(playback::get_playback))
        .routes(routes!(resources::add_resource, resources::list_resources))
        .routes(routes!(resources::remove_resource))
        .routes(routes!(resources::get_resource_file))
        .routes(routes!(blob::get_blob))
        .with_state(Shared { platform, blobs, reach: Reach(weeks) })
}

/// Routes that take files say their own bound.
fn taking(bytes: u64, router: OpenApiRouter<Shared>) -> OpenApiRouter<Shared> {
    let bytes = usize::try_from(bytes.saturating_add(FORM_BYTES)).unwrap_or(usize::MAX);
    router.layer(DefaultBodyLimit::max(bytes))
}
