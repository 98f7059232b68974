//! The organisation tree.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Input, Path, Posted, Problem, Query, Versioned, wording};
use kernel::id::OrgUnitId;
use kernel::spelling;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::router::Shared;
use crate::access::Overseer;
use crate::model::org_unit::Level;
use crate::service::org_units::{self, Details};
use crate::store::org_units::OrgUnitRow;

/// Which units are asked for: those below `parent`, those whose name contains `name`, or the top of the caller's reach.
#[derive(Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OrgUnitQuery {
    #[garde(skip)]
    parent: Option<OrgUnitId>,
    #[garde(inner(length(chars, max = 60)))]
    name: Option<String>,
}

#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct NewOrgUnit {
    /// The unit above; absent for a province.
    #[garde(skip)]
    parent_id: Option<OrgUnitId>,
    #[garde(skip)]
    level: Level,
    #[serde(deserialize_with = "wording::as_name")]
    #[garde(custom(wording::line(60)))]
    name: String,
    /// The code of its administrative division (GB/T 2260), or the school's own.
    #[garde(inner(custom(wording::spare_line(30))))]
    code: Option<String>,
}

#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct OrgUnitChange {
    #[serde(deserialize_with = "wording::as_name")]
    #[garde(custom(wording::line(60)))]
    name: String,
    #[garde(inner(custom(wording::spare_line(30))))]
    code: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct OrgUnitView {
    id: OrgUnitId,
    #[schema(required = true)]
    parent_id: Option<OrgUnitId>,
    level: Level,
    name: String,
    #[schema(required = true)]
    code: Option<String>,
    /// For `If-Match`.
    version: i64,
    /// The names from the province down to this unit.
    place: Vec<String>,
    has_children: bool,
    /// How many people belong to the unit itself.
    people: i64,
}

#[derive(Serialize, ToSchema)]
pub(super) struct OrgUnitsView {
    items: Vec<OrgUnitView>,
    /// More units have such a name than a search shows; more of the name finds them.
    more: bool,
}

/// The units below a unit, or found by name, or the top of what the caller oversees.
#[utoipa::path(get, path = "/api/v1/org-units", params(OrgUnitQuery), responses((status = 200, body = OrgUnitsView)),
    tag = "identity")]
pub(super) async fn list_org_units(
    State(shared): State<Shared>,
    overseer: Overseer,
    Query(query): Query<OrgUnitQuery>,
) -> Result<Json<OrgUnitsView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let (rows, more) = match query.name.filter(|name| !name.trim().is_empty()) {
        Some(name) => org_units::search(&mut conn, &overseer, &name).await?,
        None => (org_units::below(&mut conn, &overseer, query.parent).await?, false),
    };
    let paths: Vec<&str> = rows.iter().map(|row| row.path.as_str()).collect();
    let places = org_units::places(&mut conn, &paths).await?;
    let items = rows.into_iter().map(|row| view(row, &places)).collect();
    Ok(Json(OrgUnitsView { items, more }))
}

/// One unit.
#[utoipa::path(get, path = "/api/v1/org-units/{org_unit_id}", params(("org_unit_id" = OrgUnitId, Path)),
    responses((status = 200, body = OrgUnitView)), tag = "identity")]
pub(super) async fn get_org_unit(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(id): Path<OrgUnitId>,
) -> Result<Versioned<OrgUnitView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let view = shown(&mut conn, &overseer, id).await?;
    Ok(Versioned(view.version, view))
}

/// Adds a unit below another.
#[utoipa::path(post, path = "/api/v1/org-units", request_body = NewOrgUnit, responses((status = 201, body = OrgUnitView)),
    tag = "identity")]
pub(super) async fn add_org_unit(
    State(shared): State<Shared>,
    overseer: Overseer,
    Posted { input, once }: Posted<NewOrgUnit>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let code = input.code.as_deref().map(spelling::number);
    let details = details(&input.name, code.as_deref());
    let ambient = &shared.platform.ambient;
    let id = org_units::add(&mut tx, ambient, &overseer, input.parent_id, input.level, details).await?;
    let view = shown(&mut tx, &overseer, id).await?;
    once.created(tx, &view).await
}

/// Changes a unit's name and code, with `If-Match`.
#[utoipa::path(put, path = "/api/v1/org-units/{org_unit_id}", params(("org_unit_id" = OrgUnitId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = OrgUnitChange, responses((status = 200, body = OrgUnitView)), tag = "identity")]
pub(super) async fn change_org_unit(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(id): Path<OrgUnitId>,
    IfMatch(version): IfMatch,
    Input(input): Input<OrgUnitChange>,
) -> Result<Versioned<OrgUnitView>, Problem> {
    let mut tx = shared.platform.begin(&overseer.actor).await?;
    let code = input.code.as_deref().map(spelling::number);
    let details = details(&input.name, code.as_deref());
    org_units::change(&mut tx, &shared.platform.ambient, &overseer, id, version, details).await?;
    let view = shown(&mut tx, &overseer, id).await?;
    tx.commit().await?;
    Ok(Versioned(view.version, view))
}

fn details<'a>(name: &'a str, code: Option<&'a str>) -> Details<'a> {
    Details { name: name.trim(), code: code.filter(|code| !code.is_empty()) }
}

async fn shown(conn: &mut storage::Conn, overseer: &Overseer, id: OrgUnitId) -> Result<OrgUnitView, Problem> {
    let row = org_units::within(conn, overseer, id).await?;
    let places = org_units::places(conn, &[&row.path]).await?;
    Ok(view(row, &places))
}

fn view(row: OrgUnitRow, places: &HashMap<String, Vec<String>>) -> OrgUnitView {
    OrgUnitView {
        id: row.id,
        parent_id: row.parent_id,
        level: row.level,
        place: places.get(&row.path).cloned().unwrap_or_default(),
        name: row.name,
        code: row.code,
        version: row.version,
        has_children: row.children > 0,
        people: row.people,
    }
}
