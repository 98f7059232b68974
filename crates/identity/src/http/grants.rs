//! Roles over units and the system.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http::StatusCode;
use http_kit::{Answer, Halt, Page, Paged, Path, Posted, Problem, Query, not_found, rule};
use kernel::id::{GrantId, OrgUnitId, PersonId};
use kernel::{Grant, Role, Scope, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::me::{ScopeKind, scope_words};
use super::router::Shared;
use crate::access::Overseer;
use crate::error::PersonError;
use crate::service::{grants, people};
use crate::store::grants::{self as rows, GrantRow};

#[derive(Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct GrantsQuery {
    #[garde(skip)]
    role: Option<Role>,
    /// How many at most (1 to 200).
    #[garde(range(min = 1, max = 200))]
    #[serde(default = "fifty")]
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: u16,
    /// The `next` of the page before.
    #[garde(inner(length(max = 200)))]
    after: Option<String>,
}

const fn fifty() -> u16 {
    50
}

/// A role for a person: over a unit, or (the administrator's) over the system.
#[derive(Deserialize, Validate, ToSchema)]
#[garde(context(()))]
pub(super) struct NewGrant {
    #[garde(skip)]
    person_id: PersonId,
    #[garde(custom(is_named_here))]
    role: Role,
    /// The unit; absent for the system as a whole.
    #[garde(skip)]
    org_unit_id: Option<OrgUnitId>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct GrantView {
    id: GrantId,
    person_id: PersonId,
    person_name: String,
    role: Role,
    scope_kind: ScopeKind,
    #[schema(required = true)]
    scope_id: Option<String>,
    #[schema(required = true)]
    scope_name: Option<String>,
    given_at: Timestamp,
}

#[derive(Serialize, ToSchema)]
pub(super) struct GrantsOfPersonView {
    items: Vec<GrantView>,
}

/// Who holds which role over the units within the caller's reach.
#[utoipa::path(get, path = "/api/v1/grants", params(GrantsQuery), responses((status = 200, body = Paged<GrantView>)),
    tag = "identity")]
pub(super) async fn list_grants(
    State(shared): State<Shared>,
    overseer: Overseer,
    Query(query): Query<GrantsQuery>,
) -> Result<Json<Paged<GrantView>>, Problem> {
    let page = Page { limit: query.limit, after: query.after };
    let after = page.after.as_deref().map(str::parse).transpose().map_err(|_| not_found())?;
    let mut conn = shared.platform.db.read().await?;
    let found = grants::page(&mut conn, &overseer, query.role, after, i64::from(page.limit) + 1).await?;
    let paged = Paged::cut(found, &page, |row| row.id.to_string());
    let items = paged.items.iter().filter_map(view).collect();
    Ok(Json(Paged { items, next: paged.next }))
}

/// Everything granted to one person, in trainings and classes too.
#[utoipa::path(get, path = "/api/v1/people/{person_id}/grants", params(("person_id" = PersonId, Path)),
    responses((status = 200, body = GrantsOfPersonView)), tag = "identity")]
pub(super) async fn list_grants_of_person(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(person): Path<PersonId>,
) -> Result<Json<GrantsOfPersonView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    people::find(&mut conn, &overseer, person).await?;
    let found = rows::of_person(&mut conn, person).await?;
    Ok(Json(GrantsOfPersonView { items: found.iter().filter_map(view).collect() }))
}

/// Gives a role. Giving it again changes nothing.
#[utoipa::path(post, path = "/api/v1/grants", request_body = NewGrant, responses((status = 201, body = GrantView)),
    tag = "identity")]
pub(super) async fn give_grant(
    State(shared): State<Shared>,
    overseer: Overseer,
    Posted { input, once }: Posted<NewGrant>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let scope = input.org_unit_id.map_or(Scope::System, Scope::OrgUnit);
    let grant = Grant { role: input.role, scope };
    let id = grants::give(&mut tx, &shared.platform.ambient, &overseer, input.person_id, grant).await?;
    let row = rows::find(&mut tx, id).await?.ok_or(PersonError::NoSuchPerson)?;
    let view = view(&row).ok_or_else(not_found)?;
    once.created(tx, &view).await
}

/// Takes a role away. The person's next request is without it.
#[utoipa::path(delete, path = "/api/v1/grants/{grant_id}", params(("grant_id" = GrantId, Path)), responses((status = 204)),
    tag = "identity")]
pub(super) async fn take_grant(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(id): Path<GrantId>,
) -> Result<StatusCode, Problem> {
    let mut tx = shared.platform.begin_alone(&overseer.actor).await?;
    grants::take(&mut tx, &shared.platform.ambient, &shared.hub, &overseer, id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that garde calls")]
fn is_named_here(role: &Role, (): &()) -> garde::Result {
    match role {
        Role::Learner | Role::Assistant | Role::Expert => Err(rule(
            "role",
            "学员、助教和专家在项目中录取或受邀后产生，不在这里任命。",
            "Learners, assistants and experts get their role in a training, not here.",
        )),
        _ => Ok(()),
    }
}

/// Nothing for a grant of a kind that this version does not know.
fn view(row: &GrantRow) -> Option<GrantView> {
    let Grant { role, scope } = row.grant()?;
    let (scope_kind, scope_id) = scope_words(scope);
    Some(GrantView {
        id: row.id,
        person_id: row.person_id,
        person_name: row.person_name.clone(),
        role,
        scope_kind,
        scope_id,
        scope_name: row.scope_name.clone(),
        given_at: row.given_at,
    })
}
