//! Trainings: making one, listing those one may see, reading one with its stepper.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, Page, Paged, Platform, Posted, Problem, Query, SignedIn, not_found, sane_date, wording,
};
use kernel::id::{OrgUnitId, TrainingId};
use kernel::{Actor, Date, Role, Scope, TimeZone, Timestamp};
use serde::{Deserialize, Serialize};
use storage::Conn;
use utoipa::{IntoParams, ToSchema};

use super::views::TrainingUnitView;
use crate::access::{self, Access, Assist, Decide, Granted, Guide, Manage, Read, Supervise};
use crate::model::plan::PlanState;
use crate::model::stages::{self, NextStep, Stage, StageName, StageState};
use crate::model::training::{Training, TrainingState};
use crate::service::create_training::{NewTraining, create_training as create};
use crate::store::trainings::{Listed, page};

/// What a training starts with.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct NewTrainingInput {
    #[garde(skip)]
    org_unit_id: OrgUnitId,
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(80)))]
    title: String,
    #[garde(custom(wording::spare_line(160)))]
    #[serde(default)]
    title_en: String,
    /// A name of the IANA time zone database.
    #[garde(skip)]
    #[serde(default = "shanghai")]
    time_zone: String,
    #[garde(custom(sane_date))]
    starts_on: Date,
    #[garde(range(min = 1, max = 52))]
    weeks: u16,
}

/// Which trainings are listed, and which part of them.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TrainingsQuery {
    /// How many items at most (1 to 200).
    #[garde(range(min = 1, max = 200))]
    #[serde(default = "fifty")]
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: u16,
    /// The `next` of the page before.
    #[garde(skip)]
    after: Option<TrainingId>,
    /// Only those whose plan is in this state, such as the ones that wait for a decision.
    #[garde(skip)]
    plan_state: Option<PlanState>,
}

/// A training in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TrainingCardView {
    id: TrainingId,
    title: String,
    title_en: String,
    org_unit: TrainingUnitView,
    time_zone: String,
    starts_on: Date,
    ends_on: Date,
    weeks: u16,
    state: TrainingState,
    plan_state: PlanState,
    /// The week that is open now, if one is.
    current_week: Option<u16>,
}

/// A training with its four stages and what the caller may do in it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TrainingView {
    #[serde(flatten)]
    card: TrainingCardView,
    stages: Vec<StageView>,
    may: TrainingAccessView,
}

/// One step of the stepper.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StageView {
    name: StageName,
    state: StageState,
    /// What is to be done now.
    next: Option<NextStep>,
    /// Who does it.
    acts: Option<Role>,
}

/// What the caller may do in a training.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TrainingAccessView {
    manage: bool,
    supervise: bool,
    decide: bool,
    guide: bool,
    assist: bool,
}

#[utoipa::path(post, path = "/api/v1/trainings", request_body = NewTrainingInput,
    responses((status = 201, body = TrainingCardView)), tag = "training-plan")]
pub(super) async fn create_training(
    State(platform): State<Platform>,
    actor: SignedIn,
    Posted { input, once }: Posted<NewTrainingInput>,
) -> Result<Answer, Halt> {
    if !actor.is(Role::TrainingLead) && !actor.is_administrator() {
        return Err(access::denied().into());
    }
    let mut tx = once.begin().await?;
    let new = NewTraining {
        org_unit: input.org_unit_id,
        title: input.title.trim().to_owned(),
        title_en: input.title_en.trim().to_owned(),
        time_zone: input.time_zone,
        starts_on: input.starts_on,
        weeks: input.weeks,
    };
    let training = create(&mut tx, &platform.ambient, &actor, new).await?;
    let listed = listed(&mut tx, training.id).await?;
    once.created(tx, &TrainingCardView::of(listed, platform.ambient.now())).await
}

#[utoipa::path(get, path = "/api/v1/trainings", params(TrainingsQuery),
    responses((status = 200, body = Paged<TrainingCardView>)), tag = "training-plan")]
pub(super) async fn list_trainings(
    State(platform): State<Platform>,
    actor: SignedIn,
    Query(query): Query<TrainingsQuery>,
) -> Result<Json<Paged<TrainingCardView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let limit = i64::from(query.limit) + 1;
    let everything = actor.is_administrator() || actor.holds(Role::ProvincialOffice, Scope::System);
    let rows = page(&mut conn, everything, visible(&actor), query.plan_state, query.after, limit).await?;
    let page = Page { limit: query.limit, after: None };
    let paged = Paged::cut(rows, &page, |listed| listed.training.id.to_string());
    let now = platform.ambient.now();
    Ok(Json(paged.map(|listed| TrainingCardView::of(listed, now))))
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = TrainingView)), tag = "training-plan")]
pub(super) async fn get_training(
    State(platform): State<Platform>,
    granted: Granted<Read>,
) -> Result<Json<TrainingView>, Problem> {
    let mut conn = platform.db.read().await?;
    let listed = listed(&mut conn, granted.training).await?;
    let standing =
        access::standing(&mut conn, &granted.actor, granted.training).await?.ok_or_else(not_found)?;
    let stages = stages::stages(listed.training.plan_state, listed.training.state);
    Ok(Json(TrainingView {
        stages: stages.into_iter().map(StageView::from).collect(),
        may: TrainingAccessView {
            manage: Manage::is_given(&standing),
            supervise: Supervise::is_given(&standing),
            decide: Decide::is_given(&standing),
            guide: Guide::is_given(&standing),
            assist: Assist::is_given(&standing),
        },
        card: TrainingCardView::of(listed, platform.ambient.now()),
    }))
}

async fn listed(conn: &mut Conn, training: TrainingId) -> Result<Listed, Problem> {
    crate::store::trainings::find_listed(conn, training).await?.ok_or_else(not_found)
}

/// The trainings on which somebody holds a grant, and the units over which they are the provincial office.
fn visible(actor: &Actor) -> Vec<uuid::Uuid> {
    let trainings = actor.grants.iter().filter_map(|grant| match grant.scope {
        Scope::Training(training) => Some(training.uuid()),
        _ => None,
    });
    trainings.chain(access::offices(actor).map(OrgUnitId::uuid)).collect()
}

impl TrainingCardView {
    fn of(listed: Listed, now: Timestamp) -> Self {
        let Listed { training, org_unit_name } = listed;
        Self {
            current_week: current_week(&training, now),
            ends_on: training.ends_on(),
            id: training.id,
            title: training.title,
            title_en: training.title_en,
            org_unit: TrainingUnitView { id: training.org_unit, name: org_unit_name },
            time_zone: training.time_zone.name().to_owned(),
            starts_on: training.starts_on,
            weeks: training.weeks,
            state: training.state,
            plan_state: training.plan_state,
        }
    }
}

impl From<Stage> for StageView {
    fn from(stage: Stage) -> Self {
        Self { name: stage.name, state: stage.state, next: stage.next, acts: stage.acts }
    }
}

fn current_week(training: &Training, now: Timestamp) -> Option<u16> {
    (training.state == TrainingState::Running).then(|| training.week_at(now)).flatten()
}

fn shanghai() -> String {
    TimeZone::SHANGHAI.to_owned()
}

const fn fifty() -> u16 {
    50
}
