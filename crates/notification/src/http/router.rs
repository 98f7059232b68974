//! The routes under `/api/v1/notices`.

use http_kit::Platform;
use realtime::Hub;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::notices;

/// What the handlers need.
#[derive(Clone)]
pub(crate) struct Shared {
    pub platform: Platform,
    pub hub: Hub,
}

/// A signed-in person's own notices.
pub fn router(platform: Platform, hub: Hub) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(notices::list_my_notices))
        .routes(routes!(notices::count_unread_notices))
        .routes(routes!(notices::mark_notice_read))
        .routes(routes!(notices::mark_all_notices_read))
        .with_state(Shared { platform, hub })
}
