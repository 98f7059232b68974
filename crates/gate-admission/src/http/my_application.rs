//! One's own application: written in steps, handed in, taken back.

use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, IfMatch, Input, Path, Platform, Posted, Problem, SignedIn, Versioned, not_found, wording,
};
use kernel::id::{ApplicationId, PersonId, TrainingId};
use kernel::{Date, Timestamp};
use realtime::Hub;
use serde::{Deserialize, Serialize};
use storage::Conn;
use training_plan::training::{self, TrainingState, last_day};
use utoipa::ToSchema;

use super::notices::Nothing;
use super::views::{AnswersBody, ApplicationStepView};
use crate::model::application::ApplicationState;
use crate::service;
use crate::service::withdraw_application::{Leaving, withdraw_application};
use crate::store::{self, applications::Application};

/// My application as it stands. Before the first save there is none: version 0, state draft, empty answers.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MyApplicationView {
    application_id: Option<ApplicationId>,
    training_id: TrainingId,
    training_title: String,
    starts_on: Date,
    ends_on: Date,
    time_zone: String,
    /// Before it runs an admission is withdrawn, while it runs it is ended.
    training_state: TrainingState,
    state: ApplicationState,
    /// Also the `ETag`.
    version: i64,
    answers: AnswersBody,
    willingness_score: Option<i64>,
    recommended: Option<bool>,
    submitted_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    /// Where I stand on the waitlist; 1 is next.
    waitlist_place: Option<i64>,
    seat_no: Option<i64>,
    /// What happened so far, with every reason.
    steps: Vec<ApplicationStepView>,
    /// Other trainings of mine in the same weeks: only one of them can admit me.
    overlaps: Vec<OverlapView>,
}

/// Another training in the same weeks.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OverlapView {
    training_id: TrainingId,
    title: String,
    starts_on: Date,
    ends_on: Date,
    state: ApplicationState,
}

/// Why; it may be left out.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct WithdrawInput {
    #[garde(custom(wording::spare_text(500)))]
    #[serde(default)]
    reason: String,
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/my-application",
    params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = MyApplicationView)), tag = "gate-admission")]
pub(super) async fn get_my_application(
    State(platform): State<Platform>,
    actor: SignedIn,
    Path(training): Path<TrainingId>,
) -> Result<Versioned<MyApplicationView>, Problem> {
    let mut conn = platform.db.read().await?;
    let found = store::applications::find_of(&mut conn, training, actor.person).await?;
    let is_public = store::notices::one_published(&mut conn, training).await?.is_some();
    if found.is_none() && !is_public {
        return Err(not_found());
    }
    let view = view(&mut conn, training, actor.person, found).await?;
    Ok(Versioned(view.version, view))
}

#[utoipa::path(put, path = "/api/v1/trainings/{training_id}/my-application",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = AnswersBody, responses((status = 200, body = MyApplicationView)), tag = "gate-admission")]
pub(super) async fn save_my_application(
    State(platform): State<Platform>,
    actor: SignedIn,
    Path(training): Path<TrainingId>,
    IfMatch(version): IfMatch,
    Input(body): Input<AnswersBody>,
) -> Result<Versioned<MyApplicationView>, Problem> {
    let mut tx = platform.begin(&actor).await?;
    let (ambient, answers) = (&platform.ambient, body.into());
    let saved =
        service::save_application::save_application(&mut tx, ambient, &actor, training, version, answers)
            .await?;
    let view = view(&mut tx, training, actor.person, Some(saved)).await?;
    tx.commit().await?;
    Ok(Versioned(view.version, view))
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/my-application/submit",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = MyApplicationView)), tag = "gate-admission")]
pub(super) async fn submit_my_application(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    actor: SignedIn,
    Path(training): Path<TrainingId>,
    IfMatch(read): IfMatch,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let ambient = &platform.ambient;
    let submitted =
        service::submit_application::submit_application(&mut tx, ambient, &hub, &actor, training, read)
            .await?;
    let view = view(&mut tx, training, actor.person, Some(submitted)).await?;
    once.ok(tx, &view).await
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/my-application/withdraw",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = WithdrawInput,
    responses((status = 200, body = MyApplicationView)), tag = "gate-admission")]
pub(super) async fn withdraw_my_application(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    actor: SignedIn,
    Path(training): Path<TrainingId>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<WithdrawInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin_alone().await?;
    let leaving = Leaving { read, reason: input.reason.trim() };
    let withdrawn = withdraw_application(&mut tx, &platform.ambient, &hub, &actor, training, leaving).await?;
    let view = view(&mut tx, training, actor.person, Some(withdrawn)).await?;
    once.ok(tx, &view).await
}

async fn view(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
    application: Option<Application>,
) -> Result<MyApplicationView, Problem> {
    let found = training::find(conn, training).await?.ok_or_else(not_found)?;
    let overlaps = store::admissions::elsewhere(conn, person, training)
        .await?
        .into_iter()
        .map(|other| OverlapView {
            ends_on: last_day(other.starts_on, other.weeks),
            training_id: other.training_id,
            title: other.title,
            starts_on: other.starts_on,
            state: other.state,
        })
        .filter(|other| other.starts_on <= found.ends_on() && found.starts_on <= other.ends_on)
        .collect();
    let mut view = MyApplicationView {
        application_id: None,
        training_id: training,
        starts_on: found.starts_on,
        ends_on: found.ends_on(),
        time_zone: found.time_zone.name().to_owned(),
        training_state: found.state,
        training_title: found.title,
        state: ApplicationState::Draft,
        version: 0,
        answers: AnswersBody::default(),
        willingness_score: None,
        recommended: None,
        submitted_at: None,
        updated_at: None,
        waitlist_place: None,
        seat_no: None,
        steps: Vec::new(),
        overlaps,
    };
    if let Some(application) = application {
        view.waitlist_place = store::applications::waitlist_place(conn, &application).await?;
        view.seat_no = store::admissions::seat_of(conn, application.id).await?;
        view.steps = steps(conn, application.id).await?;
        view.application_id = Some(application.id);
        view.state = application.state;
        view.version = application.version;
        view.answers = application.answers.0.into();
        view.willingness_score = application.willingness_score;
        view.recommended = application.recommended;
        view.submitted_at = application.submitted_at;
        view.updated_at = Some(application.updated_at);
    }
    Ok(view)
}

/// What happened to an application so far.
pub(super) async fn steps(
    conn: &mut Conn,
    application: ApplicationId,
) -> Result<Vec<ApplicationStepView>, Problem> {
    let steps = store::steps::all(conn, application).await?;
    Ok(steps.into_iter().map(ApplicationStepView::from).collect())
}
