//! Everything that a task has said since its list was published: work is judged by what its learner read.

use axum::Json;
use axum::extract::State;
use http_kit::{Path, Problem, SignedIn, not_found};
use kernel::Timestamp;
use kernel::id::TaskId;
use serde::Serialize;
use training_plan::access::{Assist, Granted};
use utoipa::ToSchema;

use super::Shared;
use crate::access::SeenTask;
use crate::model::CorrectionKind;
use crate::store::tasks::{self, CorrectionRow, Said, TaskRow};

/// The wordings of a task, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TaskWordingsView {
    items: Vec<TaskWordingView>,
}

/// What a task said, and why it came to say that.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TaskWordingView {
    wording: i64,
    /// Absent: it said so when its list was published.
    made_as: Option<CorrectionKind>,
    note: Option<String>,
    made_by_name: Option<String>,
    made_at: Option<Timestamp>,
    title: String,
    title_en: String,
    minutes: i64,
    required: bool,
    steps: Vec<String>,
    prompts: Vec<String>,
    /// Byte for byte as it was written.
    body_markdown: String,
    body_html: String,
    least_chars: i64,
    most_chars: i64,
}

#[utoipa::path(get, path = "/api/v1/tasks/{task_id}/wordings", params(("task_id" = TaskId, Path)),
    responses((status = 200, body = TaskWordingsView)), tag = "task-board")]
pub(super) async fn list_task_wordings(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskId>,
) -> Result<Json<TaskWordingsView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let task = tasks::find(&mut conn, id).await?.ok_or_else(not_found)?;
    match Granted::<Assist>::check(&mut conn, &actor, task.training_id).await {
        Ok(_) => {}
        Err(refusal) if refusal.status.is_client_error() => {
            SeenTask::check(&mut conn, &shared.platform.ambient, &actor, id).await?;
        }
        Err(failure) => return Err(failure),
    }
    let corrections = tasks::corrections(&mut conn, id).await?;
    Ok(Json(TaskWordingsView { items: wordings(task, corrections) }))
}

/// Each correction kept what the task said until then, and the task itself says the newest.
fn wordings(task: TaskRow, corrections: Vec<CorrectionRow>) -> Vec<TaskWordingView> {
    let mut said = Said::of(task);
    let mut items = Vec::new();
    for CorrectionRow { wording, made_as, note, before, made_by_name, made_at } in
        corrections.into_iter().rev()
    {
        let mut item = TaskWordingView::of(wording, said.clone());
        item.made_as = Some(made_as);
        item.note = Some(note);
        item.made_by_name = Some(made_by_name);
        item.made_at = Some(made_at);
        items.push(item);
        match before {
            Some(before) => said = before.0,
            // It was added: there was nothing before.
            None => return items,
        }
    }
    items.push(TaskWordingView::of(1, said));
    items
}

impl TaskWordingView {
    fn of(wording: i64, said: Said) -> Self {
        let Said {
            title,
            title_en,
            minutes,
            required,
            steps,
            prompts,
            body_markdown,
            body_html,
            least_chars,
            most_chars,
        } = said;
        Self {
            wording,
            made_as: None,
            note: None,
            made_by_name: None,
            made_at: None,
            title,
            title_en,
            minutes,
            required,
            steps,
            prompts,
            body_markdown,
            body_html,
            least_chars,
            most_chars,
        }
    }
}
