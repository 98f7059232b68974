//! Rubrics on the wire.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, Paged, Posted, Problem, wording};
use kernel::id::{RubricId, TrainingId};
use serde::{Deserialize, Serialize};
use training_plan::access::{Assist, Granted, Guide};
use utoipa::ToSchema;

use super::Shared;
use crate::model::default_rubrics;
use crate::model::rubric::{Criterion, Level, Rubric, most};
use crate::model::work::WorkKind;
use crate::service::rubrics::{NewRubric, create};
use crate::store::rubrics;

/// A rubric as an expert makes it.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct RubricInput {
    #[garde(skip)]
    work_kind: WorkKind,
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(120)))]
    title: String,
    #[garde(custom(wording::spare_line(160)))]
    #[serde(default)]
    title_en: String,
    #[garde(length(min = 1, max = 12), dive)]
    criteria: Vec<CriterionBody>,
}

/// One thing that is looked at.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct CriterionBody {
    #[garde(custom(wording::line(40)))]
    key: String,
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(120)))]
    title: String,
    #[garde(length(min = 2, max = 8), dive)]
    levels: Vec<LevelBody>,
}

/// How well it may be done.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct LevelBody {
    #[garde(custom(wording::text(40)))]
    key: String,
    #[garde(custom(wording::text(300)))]
    title: String,
    #[garde(range(max = 100))]
    points: u16,
}

/// A rubric. `most` is in hundredths of a point.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RubricView {
    id: RubricId,
    work_kind: WorkKind,
    title: String,
    title_en: String,
    /// Every installation has it; it is used when a task names none.
    is_default: bool,
    most: u32,
    criteria: Vec<CriterionBody>,
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/rubrics", params(("training_id" = TrainingId, Path)),
    request_body = RubricInput, responses((status = 201, body = RubricView)), tag = "assessment")]
pub(super) async fn create_rubric(
    State(Shared { platform, .. }): State<Shared>,
    expert: Granted<Guide>,
    Posted { input, once }: Posted<RubricInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let new = NewRubric {
        work_kind: input.work_kind,
        title: input.title.trim().to_owned(),
        title_en: input.title_en.trim().to_owned(),
        criteria: input.criteria.into_iter().map(Criterion::from).collect(),
    };
    let made = create(&mut tx, &platform.ambient, &expert, new).await?;
    once.created(tx, &RubricView::from(made)).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/rubrics", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = Paged<RubricView>)), tag = "assessment")]
pub(super) async fn list_rubrics(
    State(Shared { platform, .. }): State<Shared>,
    staff: Granted<Assist>,
) -> Result<Json<Paged<RubricView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let own = rubrics::of_training(&mut conn, staff.training).await?;
    let defaults = [WorkKind::Assignment, WorkKind::Reflection].into_iter().map(default_rubrics::of);
    Ok(Json(Paged { items: defaults.chain(own).map(RubricView::from).collect(), next: None }))
}

impl From<Rubric> for RubricView {
    fn from(rubric: Rubric) -> Self {
        Self {
            id: rubric.id,
            work_kind: rubric.work_kind,
            is_default: default_rubrics::find(rubric.id).is_some(),
            most: most(&rubric.criteria),
            title: rubric.title,
            title_en: rubric.title_en,
            criteria: rubric.criteria.into_iter().map(CriterionBody::from).collect(),
        }
    }
}

impl From<CriterionBody> for Criterion {
    fn from(body: CriterionBody) -> Self {
        let level = |l: LevelBody| Level { key: l.key, title: l.title, points: l.points };
        Self { key: body.key, title: body.title, levels: body.levels.into_iter().map(level).collect() }
    }
}

impl From<Criterion> for CriterionBody {
    fn from(criterion: Criterion) -> Self {
        let level = |l: Level| LevelBody { key: l.key, title: l.title, points: l.points };
        let levels = criterion.levels.into_iter().map(level).collect();
        Self { key: criterion.key, title: criterion.title, levels }
    }
}
