//! The routes of this area.

use axum::extract::FromRef;
use http_kit::Platform;
use realtime::Hub;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{
    applications, decisions, my_application, my_applications, notices, public_notices, recommendations,
};

/// What the handlers need.
#[derive(Clone)]
struct Shared {
    platform: Platform,
    hub: Hub,
}

impl FromRef<Shared> for Platform {
    fn from_ref(shared: &Shared) -> Self {
        shared.platform.clone()
    }
}

impl FromRef<Shared> for Hub {
    fn from_ref(shared: &Shared) -> Self {
        shared.hub.clone()
    }
}

/// Everything of the gate under `/api/v1`.
pub fn router(platform: Platform, hub: Hub) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(public_notices::list_public_trainings))
        .routes(routes!(public_notices::get_public_notice))
        .routes(routes!(notices::get_notice, notices::save_notice))
        .routes(routes!(notices::publish_notice))
        .routes(routes!(my_application::get_my_application, my_application::save_my_application))
        .routes(routes!(my_application::submit_my_application))
        .routes(routes!(my_application::withdraw_my_application))
        .routes(routes!(my_applications::list_my_applications))
        .routes(routes!(recommendations::list_recommendations))
        .routes(routes!(recommendations::recommend_application))
        .routes(routes!(applications::list_applications))
        .routes(routes!(applications::get_admission_summary))
        .routes(routes!(applications::get_next_waiting))
        .routes(routes!(applications::get_application))
        .routes(routes!(decisions::decide_application))
        .routes(routes!(decisions::decide_applications))
        .routes(routes!(decisions::admit_next_application))
        .with_state(Shared { platform, hub })
}
