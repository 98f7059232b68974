//! Recruitment notices, for everybody: nobody has to sign in to read them.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Page, Paged, Path, Platform, Problem, Query, not_found};
use kernel::id::TrainingId;
use kernel::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::model::notice::{NoticeState, state_at};
use crate::model::rules::{EligibilityQuestion, PledgeClause, WillingnessQuestion};
use crate::store::{self, notices::Published};

/// Which part of the list.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PublicTrainingsQuery {
    /// How many items at most (1 to 100).
    #[garde(range(min = 1, max = 100))]
    #[serde(default = "twenty")]
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: u16,
    /// The `next` of the page before.
    #[garde(skip)]
    after: Option<TrainingId>,
}

/// A training that takes, took or will take applications.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PublicTrainingView {
    training_id: TrainingId,
    title: String,
    training_title: String,
    org_unit_name: String,
    state: NoticeState,
    opens_at: Timestamp,
    closes_at: Timestamp,
    capacity: u16,
    least_hours: u16,
    starts_on: Date,
    weeks: u16,
    time_zone: String,
}

/// A notice as a visitor reads it: what is asked, but not how answers are judged.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PublicNoticeView {
    #[serde(flatten)]
    card: PublicTrainingView,
    /// Sanitised; safe to show as it is.
    body_html: String,
    eligibility: Vec<AskedView>,
    willingness: Vec<AskedChoiceView>,
    pledge: Vec<AskedView>,
}

/// A question or a clause.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AskedView {
    pub key: String,
    pub text: String,
}

/// A question with its choices, in order; an answer names a choice by its place (0 is the first).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AskedChoiceView {
    pub key: String,
    pub text: String,
    pub choices: Vec<String>,
}

#[utoipa::path(get, path = "/api/v1/public/trainings", params(PublicTrainingsQuery),
    responses((status = 200, body = Paged<PublicTrainingView>)), tags = ["gate-admission", "public"])]
pub(super) async fn list_public_trainings(
    State(platform): State<Platform>,
    Query(query): Query<PublicTrainingsQuery>,
) -> Result<Json<Paged<PublicTrainingView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let limit = i64::from(query.limit) + 1;
    let rows = store::notices::published(&mut conn, query.after, limit).await?;
    let page = Page { limit: query.limit, after: None };
    let paged = Paged::cut(rows, &page, |row| row.training_id.to_string());
    let now = platform.ambient.now();
    Ok(Json(paged.map(|row| PublicTrainingView::of(row, now))))
}

#[utoipa::path(get, path = "/api/v1/public/trainings/{training_id}/notice",
    params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = PublicNoticeView)), tags = ["gate-admission", "public"])]
pub(super) async fn get_public_notice(
    State(platform): State<Platform>,
    Path(training): Path<TrainingId>,
) -> Result<Json<PublicNoticeView>, Problem> {
    let mut conn = platform.db.read().await?;
    let card = store::notices::one_published(&mut conn, training).await?.ok_or_else(not_found)?;
    let notice = store::notices::find(&mut conn, training).await?.ok_or_else(not_found)?;
    Ok(Json(PublicNoticeView {
        card: PublicTrainingView::of(card, platform.ambient.now()),
        body_html: notice.body_html,
        eligibility: notice.rules.eligibility.into_iter().map(AskedView::from).collect(),
        willingness: notice.rules.willingness.into_iter().map(AskedChoiceView::from).collect(),
        pledge: notice.rules.pledge.into_iter().map(AskedView::from).collect(),
    }))
}

impl PublicTrainingView {
    fn of(row: Published, now: Timestamp) -> Self {
        Self {
            state: state_at(row.opens_at, row.closes_at, now),
            training_id: row.training_id,
            title: row.title,
            training_title: row.training_title,
            org_unit_name: row.org_unit_name,
            opens_at: row.opens_at,
            closes_at: row.closes_at,
            capacity: row.capacity,
            least_hours: row.least_hours,
            starts_on: row.starts_on,
            weeks: row.weeks,
            time_zone: row.time_zone,
        }
    }
}

impl From<EligibilityQuestion> for AskedView {
    fn from(question: EligibilityQuestion) -> Self {
        Self { key: question.key, text: question.text }
    }
}
impl From<PledgeClause> for AskedView {
    fn from(clause: PledgeClause) -> Self {
        Self { key: clause.key, text: clause.text }
    }
}
impl From<WillingnessQuestion> for AskedChoiceView {
    fn from(question: WillingnessQuestion) -> Self {
        let choices = question.choices.into_iter().map(|choice| choice.text).collect();
        Self { key: question.key, text: question.text, choices }
    }
}

const fn twenty() -> u16 {
    20
}
