//! Reviews on the wire: saved as the reviewer goes, finished once.

use axum::Json;
use axum::extract::State;
use class_allocation::access::ClassStaff;
use garde::Validate;
use http_kit::{Answer, Halt, Input, Once, Path, Posted, Problem, SignedIn, not_found};
use kernel::Timestamp;
use kernel::id::{ReflectionId, ReviewId, SubmissionId};
use serde::{Deserialize, Serialize};
use storage::Conn;
use utoipa::ToSchema;

use super::rubrics::CriterionBody;
use super::works::{WorkView, view};
use super::{AssessedPersonView, Shared};
use crate::model::rubric::{Judgement, Levels};
use crate::model::work::{ReviewState, WorkId};
use crate::service::reviews::{self as service, Decision, Opinion};
use crate::store::reviews::{self, Review};
use crate::store::works;

/// What a reviewer thinks so far.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct ReviewInput {
    /// The number of the handing in that was read.
    #[garde(range(min = 1))]
    hand_in: i64,
    /// The version of the own draft that the reviewer saw (0: there is none): another device's newer words are not overwritten.
    #[garde(range(min = 0))]
    based_on: i64,
    /// The chosen level of each criterion.
    #[garde(length(max = 12))]
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    levels: Levels,
    #[garde(length(chars, max = 4000))]
    #[serde(default)]
    comment: String,
}

/// A decision about a work.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct FinishReviewInput {
    #[garde(skip)]
    decision: ReviewDecision,
    /// The number of the handing in that was read.
    #[garde(range(min = 1))]
    hand_in: i64,
    /// The version of the own draft that the reviewer saw.
    #[garde(range(min = 0))]
    based_on: i64,
    #[garde(length(max = 12))]
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    levels: Levels,
    #[garde(length(chars, max = 4000))]
    #[serde(default)]
    comment: String,
}

/// What becomes of the work.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ReviewDecision {
    /// Points by the rubric; the work no longer changes.
    Grade,
    /// Back to its learner for revision; the comment says what to do.
    SendBack,
}

/// A review. Points in hundredths.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReviewView {
    id: ReviewId,
    /// A submission's or a reflection's id.
    work_id: String,
    state: ReviewState,
    /// Counts the savings of the draft.
    version: i64,
    reviewer: AssessedPersonView,
    /// The number of the handing in that it is about.
    hand_in: i64,
    criteria: Vec<CriterionBody>,
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    levels: Levels,
    comment: String,
    points: Option<u32>,
    most: u32,
    saved_at: Timestamp,
    finished_at: Option<Timestamp>,
}

#[utoipa::path(put, path = "/api/v1/submissions/{submission_id}/review", params(("submission_id" = SubmissionId, Path)),
    request_body = ReviewInput, responses((status = 200, body = WorkView)), tag = "assessment")]
pub(super) async fn save_submission_review(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<SubmissionId>,
    Input(body): Input<ReviewInput>,
) -> Result<Json<WorkView>, Problem> {
    save(&shared, &actor, WorkId::Submission(id), body.into()).await
}

#[utoipa::path(put, path = "/api/v1/reflections/{reflection_id}/review", params(("reflection_id" = ReflectionId, Path)),
    request_body = ReviewInput, responses((status = 200, body = WorkView)), tag = "assessment")]
pub(super) async fn save_reflection_review(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<ReflectionId>,
    Input(body): Input<ReviewInput>,
) -> Result<Json<WorkView>, Problem> {
    save(&shared, &actor, WorkId::Reflection(id), body.into()).await
}

#[utoipa::path(post, path = "/api/v1/submissions/{submission_id}/review/finish",
    params(("submission_id" = SubmissionId, Path)), request_body = FinishReviewInput,
    responses((status = 204)), tag = "assessment")]
pub(super) async fn finish_submission_review(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<SubmissionId>,
    Posted { input, once }: Posted<FinishReviewInput>,
) -> Result<Answer, Halt> {
    finish(&shared, &actor, WorkId::Submission(id), input, once).await
}

#[utoipa::path(post, path = "/api/v1/reflections/{reflection_id}/review/finish",
    params(("reflection_id" = ReflectionId, Path)), request_body = FinishReviewInput,
    responses((status = 204)), tag = "assessment")]
pub(super) async fn finish_reflection_review(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<ReflectionId>,
    Posted { input, once }: Posted<FinishReviewInput>,
) -> Result<Answer, Halt> {
    finish(&shared, &actor, WorkId::Reflection(id), input, once).await
}

async fn save(
    shared: &Shared,
    actor: &SignedIn,
    id: WorkId,
    opinion: Opinion,
) -> Result<Json<WorkView>, Problem> {
    let mut tx = shared.platform.begin(actor).await?;
    let staff = staff_of(&mut tx, actor, id).await?;
    let (work, rubric) = service::save(&mut tx, &shared.platform.ambient, &staff, id, &opinion).await?;
    let reviews = reviews::of_work(&mut tx, id.uuid(), actor.person).await?;
    tx.commit().await?;
    Ok(Json(view(shared, actor, id, work, rubric, &reviews).await?))
}

async fn finish(
    shared: &Shared,
    actor: &SignedIn,
    id: WorkId,
    input: FinishReviewInput,
    once: Once,
) -> Result<Answer, Halt> {
    let FinishReviewInput { decision, hand_in, based_on, levels, comment } = input;
    let opinion = Opinion::from(ReviewInput { hand_in, based_on, levels, comment });
    let decision = match decision {
        ReviewDecision::Grade => Decision::Grade,
        ReviewDecision::SendBack => Decision::SendBack,
    };
    let mut tx = once.begin().await?;
    let staff = staff_of(&mut tx, actor, id).await?;
    let desk = (&shared.platform.ambient, &shared.hub);
    service::finish(&mut tx, desk, &staff, id, &opinion, decision).await?;
    once.done(tx).await
}

/// Proof that the caller leads the class of the work.
async fn staff_of(conn: &mut Conn, actor: &SignedIn, id: WorkId) -> Result<ClassStaff, Problem> {
    let work = works::find(conn, id).await?.ok_or_else(not_found)?;
    ClassStaff::check(conn, actor, work.class_id).await
}

impl From<ReviewInput> for Opinion {
    fn from(input: ReviewInput) -> Self {
        let judgement = Judgement { levels: input.levels, comment: input.comment.trim().to_owned() };
        Self { hand_in: input.hand_in, based_on: input.based_on, judgement }
    }
}

impl From<Review> for ReviewView {
    fn from(review: Review) -> Self {
        Self {
            id: review.id,
            work_id: WorkId::of(review.work_kind, review.work_id).to_string(),
            state: review.state,
            version: review.version,
            reviewer: AssessedPersonView { id: review.reviewer_id, name: review.reviewer },
            hand_in: review.hand_in,
            criteria: review.criteria.0.into_iter().map(CriterionBody::from).collect(),
            levels: review.levels.0,
            comment: review.comment,
            points: review.points,
            most: review.most,
            saved_at: review.saved_at,
            finished_at: review.finished_at,
        }
    }
}
