//! The routes of this area.

use axum::extract::FromRef;
use http_kit::Platform;
use realtime::Hub;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{invitations, leads, my_invitations, plan_decisions, plans, trainings};

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

/// Everything of trainings, plans and staff under `/api/v1`.
pub fn router(platform: Platform, hub: Hub) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(trainings::create_training, trainings::list_trainings))
        .routes(routes!(trainings::get_training))
        .routes(routes!(plans::get_plan, plans::save_plan))
        .routes(routes!(plan_decisions::submit_plan))
        .routes(routes!(plan_decisions::approve_plan))
        .routes(routes!(plan_decisions::return_plan))
        .routes(routes!(plan_decisions::list_plan_submissions))
        .routes(routes!(leads::name_training_lead, leads::list_training_leads))
        .routes(routes!(leads::end_training_lead))
        .routes(routes!(invitations::invite_staff, invitations::list_staff_invitations))
        .routes(routes!(invitations::withdraw_staff_invitation))
        .routes(routes!(my_invitations::list_my_staff_invitations))
        .routes(routes!(my_invitations::accept_staff_invitation))
        .routes(routes!(my_invitations::decline_staff_invitation))
        .with_state(Shared { platform, hub })
}
