//! The grading queue of a class, and one work beside its rubric.

use axum::Json;
use axum::extract::State;
use class_allocation::access::ClassStaff;
use garde::Validate;
use http_kit::{Page, Paged, Path, Problem, Query, SignedIn, not_found};
use kernel::Timestamp;
use kernel::id::{ClassId, ReflectionId, SubmissionId, TaskId};
use serde::{Deserialize, Serialize};
use storage::blobs::{GivenTo, PartOf};
use utoipa::{IntoParams, ToSchema};

use super::reviews::ReviewView;
use super::rubrics::RubricView;
use super::submissions::{WorkFileView, file_view};
use super::{AssessedPersonView, Shared};
use crate::model::rubric::Rubric;
use crate::model::work::{ReviewState, WorkId, WorkKind};
use crate::store::reviews::{self, Review};
use crate::store::rubrics;
use crate::store::works::{self, QueueRow, Work};

/// Which part of the queue is asked for.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct QueueQuery {
    /// What waits, unless another part is asked for.
    #[garde(skip)]
    #[serde(default)]
    #[param(inline)]
    part: QueuePart,
    /// How many graded works at most (1 to 200). The other parts come whole: they are the work of at most 20 learners.
    #[garde(range(min = 1, max = 200))]
    #[serde(default = "fifty")]
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: u16,
    /// The `next` of the page before.
    #[garde(inner(length(max = 200)))]
    after: Option<String>,
}

const fn fifty() -> u16 {
    50
}

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum QueuePart {
    #[default]
    Waiting,
    /// Sent back, and not handed in again.
    Returned,
    Graded,
}

/// One work of the queue. Points in hundredths.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QueuedWorkView {
    work_kind: WorkKind,
    /// A submission's or a reflection's id, by its kind.
    work_id: String,
    task_id: TaskId,
    learner: AssessedPersonView,
    week: u16,
    title: String,
    title_en: String,
    submitted_at: Timestamp,
    /// It was sent back before.
    again: bool,
    /// The caller has begun a review.
    drafted: bool,
    points: Option<u32>,
    most: Option<u32>,
}

/// A work with everything that a reviewer needs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WorkView {
    work_kind: WorkKind,
    work_id: String,
    class_id: ClassId,
    task_id: TaskId,
    learner: AssessedPersonView,
    week: u16,
    title: String,
    title_en: String,
    brief_html: String,
    /// Plain text, as it was typed.
    body: String,
    file: Option<WorkFileView>,
    /// Its number among the handings-in of this work; goes along with the review, so that a newer one is noticed.
    hand_in: i64,
    submitted_at: Timestamp,
    graded: bool,
    /// It waits for its learner.
    returned: bool,
    rubric: RubricView,
    /// The caller's unfinished review.
    draft: Option<ReviewView>,
    /// What the caller had begun when somebody else decided, the oldest first.
    overtaken: Vec<ReviewView>,
    /// What was decided before, the oldest first.
    reviews: Vec<ReviewView>,
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/grading-queue", params(("class_id" = ClassId, Path), QueueQuery),
    responses((status = 200, body = Paged<QueuedWorkView>)), tag = "assessment")]
pub(super) async fn get_grading_queue(
    State(Shared { platform, .. }): State<Shared>,
    staff: ClassStaff,
    Query(query): Query<QueueQuery>,
) -> Result<Json<Paged<QueuedWorkView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let whole = |items| Paged { items, next: None };
    let paged = match query.part {
        QueuePart::Waiting => whole(works::waiting(&mut conn, staff.class, staff.actor.person).await?),
        QueuePart::Returned => whole(works::returned(&mut conn, staff.class).await?),
        QueuePart::Graded => {
            let page = Page { limit: query.limit, after: query.after };
            let behind = page.after.as_deref().map(str::parse).transpose().map_err(|_| not_found())?;
            let rows = works::graded(&mut conn, staff.class, behind, i64::from(page.limit) + 1).await?;
            Paged::cut(rows, &page, |row| row.review_id.map(|id| id.to_string()).unwrap_or_default())
        }
    };
    Ok(Json(paged.map(QueuedWorkView::from)))
}

#[utoipa::path(get, path = "/api/v1/submissions/{submission_id}", params(("submission_id" = SubmissionId, Path)),
    responses((status = 200, body = WorkView)), tag = "assessment")]
pub(super) async fn get_submission(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<SubmissionId>,
) -> Result<Json<WorkView>, Problem> {
    Ok(Json(show(&shared, &actor, WorkId::Submission(id)).await?))
}

#[utoipa::path(get, path = "/api/v1/reflections/{reflection_id}/work", params(("reflection_id" = ReflectionId, Path)),
    responses((status = 200, body = WorkView)), tag = "assessment")]
pub(super) async fn get_reflection_work(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<ReflectionId>,
) -> Result<Json<WorkView>, Problem> {
    Ok(Json(show(&shared, &actor, WorkId::Reflection(id)).await?))
}

/// A work as staff of its class see it.
async fn show(shared: &Shared, actor: &SignedIn, id: WorkId) -> Result<WorkView, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let work = works::find(&mut conn, id).await?.ok_or_else(not_found)?;
    ClassStaff::check(&mut conn, actor, work.class_id).await?;
    let rubric = rubrics::for_work(&mut conn, work.training_id, id.kind(), work.rubric).await?;
    let reviews = reviews::of_work(&mut conn, id.uuid(), actor.person).await?;
    drop(conn);
    view(shared, actor, id, work, rubric, &reviews).await
}

/// The work with its rubric and what its reviewer may read of it. The store of files reads by connections of its own.
pub(super) async fn view(
    shared: &Shared,
    actor: &SignedIn,
    id: WorkId,
    work: Work,
    rubric: Rubric,
    reviews: &[Review],
) -> Result<WorkView, Problem> {
    let blob = match work.blob_id {
        Some(blob) => shared.blobs.find(blob).await?,
        None => None,
    };
    let to = GivenTo::new(actor, PartOf::Class(work.class_id));
    let file = file_view(shared, blob.as_ref(), to).await?;
    let of = |state: &[ReviewState]| -> Vec<ReviewView> {
        let own = reviews.iter().filter(|review| state.contains(&review.state)).cloned();
        own.map(ReviewView::from).collect()
    };
    Ok(WorkView {
        work_kind: id.kind(),
        work_id: id.to_string(),
        class_id: work.class_id,
        task_id: work.task_id,
        learner: AssessedPersonView { id: work.person_id, name: work.learner },
        week: work.week,
        title: work.title,
        title_en: work.title_en,
        brief_html: work.brief_html,
        body: work.body,
        file,
        hand_in: work.hand_in,
        submitted_at: work.submitted_at,
        graded: work.graded,
        returned: work.returned,
        rubric: rubric.into(),
        draft: of(&[ReviewState::Draft]).into_iter().next(),
        overtaken: of(&[ReviewState::Overtaken]),
        reviews: of(&[ReviewState::Finished, ReviewState::Returned]),
    })
}

impl From<QueueRow> for QueuedWorkView {
    fn from(row: QueueRow) -> Self {
        Self {
            work_kind: row.work_kind,
            work_id: WorkId::of(row.work_kind, row.work_id).to_string(),
            task_id: row.task_id,
            learner: AssessedPersonView { id: row.person_id, name: row.learner },
            week: row.week,
            title: row.title,
            title_en: row.title_en,
            submitted_at: row.submitted_at,
            again: row.again,
            drafted: row.drafted,
            points: row.points,
            most: row.most,
        }
    }
}
