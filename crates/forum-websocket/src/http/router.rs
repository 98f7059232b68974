//! The routes of the exchange area.

use http_kit::Platform;
use realtime::Hub;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{posts, topics};

/// What the handlers need.
#[derive(Clone)]
pub(crate) struct Shared {
    pub platform: Platform,
    pub hub: Hub,
}

pub fn router(platform: Platform, hub: Hub) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(topics::list_topics, topics::start_topic))
        .routes(routes!(topics::open_task_topic))
        .routes(routes!(topics::list_unanswered))
        .routes(routes!(topics::read_topic))
        .routes(routes!(topics::see_topic))
        .routes(routes!(topics::pin_topic))
        .routes(routes!(topics::close_topic))
        .routes(routes!(posts::add_post))
        .routes(routes!(posts::edit_post, posts::remove_post))
        .with_state(Shared { platform, hub })
}
