//! An expert adds tasks to a list, changes, orders and deletes them. In a list that classes have, each of these is a correction: it
//! says why, learners see its mark, and what the task said before is kept.

use http_kit::markdown::to_safe_html;
use kernel::Ambient;
use kernel::id::{ClassId, TaskId, TaskListId};
use realtime::Hub;
use serde_json::json;
use storage::{Json, Tx};
use training_plan::access::{Granted, Guide};
use uuid::Uuid;

use super::change_list::hold;
use super::relied;
use crate::error::BoardError;
use crate::model::{CorrectionKind, TaskKind};
use crate::references::{References, Unusable};
use crate::store::lists::{self, ListRow};
use crate::store::tasks::{self, TaskRow};

/// More would be no week of anybody with a class to teach.
const MOST_TASKS: usize = 20;
/// With those that were withdrawn; an order names them all.
pub(crate) const MOST_KEPT: usize = 50;

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
    /// Why a published list is corrected.
    pub correction: Option<String>,
}

/// What an expert's change of tasks needs beside them.
pub(crate) struct Desk<'a> {
    pub ambient: &'a Ambient,
    pub hub: &'a Hub,
    pub references: &'a References,
    pub expert: &'a Granted<Guide>,
}

pub(crate) async fn add_task(
    tx: &mut Tx,
    desk: &Desk<'_>,
    list: TaskListId,
    version: i64,
    content: TaskContent,
) -> Result<ListRow, BoardError> {
    relied(tx, desk.expert.training).await?;
    let list = hold(tx, desk.ambient, list, version).await?;
    let classes = lists::classes(tx, list.id).await?;
    let others = tasks::of_list(tx, list.id).await?;
    if others.iter().filter(|task| task.withdrawn_at.is_none()).count() >= MOST_TASKS {
        return Err(BoardError::TooManyTasks { most: MOST_TASKS });
    }
    if others.len() >= MOST_KEPT {
        return Err(BoardError::TooManyKept { most: MOST_KEPT });
    }
    let note = content.correction.clone();
    usable(tx, desk, content.kind, content.reference, &classes).await?;
    let position = others.last().map_or(0, |last| last.position) + 1;
    let task = row(desk.ambient.new_id(), &list, position, content);
    refuse_unsaid(&task, &classes)?;
    tasks::insert(tx, &task, desk.ambient.now()).await?;
    if !classes.is_empty() {
        correct(tx, desk, &task, CorrectionKind::Added, note, &classes).await?;
    }
    write_down(tx, desk, "task_board.add_task", &task).await?;
    Ok(list)
}

pub(crate) async fn change_task(
    tx: &mut Tx,
    desk: &Desk<'_>,
    task: TaskId,
    version: i64,
    list: TaskListId,
    content: TaskContent,
) -> Result<ListRow, BoardError> {
    relied(tx, desk.expert.training).await?;
    let list = hold(tx, desk.ambient, list, version).await?;
    let before = tasks::find(tx, task).await?.ok_or(BoardError::NoSuchTask)?;
    if before.withdrawn_at.is_some() {
        return Err(BoardError::Withdrawn);
    }
    if before.kind().is_none() {
        return Err(BoardError::NewKind);
    }
    let classes = lists::classes(tx, list.id).await?;
    let (note, kind, reference) = (content.correction.clone(), content.kind, content.reference);
    let after = row(before.id, &list, before.position, content);
    if (&after.kind, reference) != (&before.kind, before.ref_id) {
        usable(tx, desk, kind, reference, &classes).await?;
    }
    refuse_unsaid(&after, &classes)?;
    if !classes.is_empty() && after.said() != before.said() {
        // Who has watched or answered the one has not done the other.
        if after.subject() != before.subject() {
            return Err(BoardError::Published);
        }
        correct(tx, desk, &before, CorrectionKind::Changed, note, &classes).await?;
    }
    tasks::update(tx, &after).await?;
    write_down(tx, desk, "task_board.change_task", &after).await?;
    Ok(list)
}

/// Takes a task out of a list that no class has.
pub(crate) async fn delete_task(
    tx: &mut Tx,
    desk: &Desk<'_>,
    task: &TaskRow,
    version: i64,
) -> Result<ListRow, BoardError> {
    relied(tx, desk.expert.training).await?;
    let list = hold(tx, desk.ambient, task.list_id, version).await?;
    if !lists::classes(tx, list.id).await?.is_empty() {
        return Err(BoardError::Published);
    }
    if tasks::delete(tx, task.id).await? == 0 {
        return Err(BoardError::NoSuchTask);
    }
    write_down(tx, desk, "task_board.delete_task", task).await?;
    Ok(list)
}

/// Takes a task back from the classes that have it: it asks for nothing and counts for nothing any more, and what was done for it is
/// kept.
pub(crate) async fn withdraw_task(
    tx: &mut Tx,
    desk: &Desk<'_>,
    task: &TaskRow,
    version: i64,
    note: &str,
) -> Result<ListRow, BoardError> {
    relied(tx, desk.expert.training).await?;
    let list = hold(tx, desk.ambient, task.list_id, version).await?;
    let classes = lists::classes(tx, list.id).await?;
    if classes.is_empty() {
        return Err(BoardError::NotReady);
    }
    let before = tasks::find(tx, task.id).await?.ok_or(BoardError::NoSuchTask)?;
    let others = tasks::of_list(tx, list.id).await?;
    if !others.iter().any(|other| other.id != task.id && other.withdrawn_at.is_none()) {
        return Err(BoardError::Unfinished);
    }
    correct(tx, desk, &before, CorrectionKind::Withdrawn, Some(note.to_owned()), &classes).await?;
    write_down(tx, desk, "task_board.withdraw_task", &before).await?;
    Ok(list)
}

/// Puts the tasks of a list into this order; it must name each of them once.
pub(crate) async fn order_tasks(
    tx: &mut Tx,
    desk: &Desk<'_>,
    list: TaskListId,
    version: i64,
    order: &[TaskId],
) -> Result<ListRow, BoardError> {
    relied(tx, desk.expert.training).await?;
    let list = hold(tx, desk.ambient, list, version).await?;
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
    let (by, object) = (desk.expert.actor.person, list.id.to_string());
    super::note(tx, desk.ambient, desk.expert.training, by, "task_board.order_tasks", object, json!({}))
        .await?;
    Ok(list)
}

/// Marks a task of a list that classes have, keeps what it said, and tells those who have it.
async fn correct(
    tx: &mut Tx,
    desk: &Desk<'_>,
    before: &TaskRow,
    made_as: CorrectionKind,
    note: Option<String>,
    classes: &[ClassId],
) -> Result<(), BoardError> {
    let note = note.filter(|note| !note.is_empty()).ok_or(BoardError::CorrectionUnsaid)?;
    let (by, now) = (desk.expert.actor.person, desk.ambient.now());
    if !tasks::mark(tx, before, made_as, &note, now).await? {
        return Err(BoardError::Withdrawn);
    }
    tasks::keep_correction(tx, before, made_as, &note, by, now).await?;
    let event = json!({ "list_id": before.list_id, "week": before.week, "task_id": before.id });
    let (training, week) = (desk.expert.training, before.week);
    super::tell_corrected(tx, desk.ambient, desk.hub, (training, week), classes, &event).await
}

/// What a draft names may still be in the making; what classes have must work at once.
async fn usable(
    tx: &mut Tx,
    desk: &Desk<'_>,
    kind: TaskKind,
    reference: Option<Uuid>,
    classes: &[ClassId],
) -> Result<(), BoardError> {
    let found = desk.references.unusable(tx, desk.expert.training, classes, kind, reference).await?;
    match found {
        None => Ok(()),
        Some(Unusable::Unpublished | Unusable::Empty) if classes.is_empty() => Ok(()),
        Some(_) => Err(BoardError::WrongReference),
    }
}

/// A draft may still lack its text; what classes have is there to be done.
fn refuse_unsaid(task: &TaskRow, classes: &[ClassId]) -> Result<(), BoardError> {
    if !classes.is_empty() && task.is_unsaid() { Err(BoardError::Unsaid) } else { Ok(()) }
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
        wording: 1,
        corrected_as: None,
        correction: None,
        corrected_at: None,
        withdrawn_at: None,
    }
}

async fn write_down(tx: &mut Tx, desk: &Desk<'_>, action: &str, task: &TaskRow) -> Result<(), BoardError> {
    let (by, detail) = (desk.expert.actor.person, json!({ "kind": task.kind }));
    super::note(tx, desk.ambient, desk.expert.training, by, action, task.id.to_string(), detail).await?;
    Ok(())
}
