//! A learner's reflection: draft, handing in.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, Input, Path, Posted, Problem, SignedIn, not_found, wording};
use kernel::Timestamp;
use kernel::id::{ReflectionId, TaskId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Shared;
use super::named::TaskNamed;
use crate::access::OpenTask;
use crate::model::{MOST_HAND_INS, TaskKind};
use crate::service::write_reflection;
use crate::store::reflections::{self, ReflectionRow};

/// What is being written.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct ReflectionDraftBody {
    #[garde(length(chars, max = 20_000))]
    draft: String,
    /// The version that the writer saw (0: nothing was saved): another device's newer words are not overwritten.
    #[garde(range(min = 0))]
    based_on: i64,
}

/// What is handed in.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct ReflectionInput {
    #[garde(custom(wording::words(20_000)))]
    body: String,
    /// The version that the writer saw.
    #[garde(range(min = 0))]
    based_on: i64,
}

/// A reflection as its writer sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReflectionView {
    id: Option<ReflectionId>,
    draft: String,
    /// Counts the savings of the draft; 0 when nothing was saved yet.
    version: i64,
    saved_at: Option<Timestamp>,
    /// As it was handed in last.
    body: Option<String>,
    submitted_at: Option<Timestamp>,
    /// Somebody has graded it: it stays as it is.
    closed_at: Option<Timestamp>,
    /// How often it can be handed in still.
    hand_ins_left: i64,
}

#[utoipa::path(get, path = "/api/v1/tasks/{task_id}/reflection", params(("task_id" = TaskId, Path)),
    responses((status = 200, body = ReflectionView)), tag = "task-board")]
pub(super) async fn get_reflection(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(task): Path<TaskId>,
) -> Result<Json<ReflectionView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    // Everybody sees their own alone, as long as it is there: also when the week is over, or they learn elsewhere by now.
    if let Some(found) = reflections::find(&mut conn, task, actor.person).await? {
        return Ok(Json(found.into()));
    }
    // Before the first word only who may write it now is told that it is a reflection.
    let open = OpenTask::check(&mut conn, &shared.platform.ambient, &actor, task).await;
    match open.and_then(|open| open.of_kind(TaskKind::Reflect)) {
        Ok(_) => Ok(Json(ReflectionView::nothing())),
        Err(refusal) if refusal.status.is_client_error() => Err(not_found()),
        Err(failure) => Err(failure),
    }
}

#[utoipa::path(put, path = "/api/v1/tasks/{task_id}/reflection", params(("task_id" = TaskId, Path)),
    request_body = ReflectionDraftBody, responses((status = 200, body = ReflectionView)), tag = "task-board")]
pub(super) async fn save_reflection(
    State(shared): State<Shared>,
    task: TaskNamed,
    sent: Result<Input<ReflectionDraftBody>, Problem>,
) -> Result<Json<ReflectionView>, Problem> {
    let reflect = Some(TaskKind::Reflect);
    let Input(body) = task.or_closed(reflect, sent).await?;
    let mut tx = task.or_closed(reflect, shared.platform.begin(&task.actor).await).await?;
    let ambient = &shared.platform.ambient;
    let open = task.open(&mut tx, reflect).await?;
    let saved = write_reflection::save_draft(&mut tx, ambient, &open, body.based_on, &body.draft).await?;
    tx.commit().await?;
    Ok(Json(saved.into()))
}

#[utoipa::path(post, path = "/api/v1/tasks/{task_id}/reflection/hand-in", params(("task_id" = TaskId, Path)),
    request_body = ReflectionInput, responses((status = 200, body = ReflectionView)), tag = "task-board")]
pub(super) async fn hand_in_reflection(
    State(shared): State<Shared>,
    task: TaskNamed,
    sent: Result<Posted<ReflectionInput>, Problem>,
) -> Result<Answer, Halt> {
    let reflect = Some(TaskKind::Reflect);
    let Posted { input, once } = task.or_closed(reflect, sent).await?;
    let mut tx = task.or_closed(reflect, once.begin().await).await?;
    let (ambient, body) = (&shared.platform.ambient, input.body.trim());
    let open = task.open(&mut tx, reflect).await?;
    let handed_in = write_reflection::hand_in(&mut tx, ambient, &open, input.based_on, body).await?;
    once.ok(tx, &ReflectionView::from(handed_in)).await
}

impl ReflectionView {
    fn nothing() -> Self {
        Self {
            id: None,
            draft: String::new(),
            version: 0,
            saved_at: None,
            body: None,
            submitted_at: None,
            closed_at: None,
            hand_ins_left: MOST_HAND_INS,
        }
    }
}

impl From<ReflectionRow> for ReflectionView {
    fn from(row: ReflectionRow) -> Self {
        Self {
            hand_ins_left: write_reflection::hand_ins_left(&row),
            id: Some(row.id),
            draft: row.draft,
            version: row.version,
            saved_at: Some(row.saved_at),
            body: row.body,
            submitted_at: row.submitted_at,
            closed_at: row.closed_at,
        }
    }
}
