//! The tasks of a list as experts make them. Every change names the version of the list that was read.

use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, IfMatch, Input, Path, Posted, Problem, SignedIn, Versioned, not_found, wording,
};
use kernel::Timestamp;
use kernel::id::{TaskId, TaskListId};
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Guide};
use utoipa::ToSchema;

use super::Shared;
use super::lists::{TaskListView, guide_of, versioned};
use crate::error::BoardError;
use crate::model::correction::NOTE_CHARS;
use crate::model::{CorrectionKind, TaskKind};
use crate::service::change_tasks::{self, Desk, MOST_KEPT, TaskContent};
use crate::store;
use crate::store::tasks::TaskRow;

/// What a task says and asks for.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct TaskBody {
    #[garde(skip)]
    kind: TaskKind,
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(80)))]
    title: String,
    #[garde(custom(wording::spare_line(160)))]
    #[serde(default)]
    title_en: String,
    /// About how long it takes.
    #[garde(range(min = 1, max = 600))]
    minutes: i64,
    #[garde(skip)]
    #[serde(default = "yes")]
    required: bool,
    /// What the kind works with: a micro-video (watch), a test paper (test), a rubric (assignment, reflect).
    #[garde(length(max = 60))]
    #[serde(default)]
    ref_id: Option<String>,
    /// What to do, step by step, in plain words.
    #[garde(length(max = 12), inner(custom(wording::words(300))))]
    #[serde(default)]
    steps: Vec<String>,
    /// Questions that help to write.
    #[garde(length(max = 12), inner(custom(wording::words(300))))]
    #[serde(default)]
    prompts: Vec<String>,
    /// Markdown: the text of a read, the brief of an assignment.
    #[garde(custom(wording::spare_text(20_000)))]
    #[serde(default)]
    body_markdown: String,
    /// How much is to be written.
    #[garde(range(min = 0, max = 20_000))]
    #[serde(default)]
    least_chars: i64,
    #[garde(range(min = 1, max = 20_000), custom(at_least(&self.least_chars)))]
    #[serde(default = "plenty")]
    most_chars: i64,
    /// Why it is changed; asked for once classes have the list, and shown to their learners.
    #[garde(inner(custom(wording::spare_text(NOTE_CHARS))))]
    #[serde(default)]
    correction: Option<String>,
}

/// Why a task is taken back.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct WithdrawTaskInput {
    #[garde(custom(wording::words(NOTE_CHARS)))]
    correction: String,
}

/// The tasks of a list, in their new order.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct TaskOrderBody {
    #[garde(length(max = MOST_KEPT))]
    task_ids: Vec<TaskId>,
}

/// A task as its makers see it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TaskEditView {
    id: TaskId,
    /// Absent when a newer version of the program has added it: such a task can be moved, deleted and withdrawn, and not changed.
    kind: Option<TaskKind>,
    title: String,
    title_en: String,
    minutes: i64,
    required: bool,
    ref_id: Option<String>,
    steps: Vec<String>,
    prompts: Vec<String>,
    body_markdown: String,
    /// As learners see it.
    body_html: String,
    least_chars: i64,
    most_chars: i64,
    /// The last correction since classes have it.
    correction: Option<CorrectionView>,
}

/// What was corrected in a task that classes have.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CorrectionView {
    made_as: CorrectionKind,
    note: String,
    made_at: Timestamp,
}

impl CorrectionView {
    /// Of the marks beside a task; none when it says what it said from the beginning.
    pub fn of(made_as: Option<CorrectionKind>, note: Option<String>, at: Option<Timestamp>) -> Option<Self> {
        Some(Self { made_as: made_as?, note: note?, made_at: at? })
    }
}

#[utoipa::path(post, path = "/api/v1/task-lists/{list_id}/tasks",
    params(("list_id" = TaskListId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = TaskBody, responses((status = 201, body = TaskListView)), tag = "task-board")]
pub(super) async fn add_task(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(list): Path<TaskListId>,
    IfMatch(version): IfMatch,
    Posted { input, once }: Posted<TaskBody>,
) -> Result<Answer, Halt> {
    let expert = guide_of(&shared, &actor, list).await?;
    let content = input.content()?;
    let mut tx = once.begin().await?;
    let list = change_tasks::add_task(&mut tx, &shared.desk(&expert), list, version, content).await?;
    let view = TaskListView::of(&mut tx, list).await?;
    once.created(tx, &view).await
}

#[utoipa::path(put, path = "/api/v1/tasks/{task_id}",
    params(("task_id" = TaskId, Path), ("If-Match" = String, Header, description = "The version of the list that was read")),
    request_body = TaskBody, responses((status = 200, body = TaskListView)), tag = "task-board")]
pub(super) async fn edit_task(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskId>,
    IfMatch(version): IfMatch,
    Input(body): Input<TaskBody>,
) -> Result<Versioned<TaskListView>, Problem> {
    let (expert, task) = guide_of_task(&shared, &actor, id).await?;
    let content = body.content()?;
    let mut tx = shared.platform.begin(&actor).await?;
    let (desk, list) = (shared.desk(&expert), task.list_id);
    let list = change_tasks::change_task(&mut tx, &desk, id, version, list, content).await?;
    let view = versioned(&mut tx, list).await?;
    tx.commit().await?;
    Ok(view)
}

#[utoipa::path(delete, path = "/api/v1/tasks/{task_id}",
    params(("task_id" = TaskId, Path), ("If-Match" = String, Header, description = "The version of the list that was read")),
    responses((status = 200, body = TaskListView)), tag = "task-board")]
pub(super) async fn delete_task(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskId>,
    IfMatch(version): IfMatch,
) -> Result<Versioned<TaskListView>, Problem> {
    let (expert, task) = guide_of_task(&shared, &actor, id).await?;
    let mut tx = shared.platform.begin(&actor).await?;
    let list = change_tasks::delete_task(&mut tx, &shared.desk(&expert), &task, version).await?;
    let view = versioned(&mut tx, list).await?;
    tx.commit().await?;
    Ok(view)
}

/// Takes a task back from the classes that have it; what was done for it is kept.
#[utoipa::path(post, path = "/api/v1/tasks/{task_id}/withdraw",
    params(("task_id" = TaskId, Path), ("If-Match" = String, Header, description = "The version of the list that was read")),
    request_body = WithdrawTaskInput, responses((status = 200, body = TaskListView)), tag = "task-board")]
pub(super) async fn withdraw_task(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskId>,
    IfMatch(version): IfMatch,
    Posted { input, once }: Posted<WithdrawTaskInput>,
) -> Result<Answer, Halt> {
    let (expert, task) = guide_of_task(&shared, &actor, id).await?;
    let (desk, note) = (shared.desk(&expert), input.correction.trim());
    let mut tx = once.begin().await?;
    let list = change_tasks::withdraw_task(&mut tx, &desk, &task, version, note).await?;
    let view = TaskListView::of(&mut tx, list).await?;
    once.ok(tx, &view).await
}

#[utoipa::path(put, path = "/api/v1/task-lists/{list_id}/order",
    params(("list_id" = TaskListId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = TaskOrderBody, responses((status = 200, body = TaskListView)), tag = "task-board")]
pub(super) async fn order_tasks(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(list): Path<TaskListId>,
    IfMatch(version): IfMatch,
    Input(body): Input<TaskOrderBody>,
) -> Result<Versioned<TaskListView>, Problem> {
    let expert = guide_of(&shared, &actor, list).await?;
    let mut tx = shared.platform.begin(&actor).await?;
    let list =
        change_tasks::order_tasks(&mut tx, &shared.desk(&expert), list, version, &body.task_ids).await?;
    let view = versioned(&mut tx, list).await?;
    tx.commit().await?;
    Ok(view)
}

impl Shared {
    fn desk<'a>(&'a self, expert: &'a Granted<Guide>) -> Desk<'a> {
        let Self { platform, hub, references } = self;
        Desk { ambient: &platform.ambient, hub, references, expert }
    }
}

async fn guide_of_task(
    shared: &Shared,
    actor: &SignedIn,
    id: TaskId,
) -> Result<(Granted<Guide>, TaskRow), Problem> {
    let mut conn = shared.platform.db.read().await?;
    let task = store::tasks::find(&mut conn, id).await?.ok_or_else(not_found)?;
    let expert = Granted::<Guide>::check(&mut conn, actor, task.training_id).await?;
    Ok((expert, task))
}

const fn yes() -> bool {
    true
}

const fn plenty() -> i64 {
    5_000
}

fn at_least(least: &i64) -> impl FnOnce(&i64, &()) -> garde::Result {
    let least = *least;
    move |most, ()| {
        if *most >= least {
            return Ok(());
        }
        Err(http_kit::rule("too_small", "不能小于最少字数。", "Must not be less than the least."))
    }
}

impl TaskBody {
    fn content(self) -> Result<TaskContent, BoardError> {
        let reference = match self.ref_id.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(_) if !self.kind.takes_reference() => return Err(BoardError::NeedlessReference),
            Some(text) => Some(self.kind.parse_reference(text).ok_or(BoardError::WrongReference)?),
        };
        Ok(TaskContent {
            kind: self.kind,
            title: self.title.trim().to_owned(),
            title_en: self.title_en.trim().to_owned(),
            minutes: self.minutes,
            required: self.required,
            reference,
            steps: self.steps,
            prompts: self.prompts,
            body_markdown: self.body_markdown,
            least_chars: self.least_chars,
            most_chars: self.most_chars,
            correction: self.correction.map(|note| note.trim().to_owned()),
        })
    }
}

impl TaskEditView {
    pub(super) fn of(task: TaskRow) -> Self {
        let kind = task.kind();
        Self {
            id: task.id,
            kind,
            title: task.title,
            title_en: task.title_en,
            minutes: task.minutes,
            required: task.required,
            ref_id: task.ref_id.and_then(|id| kind?.show_reference(id)),
            steps: task.steps.0,
            prompts: task.prompts.0,
            body_markdown: task.body_markdown,
            body_html: task.body_html,
            least_chars: task.least_chars,
            most_chars: task.most_chars,
            correction: CorrectionView::of(task.corrected_as, task.correction, task.corrected_at),
        }
    }
}
