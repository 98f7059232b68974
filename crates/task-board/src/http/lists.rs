//! Week lists as experts make them.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, IfMatch, Input, Path, Posted, Problem, SignedIn, Versioned, not_found, wording,
};
use kernel::Timestamp;
use kernel::id::{TaskListId, TrainingId};
use serde::{Deserialize, Serialize};
use storage::{Conn, StorageError};
use training_plan::access::{Assist, Granted, Guide};
use utoipa::ToSchema;

use super::Shared;
use super::tasks::TaskEditView;
use crate::model::ListState;
use crate::model::correction::NOTE_CHARS;
use crate::service::change_list::{change_words, set_state};
use crate::service::create_list::{ListWords, create_list};
use crate::store;
use crate::store::lists::{ListInShort, ListRow};

/// What a list says of itself.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct TaskListBody {
    #[garde(range(min = 1, max = 52))]
    week: u16,
    #[garde(custom(wording::spare_text(300)))]
    goal: String,
    #[garde(custom(wording::spare_text(600)))]
    #[serde(default)]
    goal_en: String,
    /// Why the goal is changed; asked for once classes have the list, and shown to their learners.
    #[garde(inner(custom(wording::spare_text(NOTE_CHARS))))]
    #[serde(default)]
    correction: Option<String>,
}

/// What was corrected in the goal of a list that classes have.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GoalCorrectionView {
    note: String,
    made_at: Timestamp,
}

impl GoalCorrectionView {
    pub fn of(note: Option<String>, at: Option<Timestamp>) -> Option<Self> {
        Some(Self { note: note?, made_at: at? })
    }
}

/// Whether assistants may publish a list.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct TaskListStateBody {
    #[garde(skip)]
    state: ListState,
}

/// A list with its tasks, as its makers see it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TaskListView {
    id: TaskListId,
    training_id: TrainingId,
    week: u16,
    goal: String,
    goal_en: String,
    state: ListState,
    /// Counts every edit of the list and its tasks: also the `ETag`.
    version: i64,
    /// How many classes have it; from the first on, every change of a task is a correction that says why.
    classes: i64,
    updated_at: Timestamp,
    /// The last correction of its goal since classes have it.
    correction: Option<GoalCorrectionView>,
    tasks: Vec<TaskEditView>,
}

/// A list among the others.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TaskListInShortView {
    pub id: TaskListId,
    pub week: u16,
    pub goal: String,
    pub goal_en: String,
    pub state: ListState,
    pub version: i64,
    /// How many tasks it has, and how many minutes they take.
    pub tasks: i64,
    pub minutes: i64,
    pub classes: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TaskListsView {
    items: Vec<TaskListInShortView>,
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/task-lists", params(("training_id" = TrainingId, Path)),
    request_body = TaskListBody, responses((status = 201, body = TaskListView)), tag = "task-board")]
pub(super) async fn create_task_list(
    State(shared): State<Shared>,
    expert: Granted<Guide>,
    Posted { input, once }: Posted<TaskListBody>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let list = create_list(&mut tx, &shared.platform.ambient, &expert, input.into()).await?;
    let view = TaskListView::of(&mut tx, list).await?;
    once.created(tx, &view).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/task-lists", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = TaskListsView)), tag = "task-board")]
pub(super) async fn list_task_lists(
    State(shared): State<Shared>,
    staff: Granted<Assist>,
) -> Result<Json<TaskListsView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let lists = store::lists::of_training(&mut conn, staff.training, None).await?;
    Ok(Json(TaskListsView { items: lists.into_iter().map(Into::into).collect() }))
}

#[utoipa::path(get, path = "/api/v1/task-lists/{list_id}", params(("list_id" = TaskListId, Path)),
    responses((status = 200, body = TaskListView)), tag = "task-board")]
pub(super) async fn get_task_list(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskListId>,
) -> Result<Versioned<TaskListView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let list = store::lists::find(&mut conn, id).await?.ok_or_else(not_found)?;
    Granted::<Assist>::check(&mut conn, &actor, list.training_id).await?;
    versioned(&mut conn, list).await
}

#[utoipa::path(put, path = "/api/v1/task-lists/{list_id}",
    params(("list_id" = TaskListId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = TaskListBody, responses((status = 200, body = TaskListView)), tag = "task-board")]
pub(super) async fn edit_task_list(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskListId>,
    IfMatch(version): IfMatch,
    Input(body): Input<TaskListBody>,
) -> Result<Versioned<TaskListView>, Problem> {
    let expert = guide_of(&shared, &actor, id).await?;
    let mut tx = shared.platform.begin(&actor).await?;
    let (ambient, hub) = (&shared.platform.ambient, &shared.hub);
    let list = change_words(&mut tx, ambient, hub, &expert, id, version, body.into()).await?;
    let view = versioned(&mut tx, list).await?;
    tx.commit().await?;
    Ok(view)
}

#[utoipa::path(put, path = "/api/v1/task-lists/{list_id}/state",
    params(("list_id" = TaskListId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = TaskListStateBody, responses((status = 200, body = TaskListView)), tag = "task-board")]
pub(super) async fn set_task_list_state(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskListId>,
    IfMatch(version): IfMatch,
    Input(body): Input<TaskListStateBody>,
) -> Result<Versioned<TaskListView>, Problem> {
    let expert = guide_of(&shared, &actor, id).await?;
    let ambient = &shared.platform.ambient;
    let mut tx = shared.platform.begin(&actor).await?;
    let list =
        set_state(&mut tx, ambient, &shared.hub, &expert, &shared.references, (id, version), body.state)
            .await?;
    let view = versioned(&mut tx, list).await?;
    tx.commit().await?;
    Ok(view)
}

/// The proof for a list that the path names without its training.
pub(super) async fn guide_of(
    shared: &Shared,
    actor: &SignedIn,
    id: TaskListId,
) -> Result<Granted<Guide>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let list = store::lists::find(&mut conn, id).await?.ok_or_else(not_found)?;
    Granted::<Guide>::check(&mut conn, actor, list.training_id).await
}

pub(super) async fn versioned(conn: &mut Conn, list: ListRow) -> Result<Versioned<TaskListView>, Problem> {
    let view = TaskListView::of(conn, list).await?;
    Ok(Versioned(view.version, view))
}

impl TaskListView {
    pub(super) async fn of(conn: &mut Conn, list: ListRow) -> Result<Self, StorageError> {
        let tasks = store::tasks::of_list(conn, list.id).await?;
        let classes = store::lists::publications(conn, list.id).await?;
        let correction = store::lists::correction(conn, list.id).await?;
        Ok(Self {
            id: list.id,
            training_id: list.training_id,
            week: list.week,
            state: list.state,
            goal: list.goal,
            goal_en: list.goal_en,
            version: list.version,
            classes,
            updated_at: list.updated_at,
            correction: correction
                .map(|row| GoalCorrectionView { note: row.correction, made_at: row.corrected_at }),
            tasks: tasks.into_iter().map(TaskEditView::of).collect(),
        })
    }
}

impl From<TaskListBody> for ListWords {
    fn from(body: TaskListBody) -> Self {
        Self {
            week: body.week,
            goal: body.goal.trim().to_owned(),
            goal_en: body.goal_en.trim().to_owned(),
            correction: body.correction.map(|note| note.trim().to_owned()),
        }
    }
}

impl From<ListInShort> for TaskListInShortView {
    fn from(list: ListInShort) -> Self {
        Self {
            id: list.id,
            week: list.week,
            state: list.state,
            goal: list.goal,
            goal_en: list.goal_en,
            version: list.version,
            tasks: list.tasks,
            minutes: list.minutes,
            classes: list.classes,
        }
    }
}
