//! All routes of this area.

use std::sync::Arc;

use axum::extract::FromRef;
use http_kit::Platform;
use realtime::Hub;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{allocation, charter, charter_texts, classes, learner_ends, placements, staff, staff_ends};
use crate::service::opening::FirstWeek;
use crate::solving::Solving;

/// What the handlers need.
#[derive(Clone)]
pub(super) struct Shared {
    platform: Platform,
    hub: Hub,
    solving: Solving,
    weeks: Weeks,
}

/// Who says how far the lists of weeks are.
pub(super) type Weeks = Arc<dyn FirstWeek>;

impl FromRef<Shared> for Weeks {
    fn from_ref(shared: &Shared) -> Self {
        Self::clone(&shared.weeks)
    }
}

impl FromRef<Shared> for Solving {
    fn from_ref(shared: &Shared) -> Self {
        shared.solving.clone()
    }
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

/// `weeks` is asked about the first list before a training opens.
pub fn router(platform: Platform, hub: Hub, weeks: Arc<dyn FirstWeek>) -> OpenApiRouter {
    router_with(platform, hub, weeks, Solving::default())
}

/// The same with other bounds on working out classes.
pub fn router_with(
    platform: Platform,
    hub: Hub,
    weeks: Arc<dyn FirstWeek>,
    solving: Solving,
) -> OpenApiRouter {
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
        .routes(routes!(staff_ends::end_staff_invitation))
        .routes(routes!(learner_ends::end_admission))
        .routes(routes!(learner_ends::list_departed_learners))
        .routes(routes!(classes::get_class, classes::rename_class))
        .routes(routes!(classes::list_class_members))
        .routes(routes!(classes::list_my_classes))
        .routes(routes!(charter::get_charter, charter::settle_charter))
        .routes(routes!(charter::propose_charter_clause))
        .routes(routes!(charter::sign_charter))
        .routes(routes!(charter_texts::list_charter_texts))
        .with_state(Shared { platform, hub, solving, weeks })
}
