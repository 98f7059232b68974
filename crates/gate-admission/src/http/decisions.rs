//! The lead's decisions: one, many, the next of the waitlist.

use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, IfMatch, Path, Platform, Posted, Problem, Reader, SignedIn, not_found, wording,
};
use kernel::Lang;
use kernel::id::{ApplicationId, TrainingId};
use realtime::Hub;
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Manage};
use utoipa::ToSchema;

use crate::error::DecisionError;
use crate::model::application::{ApplicationState, Decision};
use crate::service::decide::{self, Asked, Decided, Order, Ruling};
use crate::store;

/// A decision; the applicant reads the reason.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct DecideInput {
    #[garde(skip)]
    decision: Decision,
    #[garde(custom(wording::words(1000)))]
    reason: String,
    /// Admit although others have waited longer; the reason says why, and stays in the history of the application.
    #[garde(skip)]
    #[serde(default)]
    ahead_of_waitlist: bool,
}

/// One decision on many applications, each as it was read.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct DecideManyInput {
    #[garde(length(min = 1, max = 200))]
    applications: Vec<ReadApplication>,
    #[garde(skip)]
    decision: Decision,
    #[garde(custom(wording::words(1000)))]
    reason: String,
}

/// An application and the version of it that was read.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub(super) struct ReadApplication {
    application_id: ApplicationId,
    version: i64,
}

/// Who is next on the waitlist, and why they are admitted now.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct AdmitNextInput {
    #[garde(skip)]
    application_id: ApplicationId,
    #[garde(custom(wording::words(1000)))]
    reason: String,
}

/// What a decision made of an application.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecidedView {
    application_id: ApplicationId,
    state: ApplicationState,
    seat_no: Option<u16>,
}

/// What each of many decisions made of its application, or why it made nothing.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecidedManyView {
    items: Vec<DecidedRowView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecidedRowView {
    application_id: ApplicationId,
    /// The new state; absent when nothing was decided.
    state: Option<ApplicationState>,
    seat_no: Option<u16>,
    problem: Option<DecisionProblemView>,
}

/// Why an application could not be decided like this.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecisionProblemView {
    code: String,
    title: String,
}

#[utoipa::path(post, path = "/api/v1/applications/{application_id}/decide",
    params(("application_id" = ApplicationId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = DecideInput,
    responses((status = 200, body = DecidedView)), tag = "gate-admission")]
pub(super) async fn decide_application(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    actor: SignedIn,
    Path(id): Path<ApplicationId>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<DecideInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let application = store::applications::find(&mut tx, id).await?.ok_or_else(not_found)?;
    let lead = Granted::<Manage>::check(&mut tx, &actor, application.training_id).await?;
    let order = if input.ahead_of_waitlist { Order::PassedOver } else { Order::Kept };
    let ruling = Ruling { lead: &lead, decision: input.decision, reason: input.reason.trim(), order };
    let decided =
        decide::decide(&mut tx, &platform.ambient, &hub, &ruling, Asked { application: id, read }).await?;
    once.ok(tx, &DecidedView::from(decided)).await
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/applications/decide-many",
    params(("training_id" = TrainingId, Path)), request_body = DecideManyInput,
    responses((status = 200, body = DecidedManyView)), tag = "gate-admission")]
pub(super) async fn decide_applications(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    lead: Granted<Manage>,
    Reader(lang): Reader,
    Posted { input, once }: Posted<DecideManyInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let (decision, reason) = (input.decision, input.reason.trim());
    // Whoever is passed over is passed over one by one.
    let ruling = Ruling { lead: &lead, decision, reason, order: Order::Kept };
    let asked: Vec<Asked> = input.applications.into_iter().map(Asked::from).collect();
    let results = decide::decide_many(&mut tx, &platform.ambient, &hub, &ruling, &asked).await?;
    let items = results.into_iter().map(|(id, result)| DecidedRowView::of(id, result, lang)).collect();
    once.ok(tx, &DecidedManyView { items }).await
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/applications/admit-next",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = AdmitNextInput,
    responses((status = 200, body = DecidedView)), tag = "gate-admission")]
pub(super) async fn admit_next_application(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    lead: Granted<Manage>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<AdmitNextInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let (asked, reason) = (Asked { application: input.application_id, read }, input.reason.trim());
    let decided = decide::admit_next(&mut tx, &platform.ambient, &hub, &lead, asked, reason).await?;
    once.ok(tx, &DecidedView::from(decided)).await
}

impl From<ReadApplication> for Asked {
    fn from(read: ReadApplication) -> Self {
        Self { application: read.application_id, read: read.version }
    }
}

impl From<Decided> for DecidedView {
    fn from(decided: Decided) -> Self {
        Self { application_id: decided.application, state: decided.state, seat_no: decided.seat_no() }
    }
}

impl DecidedRowView {
    fn of(id: ApplicationId, result: Result<Decided, DecisionError>, lang: Lang) -> Self {
        match result {
            Ok(decided) => Self {
                application_id: id,
                state: Some(decided.state),
                seat_no: decided.seat_no(),
                problem: None,
            },
            Err(error) => {
                let problem = Problem::from(error);
                let problem = DecisionProblemView {
                    code: problem.code.to_owned(),
                    title: problem.title.get(lang).to_owned(),
                };
                Self { application_id: id, state: None, seat_no: None, problem: Some(problem) }
            }
        }
    }
}
