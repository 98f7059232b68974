//! The plan as its lead edits it and as the office reads it.

use axum::extract::State;
use garde::Validate;
use http_kit::{IfMatch, Input, Platform, Problem, Versioned, sane_date, wording};
use kernel::id::TrainingId;
use kernel::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::{Granted, Manage, Oversee};
use crate::error::PlanError;
use crate::model::plan::{BudgetLine, ContentLine, PlanContent, PlanState, StaffNeeded};
use crate::service;
use crate::store::{self, plans::Plan};

/// Everything that a plan says, with its training's names and calendar.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct PlanBody {
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(80)))]
    title: String,
    #[garde(custom(wording::spare_line(160)))]
    #[serde(default)]
    title_en: String,
    /// A name of the IANA time zone database.
    #[garde(skip)]
    time_zone: String,
    #[garde(custom(sane_date))]
    starts_on: Date,
    #[garde(range(min = 1, max = 52))]
    weeks: u16,
    #[garde(custom(wording::spare_text(4000)))]
    purpose: String,
    #[garde(custom(wording::spare_text(1000)))]
    target_group: String,
    /// How many learners it is made for.
    #[garde(range(max = 500))]
    scale: u16,
    #[garde(dive)]
    staff_needed: StaffNeededBody,
    #[garde(length(max = 60), dive)]
    content_lines: Vec<ContentLineBody>,
    #[garde(length(max = 60), dive)]
    budget_lines: Vec<BudgetLineBody>,
}

/// How many people it takes to lead it.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct StaffNeededBody {
    #[garde(range(max = 500))]
    assistants: u16,
    #[garde(range(max = 500))]
    experts: u16,
}

/// One subject of the training, and the weeks that it takes.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct ContentLineBody {
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(120)))]
    title: String,
    #[garde(custom(wording::spare_text(2000)))]
    #[serde(default)]
    body: String,
    #[garde(range(min = 1, max = 52))]
    first_week: u16,
    #[garde(range(min = 1, max = 52))]
    last_week: u16,
}

/// What something costs, in fen.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct BudgetLineBody {
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(120)))]
    title: String,
    #[garde(range(min = 0, max = 100_000_000_000_i64))]
    fen: i64,
}

/// A plan as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PlanView {
    training_id: TrainingId,
    state: PlanState,
    /// Also the `ETag`.
    version: i64,
    /// How often it was handed in.
    submission: i64,
    updated_at: Timestamp,
    /// The sum of the budget, in fen.
    budget_fen: i64,
    content: PlanBody,
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/plan", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = PlanView)), tag = "training-plan")]
pub(super) async fn get_plan(
    State(platform): State<Platform>,
    granted: Granted<Oversee>,
) -> Result<Versioned<PlanView>, Problem> {
    let mut conn = platform.db.read().await?;
    let plan = store::plans::find(&mut conn, granted.training).await?.ok_or(PlanError::NoSuchPlan)?;
    Ok(versioned(plan))
}

#[utoipa::path(put, path = "/api/v1/trainings/{training_id}/plan",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = PlanBody, responses((status = 200, body = PlanView)), tag = "training-plan")]
pub(super) async fn save_plan(
    State(platform): State<Platform>,
    lead: Granted<Manage>,
    IfMatch(version): IfMatch,
    Input(body): Input<PlanBody>,
) -> Result<Versioned<PlanView>, Problem> {
    let mut tx = platform.begin(&lead.actor).await?;
    let plan = service::save_plan::save_plan(&mut tx, &platform.ambient, &lead, version, body.into()).await?;
    tx.commit().await?;
    Ok(versioned(plan))
}

fn versioned(plan: Plan) -> Versioned<PlanView> {
    Versioned(plan.version, plan.into())
}

impl From<Plan> for PlanView {
    fn from(plan: Plan) -> Self {
        Self {
            training_id: plan.training,
            state: plan.state,
            version: plan.version,
            submission: plan.submission,
            updated_at: plan.updated_at,
            budget_fen: plan.content.budget(),
            content: plan.content.into(),
        }
    }
}

impl From<PlanBody> for PlanContent {
    fn from(body: PlanBody) -> Self {
        let trimmed = |text: String| text.trim().to_owned();
        let content_line = |line: ContentLineBody| ContentLine {
            title: trimmed(line.title),
            body: trimmed(line.body),
            first_week: line.first_week,
            last_week: line.last_week,
        };
        let budget_line = |line: BudgetLineBody| BudgetLine { title: trimmed(line.title), fen: line.fen };
        Self {
            title: trimmed(body.title),
            title_en: trimmed(body.title_en),
            time_zone: body.time_zone,
            starts_on: body.starts_on,
            weeks: body.weeks,
            purpose: trimmed(body.purpose),
            target_group: trimmed(body.target_group),
            scale: body.scale,
            staff_needed: StaffNeeded {
                assistants: body.staff_needed.assistants,
                experts: body.staff_needed.experts,
            },
            content_lines: body.content_lines.into_iter().map(content_line).collect(),
            budget_lines: body.budget_lines.into_iter().map(budget_line).collect(),
        }
    }
}

impl From<PlanContent> for PlanBody {
    fn from(content: PlanContent) -> Self {
        let content_line = |line: ContentLine| ContentLineBody {
            title: line.title,
            body: line.body,
            first_week: line.first_week,
            last_week: line.last_week,
        };
        let budget_line = |line: BudgetLine| BudgetLineBody { title: line.title, fen: line.fen };
        Self {
            title: content.title,
            title_en: content.title_en,
            time_zone: content.time_zone,
            starts_on: content.starts_on,
            weeks: content.weeks,
            purpose: content.purpose,
            target_group: content.target_group,
            scale: content.scale,
            staff_needed: StaffNeededBody {
                assistants: content.staff_needed.assistants,
                experts: content.staff_needed.experts,
            },
            content_lines: content.content_lines.into_iter().map(content_line).collect(),
            budget_lines: content.budget_lines.into_iter().map(budget_line).collect(),
        }
    }
}
