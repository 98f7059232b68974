//! Papers as experts write them, and the bank of their items.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, IfMatch, Input, Page, Paged, Path, Posted, Problem, Query, Versioned, not_found, wording,
};
use kernel::id::{ItemId, TestPaperId, TrainingId};
use kernel::{Ambient, Timestamp};
use serde::{Deserialize, Serialize};
use training_plan::access::{Assist, Granted, Guide};
use utoipa::ToSchema;

use super::Shared;
use super::items::{AskedItemView, ItemBody};
use crate::error::PaperError;
use crate::model::paper::{MultipleRule, PaperContent, PaperState, ShowAnswers};
use crate::service;
use crate::store::items;
use crate::store::papers::{self, Paper, PaperHead};

/// Everything that a paper says.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct TestPaperBody {
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(120)))]
    title: String,
    #[garde(custom(wording::spare_line(160)))]
    #[serde(default)]
    title_en: String,
    /// Absent: as long as the week is open.
    #[garde(inner(range(min = 1, max = 300)))]
    minutes: Option<u16>,
    #[garde(range(min = 1, max = 20))]
    attempts_allowed: u16,
    #[garde(skip)]
    multiple_rule: MultipleRule,
    #[garde(skip)]
    show_answers: ShowAnswers,
    #[garde(length(max = 100), dive)]
    items: Vec<ItemBody>,
}

/// Publishes the version that was read.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct PublishPaperInput {
    #[garde(skip)]
    version: i64,
}

/// A paper with everything in it, right answers too.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TestPaperView {
    id: TestPaperId,
    state: PaperState,
    /// Also the `ETag`.
    version: i64,
    points: u32,
    updated_at: Timestamp,
    published_at: Option<Timestamp>,
    content: TestPaperBody,
}

/// A paper in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TestPaperHeadView {
    id: TestPaperId,
    title: String,
    title_en: String,
    state: PaperState,
    minutes: Option<u16>,
    attempts_allowed: u16,
    points: u32,
    /// How many tasks name it.
    tasks: i64,
    updated_at: Timestamp,
    published_at: Option<Timestamp>,
}

/// A paper as a learner will meet it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TestPaperPreviewView {
    title: String,
    title_en: String,
    minutes: Option<u16>,
    attempts_allowed: u16,
    points: u32,
    items: Vec<AskedItemView>,
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/test-papers", params(("training_id" = TrainingId, Path)),
    request_body = TestPaperBody, responses((status = 201, body = TestPaperView)), tag = "assessment")]
pub(super) async fn create_test_paper(
    State(Shared { platform, .. }): State<Shared>,
    expert: Granted<Guide>,
    Posted { input, once }: Posted<TestPaperBody>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let content = input.into_content(&platform.ambient);
    let paper = service::papers::create(&mut tx, &platform.ambient, &expert, content).await?;
    once.created(tx, &TestPaperView::from(paper)).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/test-papers", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = Paged<TestPaperHeadView>)), tag = "assessment")]
pub(super) async fn list_test_papers(
    State(Shared { platform, .. }): State<Shared>,
    staff: Granted<Assist>,
) -> Result<Json<Paged<TestPaperHeadView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let heads = papers::of_training(&mut conn, staff.training).await?;
    Ok(Json(Paged { items: heads.into_iter().map(TestPaperHeadView::from).collect(), next: None }))
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/test-papers/{paper_id}",
    params(("training_id" = TrainingId, Path), ("paper_id" = TestPaperId, Path)),
    responses((status = 200, body = TestPaperView)), tag = "assessment")]
pub(super) async fn get_test_paper(
    State(shared): State<Shared>,
    expert: Granted<Guide>,
    Path((_training, id)): Path<(TrainingId, TestPaperId)>,
) -> Result<Versioned<TestPaperView>, Problem> {
    let paper = find(&shared, expert.training, id).await?;
    Ok(Versioned(paper.version, paper.into()))
}

#[utoipa::path(put, path = "/api/v1/trainings/{training_id}/test-papers/{paper_id}",
    params(("training_id" = TrainingId, Path), ("paper_id" = TestPaperId, Path),
        ("If-Match" = String, Header, description = "The version that was read")),
    request_body = TestPaperBody, responses((status = 200, body = TestPaperView)), tag = "assessment")]
pub(super) async fn save_test_paper(
    State(Shared { platform, .. }): State<Shared>,
    expert: Granted<Guide>,
    Path((_training, id)): Path<(TrainingId, TestPaperId)>,
    IfMatch(version): IfMatch,
    Input(body): Input<TestPaperBody>,
) -> Result<Versioned<TestPaperView>, Problem> {
    let mut tx = platform.begin(&expert.actor).await?;
    let content = body.into_content(&platform.ambient);
    let paper = service::papers::save(&mut tx, &platform.ambient, &expert, id, version, content).await?;
    tx.commit().await?;
    Ok(Versioned(paper.version, paper.into()))
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/test-papers/{paper_id}/publish",
    params(("training_id" = TrainingId, Path), ("paper_id" = TestPaperId, Path)),
    request_body = PublishPaperInput, responses((status = 200, body = TestPaperView)), tag = "assessment")]
pub(super) async fn publish_test_paper(
    State(Shared { platform, .. }): State<Shared>,
    expert: Granted<Guide>,
    Path((_training, id)): Path<(TrainingId, TestPaperId)>,
    Posted { input, once }: Posted<PublishPaperInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let paper = service::papers::publish(&mut tx, &platform.ambient, &expert, id, input.version).await?;
    once.ok(tx, &TestPaperView::from(paper)).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/test-papers/{paper_id}/preview",
    params(("training_id" = TrainingId, Path), ("paper_id" = TestPaperId, Path)),
    responses((status = 200, body = TestPaperPreviewView)), tag = "assessment")]
pub(super) async fn preview_test_paper(
    State(shared): State<Shared>,
    staff: Granted<Assist>,
    Path((_training, id)): Path<(TrainingId, TestPaperId)>,
) -> Result<Json<TestPaperPreviewView>, Problem> {
    let paper = find(&shared, staff.training, id).await?;
    let points = paper.content.points();
    let PaperContent { title, title_en, minutes, attempts_allowed, items, .. } = paper.content;
    let items = items.into_iter().map(AskedItemView::from).collect();
    Ok(Json(TestPaperPreviewView { title, title_en, minutes, attempts_allowed, points, items }))
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/items", params(("training_id" = TrainingId, Path), Page),
    responses((status = 200, body = Paged<ItemBody>)), tag = "assessment")]
pub(super) async fn list_items(
    State(Shared { platform, .. }): State<Shared>,
    expert: Granted<Guide>,
    Query(page): Query<Page>,
) -> Result<Json<Paged<ItemBody>>, Problem> {
    let after: Option<ItemId> = page.after.as_deref().map(str::parse).transpose().map_err(|_| not_found())?;
    let mut conn = platform.db.read().await?;
    let items = items::bank(&mut conn, expert.training, after, i64::from(page.limit) + 1).await?;
    Ok(Json(Paged::cut(items, &page, |item| item.id.to_string()).map(ItemBody::from)))
}

async fn find(
    Shared { platform, .. }: &Shared,
    training: TrainingId,
    id: TestPaperId,
) -> Result<Paper, Problem> {
    let mut conn = platform.db.read().await?;
    let paper = papers::find(&mut conn, id).await?.filter(|paper| paper.training == training);
    Ok(paper.ok_or(PaperError::NoSuchPaper)?)
}

impl TestPaperBody {
    fn into_content(self, ambient: &Ambient) -> PaperContent {
        PaperContent {
            title: self.title.trim().to_owned(),
            title_en: self.title_en.trim().to_owned(),
            minutes: self.minutes,
            attempts_allowed: self.attempts_allowed,
            multiple_rule: self.multiple_rule,
            show_answers: self.show_answers,
            items: self.items.into_iter().map(|item| item.into_item(ambient)).collect(),
        }
    }
}

impl From<Paper> for TestPaperView {
    fn from(paper: Paper) -> Self {
        let points = paper.content.points();
        let PaperContent { title, title_en, minutes, attempts_allowed, multiple_rule, show_answers, items } =
            paper.content;
        let items = items.into_iter().map(ItemBody::from).collect();
        let content =
            TestPaperBody { title, title_en, minutes, attempts_allowed, multiple_rule, show_answers, items };
        let Paper { id, state, version, updated_at, published_at, .. } = paper;
        Self { id, state, version, points, updated_at, published_at, content }
    }
}

impl From<PaperHead> for TestPaperHeadView {
    fn from(head: PaperHead) -> Self {
        let PaperHead {
            id,
            title,
            title_en,
            state,
            minutes,
            attempts_allowed,
            points,
            updated_at,
            published_at,
            tasks,
        } = head;
        Self {
            id,
            title,
            title_en,
            state,
            minutes,
            attempts_allowed,
            points,
            tasks,
            updated_at,
            published_at,
        }
    }
}
