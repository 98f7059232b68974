//! Handing a plan in, deciding it, and the history of both.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Page, Paged, Platform, Posted, Problem, Query, not_found, wording};
use kernel::Timestamp;
use kernel::id::TrainingId;
use realtime::Hub;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::plans::{PlanBody, PlanView};
use super::views::{Nothing, PlanPersonView};
use crate::access::{Decide, Granted, Manage, Oversee};
use crate::error::PlanError;
use crate::model::plan::PlanDecision;
use crate::service;
use crate::service::decide_plan::{Ruling, decide_plan};
use crate::store::{self, submissions::PlanSubmission};

/// A word for the lead, which may be left out.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct ApprovePlanInput {
    #[garde(custom(wording::spare_text(1000)))]
    #[serde(default)]
    note: String,
}

/// Why the plan goes back; the lead reads it.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct ReturnPlanInput {
    #[garde(custom(wording::words(2000)))]
    reasons: String,
}

/// One hand-in and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PlanSubmissionView {
    number: i64,
    submitted_by: PlanPersonView,
    submitted_at: Timestamp,
    decision: Option<PlanDecision>,
    reasons: Option<String>,
    decided_by: Option<PlanPersonView>,
    decided_at: Option<Timestamp>,
    content: PlanBody,
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/plan/submit",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = PlanView)), tag = "training-plan")]
pub(super) async fn submit_plan(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    lead: Granted<Manage>,
    IfMatch(read): IfMatch,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let plan = service::submit_plan::submit_plan(&mut tx, &platform.ambient, &hub, &lead, read).await?;
    once.ok(tx, &PlanView::from(plan)).await
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/plan/approve",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = ApprovePlanInput, responses((status = 200, body = PlanView)), tag = "training-plan")]
pub(super) async fn approve_plan(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    office: Granted<Decide>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<ApprovePlanInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let ruling = Ruling { read, decision: PlanDecision::Approved, reasons: input.note.trim() };
    let plan = decide_plan(&mut tx, &platform.ambient, &hub, &office, ruling).await?;
    once.ok(tx, &PlanView::from(plan)).await
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/plan/return",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = ReturnPlanInput, responses((status = 200, body = PlanView)), tag = "training-plan")]
pub(super) async fn return_plan(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    office: Granted<Decide>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<ReturnPlanInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let ruling = Ruling { read, decision: PlanDecision::Returned, reasons: input.reasons.trim() };
    let plan = decide_plan(&mut tx, &platform.ambient, &hub, &office, ruling).await?;
    once.ok(tx, &PlanView::from(plan)).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/plan/submissions",
    params(("training_id" = TrainingId, Path), Page),
    responses((status = 200, body = Paged<PlanSubmissionView>)), tag = "training-plan")]
pub(super) async fn list_plan_submissions(
    State(platform): State<Platform>,
    granted: Granted<Oversee>,
    Query(page): Query<Page>,
) -> Result<Json<Paged<PlanSubmissionView>>, Problem> {
    let before = page.after.as_deref().map_or(Ok(i64::MAX), str::parse).map_err(|_| not_found())?;
    let mut conn = platform.db.read().await?;
    let plan = store::plans::find(&mut conn, granted.training).await?.ok_or(PlanError::NoSuchPlan)?;
    let limit = i64::from(page.limit) + 1;
    let submissions = store::submissions::page(&mut conn, plan.id, before, limit).await?;
    Ok(Json(Paged::cut(submissions, &page, |one| one.number.to_string()).map(PlanSubmissionView::from)))
}

impl From<PlanSubmission> for PlanSubmissionView {
    fn from(row: PlanSubmission) -> Self {
        let decided_by = row.decided_by.zip(row.decided_by_name);
        Self {
            number: row.number,
            submitted_by: PlanPersonView { id: row.submitted_by, name: row.submitted_by_name },
            submitted_at: row.submitted_at,
            decision: row.decision,
            reasons: row.reasons,
            decided_by: decided_by.map(|(id, name)| PlanPersonView { id, name }),
            decided_at: row.decided_at,
            content: row.content.0.into(),
        }
    }
}
