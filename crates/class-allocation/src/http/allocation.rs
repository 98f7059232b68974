//! The allocation board: run, look, lock, publish; and why a training cannot open yet.

use axum::extract::State;
use garde::Validate;
use http::StatusCode;
use http_kit::{Answer, Halt, IfMatch, Once, Platform, Posted, Problem, Versioned, not_found};
use kernel::id::TrainingId;
use realtime::Hub;
use serde::Deserialize;
use storage::Conn;
use training_plan::access::{Granted, Manage};
use utoipa::ToSchema;

use super::router::Weeks;
use super::views::{AllocationView, OpeningView};
use crate::access::Watch;
use crate::model::opening::MOST_LOCAL_PERCENT;
use crate::service::roster::{self, Roster};
use crate::service::{draft, lock, opening, publish, run};
use crate::solving::Solving;

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct RunAllocation {
    /// The same seed gives the same classes; another may find another mix.
    #[serde(default = "first_seed")]
    #[garde(skip)]
    #[schema(default = 1)]
    seed: u32,
    /// At most this share of the experts who lead classes is local.
    #[serde(default = "most_local_percent")]
    #[garde(range(min = 1, max = 100))]
    #[schema(default = 60, minimum = 1, maximum = 100)]
    most_local_percent: u8,
}

const fn first_seed() -> u32 {
    1
}
const fn most_local_percent() -> u8 {
    MOST_LOCAL_PERCENT
}

/// Nothing but the wish itself.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct PublishAllocation {}

/// Lock the allocation: nobody is moved any more.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct LockAllocation {}

/// Divide the admitted into classes and assign staff; replaces an unpublished draft.
#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/allocation",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = RunAllocation, responses((status = 201, body = AllocationView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.run", skip_all, fields(training.id = %lead.training))]
pub async fn run_allocation(
    State(platform): State<Platform>,
    State(solving): State<Solving>,
    lead: Granted<Manage>,
    IfMatch(seen): IfMatch,
    Posted { input, once }: Posted<RunAllocation>,
) -> Result<Answer, Halt> {
    // What needs no working out does not wait for it, and what was settled while this one waited is not worked out again.
    to_be_run(&platform, &once, lead.training, seen).await?;
    let turn = solving.turn().await?;
    let roster = to_be_run(&platform, &once, lead.training, seen).await?;
    // Reckoned before the transaction begins; who is admitted meanwhile shows as unplaced. The turn lasts until the draft is laid.
    let work = move || run::work_out(&roster, input.seed, input.most_local_percent);
    let (worked_out, _turn) = turn.work(work).await.map_err(|error| Problem::internal(&error))?;
    let mut tx = once.begin().await?;
    draft::lay(&mut tx, &platform.ambient, lead.training, lead.actor.person, seen, &worked_out?).await?;
    let roster = read(&mut tx, lead.training).await?;
    once.created(tx, &AllocationView::from(&roster)).await
}

/// The roster, if this request was not answered before and may run over it. Laying the draft asks all of it again.
async fn to_be_run(
    platform: &Platform,
    once: &Once,
    training: TrainingId,
    seen: i64,
) -> Result<Roster, Halt> {
    // One connection at a time: many who ask at once would wait for each other's second one.
    let roster = read(&mut platform.db.read().await?, training).await?;
    // After it: a copy of this request that was done in between has left its answer beside its effect.
    once.look().await?;
    run::may_be_run(&mut platform.db.read().await?, &roster, seen).await?;
    Ok(roster)
}

/// The board: classes, who sits in them, who leads them, how well they are mixed.
#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/allocation", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = AllocationView)), tag = "class-allocation")]
pub async fn get_allocation(
    State(platform): State<Platform>,
    watcher: Granted<Watch>,
) -> Result<Versioned<AllocationView>, Problem> {
    let roster = read(&mut platform.db.read().await?, watcher.training).await?;
    let view = AllocationView::from(&roster);
    Ok(Versioned(view.version, view))
}

/// Lock the classes, so that nobody is moved any more.
#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/allocation/lock",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = LockAllocation, responses((status = 200, body = AllocationView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.lock", skip_all, fields(training.id = %lead.training))]
pub async fn lock_allocation(
    State(platform): State<Platform>,
    lead: Granted<Manage>,
    IfMatch(seen): IfMatch,
    Posted { once, .. }: Posted<LockAllocation>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    lock::lock(&mut tx, &platform.ambient, lead.training, lead.actor.person, seen).await?;
    let roster = read(&mut tx, lead.training).await?;
    once.ok(tx, &AllocationView::from(&roster)).await
}

/// Loosen a locked allocation again.
#[utoipa::path(delete, path = "/api/v1/trainings/{training_id}/allocation/lock",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 204)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.unlock", skip_all, fields(training.id = %lead.training))]
pub async fn unlock_allocation(
    State(platform): State<Platform>,
    lead: Granted<Manage>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    let mut tx = platform.begin(&lead.actor).await?;
    lock::unlock(&mut tx, &platform.ambient, lead.training, lead.actor.person, seen).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Publish the classes and open the training; 422 `allocation.cannot_open` says what is missing.
#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/allocation/publish",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = PublishAllocation, responses((status = 200, body = AllocationView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.publish", skip_all, fields(training.id = %lead.training))]
pub async fn publish_allocation(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    State(weeks): State<Weeks>,
    lead: Granted<Manage>,
    IfMatch(seen): IfMatch,
    Posted { once, .. }: Posted<PublishAllocation>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let (training, by) = (lead.training, lead.actor.person);
    publish::publish(&mut tx, &platform.ambient, &hub, &*weeks, training, by, seen).await?;
    let roster = read(&mut tx, lead.training).await?;
    once.ok(tx, &AllocationView::from(&roster)).await
}

/// Whether the training can open; rule by rule, with how many people are missing.
#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/opening", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = OpeningView)), tag = "class-allocation")]
pub async fn get_opening(
    State(platform): State<Platform>,
    State(weeks): State<Weeks>,
    watcher: Granted<Watch>,
) -> Result<axum::Json<OpeningView>, Problem> {
    let mut conn = platform.db.read().await?;
    let roster = read(&mut conn, watcher.training).await?;
    Ok(axum::Json(opening::explanation(&mut conn, &*weeks, &roster, platform.ambient.now()).await?.into()))
}

pub(super) async fn read(conn: &mut Conn, training: TrainingId) -> Result<Roster, Problem> {
    roster::read(conn, training).await?.ok_or_else(not_found)
}
