//! The units that a roster would make, and what is decided about those that may be there already.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Input, Page, Paged, Path, Problem, Query, not_found, wording};
use kernel::id::{OrgUnitId, RosterImportId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rosters::{RosterImportView, refused};
use super::router::Shared;
use crate::access::Overseer;
use crate::error::RosterError;
use crate::model::org_unit::Level;
use crate::model::roster::{MatchedUnit, MeantUnit, NewUnit, StandingUnit, UnitChoice};
use crate::service::roster_units::{self, Decision};
use crate::service::{roster_new_units, rosters};

#[derive(Serialize, ToSchema)]
pub(super) struct RosterNewUnitView {
    /// The unit's name after those above it, from the province down.
    place: String,
    level: Level,
    /// Units that may be the same under another name, the nearest first.
    like: Vec<RosterStandingUnitView>,
    /// Places in earlier rows of the roster, new too, that may be the same under another name.
    alike: Vec<String>,
    /// Somebody decided that it is another one.
    decided: bool,
}

#[derive(Serialize, ToSchema)]
pub(super) struct RosterStandingUnitView {
    id: OrgUnitId,
    /// The names from the province down.
    place: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct RosterMatchedUnitView {
    /// As the roster says it.
    place: String,
    level: Level,
    /// What is meant stands already,
    #[schema(required = true)]
    unit: Option<RosterStandingUnitView>,
    /// or it is new, and named by another place in the roster.
    #[schema(required = true)]
    same_as: Option<String>,
}

/// What is decided about names of units.
#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct RosterUnitDecisions {
    #[garde(length(min = 1, max = 500), dive)]
    decisions: Vec<RosterUnitDecision>,
}

/// Which unit a name means: one that stands, the one that another place in the roster names, or (`make`) a new one. None of these takes
/// back what was decided.
#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct RosterUnitDecision {
    /// The place, as in `new_unit_list` or `matched_units`.
    #[garde(custom(wording::line(400)))]
    place: String,
    #[garde(skip)]
    unit_id: Option<OrgUnitId>,
    #[garde(inner(custom(wording::line(400))))]
    same_as: Option<String>,
    #[serde(default)]
    #[garde(skip)]
    make: bool,
}

/// All units that an import would make, those about which somebody has to decide first.
#[utoipa::path(get, path = "/api/v1/roster-imports/{roster_import_id}/new-units",
    params(("roster_import_id" = RosterImportId, Path), Page),
    responses((status = 200, body = Paged<RosterNewUnitView>)), tag = "identity")]
pub(super) async fn list_roster_new_units(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(id): Path<RosterImportId>,
    Query(page): Query<Page>,
) -> Result<Json<Paged<RosterNewUnitView>>, Problem> {
    let seen: usize = page.after.as_deref().map_or(Ok(0), str::parse).map_err(|_| not_found())?;
    let mut conn = shared.platform.db.read().await?;
    let units = roster_new_units::page(&mut conn, &overseer, id, seen, usize::from(page.limit) + 1).await?;
    let counted = (seen.saturating_add(1)..).zip(units).collect();
    Ok(Json(Paged::cut(counted, &page, |(at, _)| at.to_string()).map(|(_, unit)| unit.into())))
}

/// Says which units the names in a roster mean that look like others, and checks the roster once more.
#[utoipa::path(put, path = "/api/v1/roster-imports/{roster_import_id}/units",
    params(("roster_import_id" = RosterImportId, Path)), request_body = RosterUnitDecisions,
    responses((status = 200, body = RosterImportView)), tag = "identity")]
pub(super) async fn choose_roster_units(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(id): Path<RosterImportId>,
    Input(input): Input<RosterUnitDecisions>,
) -> Result<Json<RosterImportView>, Problem> {
    let _place = shared.identity.roster_reader().place(overseer.actor.person).map_err(RosterError::from)?;
    let mut tx = shared.platform.begin(&overseer.actor).await?;
    let (ambient, identity) = (&shared.platform.ambient, &shared.identity);
    let decisions = input.decisions.into_iter().map(RosterUnitDecision::split).collect();
    if let Err(error) = roster_units::choose(&mut tx, ambient, identity, &overseer, id, decisions).await {
        drop(tx);
        return Err(refused(&shared, &overseer, error).await?);
    }
    let view = RosterImportView::from(rosters::find(&mut tx, &overseer, id).await?);
    tx.commit().await?;
    Ok(Json(view))
}

impl RosterUnitDecision {
    fn split(self) -> (String, Decision) {
        let decision = match (self.unit_id, self.same_as) {
            (Some(unit), _) => Decision::Chosen(UnitChoice::Unit(unit)),
            (None, Some(place)) => Decision::Chosen(UnitChoice::SameAs(place)),
            (None, None) if self.make => Decision::Chosen(UnitChoice::Make),
            (None, None) => Decision::Open,
        };
        (self.place, decision)
    }
}

impl From<NewUnit> for RosterNewUnitView {
    fn from(NewUnit { place, level, like, alike, decided }: NewUnit) -> Self {
        let like = like.into_iter().map(RosterStandingUnitView::from).collect();
        Self { place, level, like, alike, decided }
    }
}

impl From<StandingUnit> for RosterStandingUnitView {
    fn from(StandingUnit { id, place }: StandingUnit) -> Self {
        Self { id, place }
    }
}

impl From<MatchedUnit> for RosterMatchedUnitView {
    fn from(MatchedUnit { place, level, meant }: MatchedUnit) -> Self {
        let (unit, same_as) = match meant {
            MeantUnit::Standing(unit) => (Some(unit.into()), None),
            MeantUnit::Place(place) => (None, Some(place)),
        };
        Self { place, level, unit, same_as }
    }
}
