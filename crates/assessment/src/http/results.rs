//! Final results: computed by the lead, opened down to the records by whoever may.

use axum::Json;
use axum::extract::State;
use class_allocation::access::ClassMember;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Paged, Path, Posted, Problem, SignedIn, not_found};
use kernel::Timestamp;
use kernel::id::{AttemptId, ClassId, PersonId, PostId, ReviewId, TaskId, TrainingId};
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Manage, Oversee};
use utoipa::ToSchema;

use super::standings::{ComponentScoreView, titled};
use super::{AssessedPersonView, Shared};
use crate::error::EvaluationError;
use crate::model::evaluation::{Evidence, RecordRef};
use crate::model::grading::in_hundredths;
use crate::model::scheme::Grade;
use crate::service::close_training::close_training as close;
use crate::service::compute_results::{self as service, Asked, Computed};
use crate::store::results::{self, FinalResult, TitleRow};

/// Whether to compute although the training is under way or work waits for its review.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct ComputeResultsInput {
    #[garde(skip)]
    #[serde(default)]
    confirm: bool,
}

/// Whether to end the training although work waits for its review, which then counts nothing.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct CloseTrainingInput {
    #[garde(skip)]
    #[serde(default)]
    confirm: bool,
}

/// What a computation found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ComputedView {
    learners: usize,
    passed: usize,
    /// Results that are new or other than before.
    changed: usize,
}

/// A final result. `score` is hundredths of a percent, `credits_tenths` tenths of a credit.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ResultView {
    learner: AssessedPersonView,
    class_id: ClassId,
    class_name: String,
    score: u32,
    grade: Grade,
    passed: bool,
    credits_tenths: u32,
    hours: u16,
    /// Without their evidence, unless one result is opened.
    components: Vec<ComponentScoreView>,
    /// SHA-256 over scheme, evidence and outcome.
    result_hash: String,
    computed_at: Timestamp,
}

/// A task by its title.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct TaskTitleView {
    pub id: TaskId,
    pub week: u16,
    pub kind: String,
    pub title: String,
    pub title_en: String,
}

/// What one task gave, and the records that say so.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EvidenceView {
    task: Option<TaskTitleView>,
    /// Hundredths of a percent.
    score: u32,
    records: Vec<RecordView>,
}

/// A record behind a score. Points are in hundredths.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum RecordView {
    Watched {
        credited_ms: u32,
        length_ms: u32,
    },
    Attempt {
        id: AttemptId,
        score: u32,
        most: u32,
    },
    Review {
        id: ReviewId,
        points: u32,
        most: u32,
    },
    /// Handed in, and not yet reviewed.
    WaitingForReview,
    Post {
        id: PostId,
    },
    Done {
        at: Timestamp,
        late: bool,
    },
}

/// Computes everybody's result. One evaluation at a time for each person.
#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/results/compute",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version of the evaluation scheme that was read")),
    request_body = ComputeResultsInput, responses((status = 200, body = ComputedView)), tag = "assessment")]
pub(super) async fn compute_results(
    State(Shared { platform, evaluating, .. }): State<Shared>,
    lead: Granted<Manage>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<ComputeResultsInput>,
) -> Result<Answer, Halt> {
    let _place = evaluating.place(lead.actor.person).map_err(EvaluationError::from)?;
    let mut tx = once.begin().await?;
    let asked = Asked { read, confirmed: input.confirm };
    let computed = service::compute_results(&mut tx, &platform.ambient, &lead, asked).await?;
    once.ok(tx, &ComputedView::from(computed)).await
}

/// Computes the results for the last time, by the scheme that was read, and ends the training. One evaluation at a time for each
/// person.
#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/close",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version of the evaluation scheme that was read")),
    request_body = CloseTrainingInput, responses((status = 200, body = ComputedView)), tag = "assessment")]
pub(super) async fn close_training(
    State(Shared { platform, evaluating, .. }): State<Shared>,
    lead: Granted<Manage>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<CloseTrainingInput>,
) -> Result<Answer, Halt> {
    let _place = evaluating.place(lead.actor.person).map_err(EvaluationError::from)?;
    let mut tx = once.begin().await?;
    let asked = Asked { read, confirmed: input.confirm };
    let computed = close(&mut tx, &platform.ambient, &lead, asked).await?;
    once.ok(tx, &ComputedView::from(computed)).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/results", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = Paged<ResultView>)), tag = "assessment")]
pub(super) async fn list_results(
    State(Shared { platform, .. }): State<Shared>,
    overseer: Granted<Oversee>,
) -> Result<Json<Paged<ResultView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let all = results::of_training(&mut conn, overseer.training).await?;
    Ok(Json(Paged { items: all.into_iter().map(ResultView::from).collect(), next: None }))
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/results/{person_id}",
    params(("training_id" = TrainingId, Path), ("person_id" = PersonId, Path)),
    responses((status = 200, body = ResultView)), tag = "assessment")]
pub(super) async fn get_result(
    State(Shared { platform, .. }): State<Shared>,
    actor: SignedIn,
    Path((training, person)): Path<(TrainingId, PersonId)>,
) -> Result<Json<ResultView>, Problem> {
    let mut conn = platform.db.read().await?;
    let result = results::find(&mut conn, training, person).await?.ok_or_else(not_found)?;
    if actor.person != person && ClassMember::check(&mut conn, &actor, result.class_id).await?.is_learner() {
        return Err(not_found());
    }
    let titles: Vec<TaskTitleView> =
        results::titles(&mut conn, training).await?.into_iter().map(TaskTitleView::from).collect();
    let scores = result.components.0.clone();
    let mut view = ResultView::from(result);
    view.components.clear();
    for score in scores {
        let evidence = results::evidence(&mut conn, training, person, score.kind).await?;
        let evidence = evidence.into_iter().map(|e| EvidenceView::new(e, &titles)).collect();
        view.components.push(ComponentScoreView::new(&score, evidence));
    }
    Ok(Json(view))
}

impl EvidenceView {
    pub fn new(evidence: Evidence, titles: &[TaskTitleView]) -> Self {
        let records = evidence.records.into_iter().map(RecordView::from).collect();
        Self { task: titled(titles, evidence.task), score: evidence.score, records }
    }
}

impl From<RecordRef> for RecordView {
    fn from(record: RecordRef) -> Self {
        match record {
            RecordRef::Watched { credited_ms, length_ms } => Self::Watched { credited_ms, length_ms },
            RecordRef::Attempt { id, score, most } => {
                Self::Attempt { id, score: in_hundredths(score), most: in_hundredths(most) }
            }
            RecordRef::Review { id, points, most } => Self::Review { id, points, most },
            RecordRef::WaitingForReview => Self::WaitingForReview,
            RecordRef::Post { id } => Self::Post { id },
            RecordRef::Done { at, late } => Self::Done { at, late },
        }
    }
}

impl From<Computed> for ComputedView {
    fn from(Computed { learners, passed, changed }: Computed) -> Self {
        Self { learners, passed, changed }
    }
}

impl From<FinalResult> for ResultView {
    fn from(row: FinalResult) -> Self {
        Self {
            learner: AssessedPersonView { id: row.person_id, name: row.name },
            class_id: row.class_id,
            class_name: row.class_name,
            score: row.score,
            grade: row.grade,
            passed: row.passed,
            credits_tenths: row.credits,
            hours: row.hours,
            components: row.components.0.iter().map(|c| ComponentScoreView::new(c, Vec::new())).collect(),
            result_hash: row.result_hash,
            computed_at: row.computed_at,
        }
    }
}

impl From<TitleRow> for TaskTitleView {
    fn from(row: TitleRow) -> Self {
        let TitleRow { task_id, week, kind, title, title_en } = row;
        Self { id: task_id, week, kind, title, title_en }
    }
}
