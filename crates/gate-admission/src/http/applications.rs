//! Applications on the lead's desk: the table, its figures, one application in full.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Page, Paged, Path, Platform, Problem, Query, SignedIn, Versioned, not_found};
use kernel::id::{ApplicationId, TrainingId};
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Oversee};
use utoipa::{IntoParams, ToSchema};

use super::my_application::steps;
use super::public_notices::{AskedChoiceView, AskedView};
use super::views::{AnswersBody, ApplicationStepView, ApplicationView};
use crate::model::application::{ApplicationState, EndedAs};
use crate::service::recommend::is_head_of;
use crate::store::{self, lists::Filter};

/// Which applications, and which part of the list.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ApplicationsQuery {
    /// How many items at most (1 to 200).
    #[garde(range(min = 1, max = 200))]
    #[serde(default = "fifty")]
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: u16,
    /// The `next` of the page before.
    #[garde(skip)]
    after: Option<ApplicationId>,
    #[garde(skip)]
    state: Option<ApplicationState>,
    /// Of those that are withdrawn, the ones that came to it in this way.
    #[garde(skip)]
    ended: Option<EndedAs>,
    /// A part of the applicant's name.
    #[garde(inner(length(chars, max = 40)))]
    name: Option<String>,
}

/// The figures above the table.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct AdmissionSummaryView {
    capacity: u16,
    drafts: i64,
    submitted: i64,
    recommended: i64,
    admitted: i64,
    waitlisted: i64,
    rejected: i64,
    /// Taken back by the applicant.
    withdrawn: i64,
    /// Admitted, and left the training.
    left: i64,
    /// Admitted, and ended by the lead.
    removed: i64,
}

/// Who gets the next free seat.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NextWaitingView {
    /// Absent where nobody waits.
    next: Option<ApplicationView>,
}

/// An application with the questions and their answers.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApplicationDetailView {
    #[serde(flatten)]
    application: ApplicationView,
    answers: AnswersBody,
    eligibility: Vec<AskedView>,
    willingness: Vec<AskedChoiceView>,
    pledge: Vec<AskedView>,
    threshold: u16,
    steps: Vec<ApplicationStepView>,
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/applications",
    params(("training_id" = TrainingId, Path), ApplicationsQuery),
    responses((status = 200, body = Paged<ApplicationView>)), tag = "gate-admission")]
pub(super) async fn list_applications(
    State(platform): State<Platform>,
    granted: Granted<Oversee>,
    Query(query): Query<ApplicationsQuery>,
) -> Result<Json<Paged<ApplicationView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let name = query.name.filter(|name| !name.trim().is_empty());
    let filter = Filter { state: query.state, ended: query.ended, name };
    let limit = i64::from(query.limit) + 1;
    let rows = store::lists::of_training(&mut conn, granted.training, &filter, query.after, limit).await?;
    let page = Page { limit: query.limit, after: None };
    let paged = Paged::cut(rows, &page, |row| row.id.to_string());
    Ok(Json(paged.map(ApplicationView::from)))
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/admission-summary",
    params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = AdmissionSummaryView)), tag = "gate-admission")]
pub(super) async fn get_admission_summary(
    State(platform): State<Platform>,
    granted: Granted<Oversee>,
) -> Result<Json<AdmissionSummaryView>, Problem> {
    let mut conn = platform.db.read().await?;
    let notice = store::notices::find(&mut conn, granted.training).await?;
    let capacity = notice.map_or(0, |notice| notice.capacity);
    let mut view = AdmissionSummaryView { capacity, ..AdmissionSummaryView::default() };
    for count in store::lists::counts(&mut conn, granted.training).await? {
        let slot = match count.state {
            ApplicationState::Draft => &mut view.drafts,
            ApplicationState::Submitted => &mut view.submitted,
            ApplicationState::Recommended => &mut view.recommended,
            ApplicationState::Admitted => &mut view.admitted,
            ApplicationState::Waitlisted => &mut view.waitlisted,
            ApplicationState::Rejected => &mut view.rejected,
            ApplicationState::Withdrawn => match count.ended {
                None | Some(EndedAs::Withdrawn) => &mut view.withdrawn,
                Some(EndedAs::Left) => &mut view.left,
                Some(EndedAs::Removed) => &mut view.removed,
            },
        };
        *slot += count.count;
    }
    Ok(Json(view))
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/applications/next-waiting",
    params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = NextWaitingView)), tag = "gate-admission")]
pub(super) async fn get_next_waiting(
    State(platform): State<Platform>,
    granted: Granted<Oversee>,
) -> Result<Json<NextWaitingView>, Problem> {
    let mut conn = platform.db.read().await?;
    let next = store::lists::first_waiting(&mut conn, granted.training).await?;
    Ok(Json(NextWaitingView { next: next.map(ApplicationView::from) }))
}

#[utoipa::path(get, path = "/api/v1/applications/{application_id}",
    params(("application_id" = ApplicationId, Path)),
    responses((status = 200, body = ApplicationDetailView)), tag = "gate-admission")]
pub(super) async fn get_application(
    State(platform): State<Platform>,
    actor: SignedIn,
    Path(id): Path<ApplicationId>,
) -> Result<Versioned<ApplicationDetailView>, Problem> {
    let mut conn = platform.db.read().await?;
    let application = store::applications::find(&mut conn, id)
        .await?
        .filter(|found| found.state != ApplicationState::Draft)
        .ok_or_else(not_found)?;
    // The applicant's school reads it, and whoever leads the training or watches over it; to others it does not exist.
    if !is_head_of(&mut conn, &actor, application.person_id).await? {
        let granted = Granted::<Oversee>::check(&mut conn, &actor, application.training_id).await;
        granted.map_err(Problem::hidden)?;
    }
    let row = store::lists::one(&mut conn, id).await?.ok_or_else(not_found)?;
    let notice = store::notices::find(&mut conn, application.training_id).await?.ok_or_else(not_found)?;
    let detail = ApplicationDetailView {
        application: row.into(),
        answers: application.answers.0.into(),
        threshold: notice.rules.threshold,
        eligibility: notice.rules.eligibility.into_iter().map(AskedView::from).collect(),
        willingness: notice.rules.willingness.into_iter().map(AskedChoiceView::from).collect(),
        pledge: notice.rules.pledge.into_iter().map(AskedView::from).collect(),
        steps: steps(&mut conn, id).await?,
    };
    Ok(Versioned(application.version, detail))
}

const fn fifty() -> u16 {
    50
}
