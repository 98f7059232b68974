//! An expert adds tasks to a list, changes, orders and deletes them.

use http_kit::markdown::to_safe_html;
use kernel::Ambient;
use kernel::id::{MicroVideoId, TaskId, TaskListId};
use storage::{Json, Tx};
use training_plan::access::{Granted, Guide};
use uuid::Uuid;

use super::change_list::{hold, refuse_published};
use crate::error::BoardError;
use crate::model::TaskKind;
use crate::store::lists::ListRow;
use crate::store::tasks::{self, TaskRow};

/// More would be no week of anybody with a class to teach.
const MOST_TASKS: usize = 20;

/// What a task says and asks for.
pub(crate) struct TaskContent {
    pub kind: TaskKind,
    pub title: String,
    pub title_en: String,
    pub minutes: i64,
    pub required: bool,
    pub reference: Option<Uuid>,
    pub steps: Vec<String>,
    pub prompts: Vec<String>,
    pub body_markdown: String,
    pub least_chars: i64,
    pub most_chars: i64,
}

pub(crate) async fn add_task(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    list: TaskListId,
    version: i64,
    content: TaskContent,
) -> Result<(ListRow, TaskRow), BoardError> {
    let list = hold(tx, ambient, list, version).await?;
    refuse_published(tx, list.id).await?;
    let others = tasks::of_list(tx, list.id).await?;
    if others.len() >= MOST_TASKS {
        return Err(BoardError::TooManyTasks { most: MOST_TASKS });
    }
    check_reference(tx, expert, content.kind, content.reference).await?;
    let position = others.last().map_or(0, |last| last.position) + 1;
    let task = row(ambient.new_id(), &list, position, content);
    tasks::insert(tx, &task, ambient.now()).await?;
    note(tx, ambient, expert, "task_board.add_task", task.id, &task.kind).await?;
    Ok((list, task))
}

/// What a published list asks for stays; the words of its tasks may change.
pub(crate) async fn change_task(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    before: &TaskRow,
    version: i64,
    content: TaskContent,
) -> Result<(ListRow, TaskRow), BoardError> {
    let list = hold(tx, ambient, before.list_id, version).await?;
    let (kind, reference) = (content.kind, content.reference);
    let task = row(before.id, &list, before.position, content);
    if task.asks() != before.asks() {
        refuse_published(tx, list.id).await?;
        check_reference(tx, expert, kind, reference).await?;
    }
    tasks::update(tx, &task).await?;
    note(tx, ambient, expert, "task_board.change_task", task.id, &task.kind).await?;
    Ok((list, task))
}

pub(crate) async fn delete_task(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    task: &TaskRow,
    version: i64,
) -> Result<ListRow, BoardError> {
    let list = hold(tx, ambient, task.list_id, version).await?;
    refuse_published(tx, list.id).await?;
    if tasks::delete(tx, task.id).await? == 0 {
        return Err(BoardError::NoSuchTask);
    }
    note(tx, ambient, expert, "task_board.delete_task", task.id, &task.kind).await?;
    Ok(list)
}

/// Puts the tasks of a list into this order; it must name each of them once.
pub(crate) async fn order_tasks(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    list: TaskListId,
    version: i64,
    order: &[TaskId],
) -> Result<ListRow, BoardError> {
    let list = hold(tx, ambient, list, version).await?;
    let mut known: Vec<TaskId> = tasks::of_list(tx, list.id).await?.iter().map(|task| task.id).collect();
    let mut named = order.to_vec();
    known.sort_unstable();
    named.sort_unstable();
    if known != named {
        return Err(BoardError::OtherTasks);
    }
    for (task, position) in order.iter().zip(1..) {
        tasks::set_position(tx, *task, position).await?;
    }
    let (by, detail) = (expert.actor.person, serde_json::json!({}));
    super::note(tx, ambient, expert.training, by, "task_board.order_tasks", list.id.to_string(), detail)
        .await?;
    Ok(list)
}

/// Micro-videos are of the same training; what later areas own is named by id alone.
async fn check_reference(
    tx: &mut Tx,
    expert: &Granted<Guide>,
    kind: TaskKind,
    reference: Option<Uuid>,
) -> Result<(), BoardError> {
    match (kind, reference) {
        (kind, None) if kind.needs_reference() => Err(BoardError::WrongReference),
        (TaskKind::Watch, Some(video)) => {
            let training = tasks::training_of_video(tx, MicroVideoId::from_uuid(video)).await?;
            if training == Some(expert.training) { Ok(()) } else { Err(BoardError::WrongReference) }
        }
        _ => Ok(()),
    }
}

fn row(id: TaskId, list: &ListRow, position: i64, content: TaskContent) -> TaskRow {
    TaskRow {
        id,
        list_id: list.id,
        training_id: list.training_id,
        week: list.week,
        position,
        kind: content.kind.word().to_owned(),
        title: content.title,
        title_en: content.title_en,
        minutes: content.minutes,
        required: content.required,
        ref_id: content.reference,
        steps: Json(content.steps),
        prompts: Json(content.prompts),
        body_html: to_safe_html(&content.body_markdown),
        body_markdown: content.body_markdown,
        least_chars: content.least_chars,
        most_chars: content.most_chars,
    }
}

async fn note(
    tx: &mut Tx,
    ambient: &Ambient,
    expert: &Granted<Guide>,
    action: &str,
    task: TaskId,
    kind: &str,
) -> Result<(), BoardError> {
    let (by, detail) = (expert.actor.person, serde_json::json!({ "kind": kind }));
    super::note(tx, ambient, expert.training, by, action, task.to_string(), detail).await?;
    Ok(())
}
