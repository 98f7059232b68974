//! What school heads see and say.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, IfMatch, Page, Paged, Path, Platform, Posted, Problem, Query, SignedIn, not_found, wording,
};
use kernel::Role;
use kernel::id::{ApplicationId, OrgUnitId};
use serde::Deserialize;
use training_plan::access::denied;
use utoipa::{IntoParams, ToSchema};

use super::views::ApplicationView;
use crate::service::recommend::{self, Word};
use crate::store;

/// Which applications, and which part of the list.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RecommendationsQuery {
    /// How many items at most (1 to 200).
    #[garde(range(min = 1, max = 200))]
    #[serde(default = "fifty")]
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: u16,
    /// The `next` of the page before.
    #[garde(skip)]
    after: Option<ApplicationId>,
    /// Those that wait for a word (the default), or those that have it.
    #[garde(skip)]
    #[serde(default = "yes")]
    #[param(default = true)]
    waiting: bool,
}

/// What the school says; the applicant reads it.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct RecommendInput {
    #[garde(skip)]
    recommended: bool,
    #[garde(custom(wording::words(1000)))]
    reason: String,
}

#[utoipa::path(get, path = "/api/v1/recommendations", params(RecommendationsQuery),
    responses((status = 200, body = Paged<ApplicationView>)), tag = "gate-admission")]
pub(super) async fn list_recommendations(
    State(platform): State<Platform>,
    actor: SignedIn,
    Query(query): Query<RecommendationsQuery>,
) -> Result<Json<Paged<ApplicationView>>, Problem> {
    if !actor.is(Role::SchoolHead) && !actor.is_administrator() {
        return Err(denied());
    }
    let mut conn = platform.db.read().await?;
    let units: Vec<OrgUnitId> = recommend::headed(&actor).collect();
    let limit = i64::from(query.limit) + 1;
    let rows = store::lists::of_schools(
        &mut conn,
        actor.is_administrator(),
        &units,
        actor.person,
        query.waiting,
        query.after,
        limit,
    )
    .await?;
    let page = Page { limit: query.limit, after: None };
    let paged = Paged::cut(rows, &page, |row| row.id.to_string());
    Ok(Json(paged.map(ApplicationView::from)))
}

#[utoipa::path(post, path = "/api/v1/applications/{application_id}/recommend",
    params(("application_id" = ApplicationId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = RecommendInput,
    responses((status = 200, body = ApplicationView)), tag = "gate-admission")]
pub(super) async fn recommend_application(
    State(platform): State<Platform>,
    actor: SignedIn,
    Path(id): Path<ApplicationId>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<RecommendInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let word = Word { read, recommended: input.recommended, reason: input.reason.trim() };
    recommend::recommend(&mut tx, &platform.ambient, &actor, id, word).await?;
    let row = store::lists::one(&mut tx, id).await?.ok_or_else(not_found)?;
    once.ok(tx, &ApplicationView::from(row)).await
}

const fn fifty() -> u16 {
    50
}
const fn yes() -> bool {
    true
}
