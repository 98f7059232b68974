//! All routes of this area.

use http_kit::Platform;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{allocation, charter, classes, placements, staff};

pub fn router(platform: Platform) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(allocation::run_allocation, allocation::get_allocation))
        .routes(routes!(allocation::lock_allocation, allocation::unlock_allocation))
        .routes(routes!(allocation::publish_allocation))
        .routes(routes!(allocation::get_opening))
        .routes(routes!(placements::place_learner))
        .routes(routes!(placements::move_placement))
        .routes(routes!(placements::get_placement_effect))
        .routes(routes!(staff::assign_class_staff))
        .routes(routes!(staff::dismiss_class_staff))
        .routes(routes!(classes::get_class, classes::rename_class))
        .routes(routes!(classes::list_class_members))
        .routes(routes!(classes::list_my_classes))
        .routes(routes!(charter::get_charter, charter::settle_charter))
        .routes(routes!(charter::propose_charter_clause))
        .routes(routes!(charter::sign_charter))
        .with_state(platform)
}
