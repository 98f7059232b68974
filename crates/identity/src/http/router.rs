//! The routes of this area.

use axum::extract::DefaultBodyLimit;
use http_kit::Platform;
use realtime::Hub;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{
    first_use, grants, me, org_units, password, people, person_actions, roster_files, roster_units, rosters,
    session,
};
use crate::identity::Identity;
use crate::roster::MOST_BYTES;

/// What the handlers of this area share.
#[derive(Clone)]
pub(super) struct Shared {
    pub platform: Platform,
    pub identity: Identity,
    /// Closes sockets of people who are signed out.
    pub hub: Hub,
}

/// A workbook and the multipart wrapping around it.
const UPLOAD_LIMIT: usize = MOST_BYTES + 64 * 1024;

/// Sign-in, people, units, grants and rosters under `/api/v1`.
pub fn router(platform: Platform, hub: Hub, identity: Identity) -> OpenApiRouter {
    let uploads = OpenApiRouter::new()
        .routes(routes!(rosters::list_roster_imports, roster_files::upload_roster))
        .layer(DefaultBodyLimit::max(UPLOAD_LIMIT));
    OpenApiRouter::new()
        .routes(routes!(session::sign_in))
        .routes(routes!(session::refresh_session))
        .routes(routes!(session::sign_out))
        .routes(routes!(session::sign_out_everywhere))
        .routes(routes!(first_use::get_first_use))
        .routes(routes!(first_use::use_first_use))
        .routes(routes!(me::get_me))
        .routes(routes!(password::change_my_password))
        .routes(routes!(org_units::list_org_units, org_units::add_org_unit))
        .routes(routes!(org_units::get_org_unit, org_units::change_org_unit))
        .routes(routes!(people::list_people, people::add_person))
        .routes(routes!(people::get_person, people::change_person))
        .routes(routes!(person_actions::reveal_person))
        .routes(routes!(person_actions::disable_person))
        .routes(routes!(person_actions::enable_person))
        .routes(routes!(person_actions::issue_first_use_link))
        .routes(routes!(grants::list_grants, grants::give_grant))
        .routes(routes!(grants::take_grant))
        .routes(routes!(grants::list_grants_of_person))
        .routes(routes!(rosters::get_roster_import))
        .routes(routes!(rosters::list_roster_rows))
        .routes(routes!(rosters::choose_hidden_rows))
        .routes(routes!(roster_units::choose_roster_units))
        .routes(routes!(roster_units::list_roster_new_units))
        .routes(routes!(rosters::apply_roster_import))
        .routes(routes!(roster_files::download_roster_template))
        .routes(routes!(roster_files::download_roster_errors))
        .routes(routes!(roster_files::hand_out_first_use_links))
        .merge(uploads)
        .with_state(Shared { platform, identity, hub })
}
