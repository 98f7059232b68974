//! Placing and moving people by hand.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Path, Platform, Posted, Problem, Query, SignedIn, not_found};
use kernel::Actor;
use kernel::id::{ClassId, PersonId, PlacementId, TrainingId};
use realtime::Hub;
use serde::{Deserialize, Serialize};
use storage::Conn;
use training_plan::access::{Granted, Manage};
use utoipa::{IntoParams, ToSchema};

use super::allocation::read;
use super::views::MoveEffectView;
use crate::service::move_learner;
use crate::store::placements::{self, PlacementRow};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct PlaceLearner {
    #[garde(skip)]
    person_id: PersonId,
    #[garde(skip)]
    class_id: ClassId,
}

#[derive(Debug, Deserialize, Validate, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MovePlacement {
    /// The class to go to.
    #[garde(skip)]
    class_id: ClassId,
    /// Somebody of that class who comes in exchange.
    #[garde(skip)]
    exchange_with: Option<PlacementId>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PlacementView {
    id: PlacementId,
    class_id: ClassId,
    person_id: PersonId,
}

/// Give an admitted person who has no class a seat in one.
#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/placements",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version of the board that was read")),
    request_body = PlaceLearner, responses((status = 201, body = PlacementView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.place", skip_all, fields(class.id = %input.class_id))]
pub async fn place_learner(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    lead: Granted<Manage>,
    IfMatch(seen): IfMatch,
    Posted { input, once }: Posted<PlaceLearner>,
) -> Result<Answer, Halt> {
    let PlaceLearner { person_id, class_id } = input;
    let (training, by, seat) = (lead.training, lead.actor.person, (person_id, class_id));
    let mut tx = once.begin().await?;
    let id = move_learner::place(&mut tx, &platform.ambient, &hub, training, by, seen, seat).await?;
    once.created(tx, &PlacementView { id, class_id, person_id }).await
}

/// Move a learner to another class, or let two change places; says what it does to the mix and which rules it breaks.
#[utoipa::path(post, path = "/api/v1/placements/{placement_id}/move",
    params(("placement_id" = PlacementId, Path), ("If-Match" = String, Header, description = "The version of the board that was read")),
    request_body = MovePlacement, responses((status = 200, body = MoveEffectView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.move", skip_all, fields(placement.id = %id))]
pub async fn move_placement(
    State(platform): State<Platform>,
    actor: SignedIn,
    Path(id): Path<PlacementId>,
    IfMatch(seen): IfMatch,
    Posted { input, once }: Posted<MovePlacement>,
) -> Result<Answer, Halt> {
    let MovePlacement { class_id, exchange_with } = input;
    let row = managed(&mut platform.db.read().await?, &actor, id).await?;
    let mut tx = once.begin().await?;
    let before = read(&mut tx, row.training_id).await?;
    let effect = move_learner::effect(&before, &row, class_id, exchange_with);
    let to = (class_id, exchange_with);
    move_learner::move_to(&mut tx, &platform.ambient, actor.person, seen, &row, to).await?;
    once.ok(tx, &MoveEffectView::from(effect?)).await
}

/// What a move would do, without making it.
#[utoipa::path(get, path = "/api/v1/placements/{placement_id}/effect",
    params(("placement_id" = PlacementId, Path), MovePlacement),
    responses((status = 200, body = MoveEffectView)), tag = "class-allocation")]
pub async fn get_placement_effect(
    State(platform): State<Platform>,
    actor: SignedIn,
    Path(id): Path<PlacementId>,
    Query(MovePlacement { class_id, exchange_with }): Query<MovePlacement>,
) -> Result<Json<MoveEffectView>, Problem> {
    let mut conn = platform.db.read().await?;
    let row = managed(&mut conn, &actor, id).await?;
    let roster = read(&mut conn, row.training_id).await?;
    Ok(Json(move_learner::effect(&roster, &row, class_id, exchange_with)?.into()))
}

/// The placement, when the actor manages its training.
async fn managed(conn: &mut Conn, actor: &Actor, id: PlacementId) -> Result<PlacementRow, Problem> {
    let row = placements::find(conn, id).await?.ok_or_else(not_found)?;
    Granted::<Manage>::check(conn, actor, row.training_id).await?;
    Ok(row)
}
