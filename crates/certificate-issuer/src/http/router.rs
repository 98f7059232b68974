//! The routes of this area.

use axum::extract::DefaultBodyLimit;
use http::Method;
use http_kit::Platform;
use realtime::Hub;
use storage::blobs::Blobs;
use tower_http::cors::{Any, CorsLayer};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{
    batch_actions, batches, certificates, change_decisions, changes, credits, files, public, well_known,
};
use crate::checking::Checking;
use crate::issuing::Issuing;
use crate::pdf;

/// What the handlers of this area share.
#[derive(Clone)]
pub(super) struct Shared {
    pub platform: Platform,
    pub hub: Hub,
    pub blobs: Blobs,
    pub issuing: Issuing,
    pub checking: Checking,
}

/// The largest file that is checked, and room for the form around it.
const UPLOAD_LIMIT: usize = pdf::MOST_BYTES + 16 * 1024;

/// What verifiers of other sites read in a browser: the same for everybody, or behind a key in the address. Nothing here asks who calls.
fn published() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(well_known::get_jwks))
        .routes(routes!(well_known::get_keys))
        .routes(routes!(well_known::get_key))
        .routes(routes!(well_known::get_status_list))
        .routes(routes!(well_known::get_issuer_profile))
        .routes(routes!(well_known::get_achievement))
        .routes(routes!(well_known::get_public_credential))
        .layer(
            CorsLayer::new().allow_origin(Any).allow_methods([Method::GET, Method::HEAD]).allow_headers(Any),
        )
}

/// Batches, certificates and the ledger under `/api/v1`, and the addresses that stand in signed credentials.
pub fn router(platform: Platform, hub: Hub, blobs: Blobs, issuing: Issuing) -> OpenApiRouter {
    let uploads = OpenApiRouter::new()
        .routes(routes!(public::verify_certificate_file))
        .layer(DefaultBodyLimit::max(UPLOAD_LIMIT));
    OpenApiRouter::new()
        .routes(routes!(batches::make_certificate_batch, batches::list_certificate_batches_of_training))
        .routes(routes!(batches::list_certificate_batches))
        .routes(routes!(batches::get_certificate_batch, batches::drop_certificate_batch))
        .routes(routes!(batches::remove_batch_entry))
        .routes(routes!(batch_actions::submit_certificate_batch))
        .routes(routes!(batch_actions::decide_certificate_batch))
        .routes(routes!(batch_actions::issue_certificate_batch))
        .routes(routes!(certificates::list_my_certificates))
        .routes(routes!(certificates::get_certificate))
        .routes(routes!(changes::propose_revocation))
        .routes(routes!(changes::propose_correction))
        .routes(routes!(changes::list_certificate_changes))
        .routes(routes!(changes::get_certificate_change))
        .routes(routes!(change_decisions::confirm_certificate_change))
        .routes(routes!(change_decisions::refuse_certificate_change))
        .routes(routes!(change_decisions::withdraw_certificate_change))
        .routes(routes!(files::get_certificate_pdf))
        .routes(routes!(files::get_certificate_credential))
        .routes(routes!(credits::get_my_credits))
        .routes(routes!(credits::list_credit_entries))
        .routes(routes!(public::get_public_certificate))
        .merge(uploads)
        .merge(published())
        .with_state(Shared { platform, hub, blobs, issuing, checking: Checking::default() })
}
