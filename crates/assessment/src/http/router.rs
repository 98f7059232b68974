//! The routes of this area.

use axum::extract::DefaultBodyLimit;
use http_kit::Platform;
use realtime::Hub;
use storage::blobs::Blobs;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{
    Shared, attempts, hand_ins, papers, results, reviews, rubrics, schemes, standings, submissions, works,
};
use crate::evaluating::Evaluating;
use crate::service::submissions::FILE;

/// What a multipart form adds to the file in it.
const FORM_BYTES: usize = 64 * 1024;

/// Everything of assessment under `/api/v1`.
pub fn router(platform: Platform, hub: Hub, blobs: Blobs) -> OpenApiRouter {
    let file_bytes = usize::try_from(FILE.most_bytes).unwrap_or(usize::MAX).saturating_add(FORM_BYTES);
    let uploads = OpenApiRouter::new()
        .routes(routes!(submissions::attach_submission_file, submissions::remove_submission_file))
        .layer(DefaultBodyLimit::max(file_bytes));
    OpenApiRouter::new()
        .merge(uploads)
        .routes(routes!(papers::create_test_paper, papers::list_test_papers))
        .routes(routes!(papers::get_test_paper, papers::save_test_paper))
        .routes(routes!(papers::publish_test_paper))
        .routes(routes!(papers::preview_test_paper))
        .routes(routes!(papers::list_items))
        .routes(routes!(attempts::start_attempt))
        .routes(routes!(attempts::get_attempt))
        .routes(routes!(attempts::save_answers))
        .routes(routes!(attempts::submit_attempt))
        .routes(routes!(attempts::get_my_test))
        .routes(routes!(submissions::get_my_submission, submissions::save_submission))
        .routes(routes!(submissions::hand_in_submission))
        .routes(routes!(submissions::list_my_reviews))
        .routes(routes!(rubrics::create_rubric, rubrics::list_rubrics))
        .routes(routes!(works::get_grading_queue))
        .routes(routes!(works::get_submission))
        .routes(routes!(works::get_reflection_work))
        .routes(routes!(hand_ins::list_submission_hand_ins))
        .routes(routes!(hand_ins::list_reflection_hand_ins))
        .routes(routes!(reviews::save_submission_review))
        .routes(routes!(reviews::finish_submission_review))
        .routes(routes!(reviews::save_reflection_review))
        .routes(routes!(reviews::finish_reflection_review))
        .routes(routes!(schemes::get_evaluation_scheme, schemes::save_evaluation_scheme))
        .routes(routes!(schemes::try_evaluation_scheme))
        .routes(routes!(standings::get_my_standing))
        .routes(routes!(standings::list_class_standings))
        .routes(routes!(results::compute_results))
        .routes(routes!(results::list_results))
        .routes(routes!(results::get_result))
        .routes(routes!(results::close_training))
        .with_state(Shared { platform, hub, blobs, evaluating: Evaluating::default() })
}
