//! The routes of this area.

use http_kit::Platform;
use realtime::Hub;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{
    Shared, announcements, class_progress, lists, reflection, settings, task, tasks, watching, week, wordings,
};
use crate::references::References;

/// Everything of weeks, tasks and progress under `/api/v1`. `references` are asked whether tasks can be done.
pub fn router(platform: Platform, hub: Hub, references: References) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(week::get_this_week))
        .routes(routes!(week::get_week))
        .routes(routes!(lists::create_task_list, lists::list_task_lists))
        .routes(routes!(lists::get_task_list, lists::edit_task_list))
        .routes(routes!(lists::set_task_list_state))
        .routes(routes!(tasks::add_task))
        .routes(routes!(tasks::order_tasks))
        .routes(routes!(task::get_task, tasks::edit_task, tasks::delete_task))
        .routes(routes!(tasks::withdraw_task))
        .routes(routes!(wordings::list_task_wordings))
        .routes(routes!(task::claim_task_list))
        .routes(routes!(task::start_task))
        .routes(routes!(task::finish_reading))
        .routes(routes!(reflection::get_reflection, reflection::save_reflection))
        .routes(routes!(reflection::hand_in_reflection))
        .routes(routes!(watching::open_playback))
        .routes(routes!(watching::report_watching))
        .routes(routes!(announcements::publish_announcement, announcements::list_announcements))
        .routes(routes!(announcements::list_class_task_lists))
        .routes(routes!(class_progress::get_class_matrix))
        .routes(routes!(class_progress::list_falling_behind))
        .routes(routes!(settings::get_board_settings, settings::save_board_settings))
        .with_state(Shared { platform, hub, references })
}
