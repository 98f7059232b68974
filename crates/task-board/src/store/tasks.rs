//! The tasks of a list.

use kernel::Timestamp;
use kernel::id::{MicroVideoId, TaskId, TaskListId, TrainingId};
use storage::{Conn, Json, StorageError, Tx, sql};
use uuid::Uuid;

use crate::model::TaskKind;

storage::from_row! {
    /// A task as it is kept.
    #[derive(Debug, Clone)]
    pub(crate) struct TaskRow {
        pub id: TaskId,
        pub list_id: TaskListId,
        pub training_id: TrainingId,
        pub week: u16,
        pub position: i64,
        pub kind: String,
        pub title: String,
        pub title_en: String,
        pub minutes: i64,
        pub required: bool,
        pub ref_id: Option<Uuid>,
        pub steps: Json<Vec<String>>,
        pub prompts: Json<Vec<String>>,
        pub body_markdown: String,
        pub body_html: String,
        pub least_chars: i64,
        pub most_chars: i64,
    }
}

impl TaskRow {
    pub fn kind(&self) -> Result<TaskKind, StorageError> {
        TaskKind::from_word(&self.kind).ok_or_else(|| StorageError::Decode(format!("kind: {}", self.kind)))
    }

    /// What it asks for, apart from its words.
    pub fn asks(&self) -> (&str, Option<Uuid>, bool, i64, i64) {
        (&self.kind, self.ref_id, self.required, self.least_chars, self.most_chars)
    }
}

pub(crate) async fn insert(tx: &mut Tx, task: &TaskRow, at: Timestamp) -> Result<(), StorageError> {
    sql("insert into tasks (id, list_id, training_id, week, position, kind, title, title_en, minutes, required, ref_id, steps, \
         prompts, body_markdown, body_html, least_chars, most_chars, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)")
    .bind(task.id)
    .bind(task.list_id)
    .bind(task.training_id)
    .bind(task.week)
    .bind(task.position)
    .bind(&task.kind)
    .bind(&task.title)
    .bind(&task.title_en)
    .bind(task.minutes)
    .bind(task.required)
    .bind(task.ref_id)
    .bind(serde_json::json!(task.steps.0))
    .bind(serde_json::json!(task.prompts.0))
    .bind(&task.body_markdown)
    .bind(&task.body_html)
    .bind(task.least_chars)
    .bind(task.most_chars)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn update(tx: &mut Tx, task: &TaskRow) -> Result<u64, StorageError> {
    sql("update tasks set kind = $2, title = $3, title_en = $4, minutes = $5, required = $6, ref_id = $7, steps = $8, \
         prompts = $9, body_markdown = $10, body_html = $11, least_chars = $12, most_chars = $13 where id = $1")
    .bind(task.id)
    .bind(&task.kind)
    .bind(&task.title)
    .bind(&task.title_en)
    .bind(task.minutes)
    .bind(task.required)
    .bind(task.ref_id)
    .bind(serde_json::json!(task.steps.0))
    .bind(serde_json::json!(task.prompts.0))
    .bind(&task.body_markdown)
    .bind(&task.body_html)
    .bind(task.least_chars)
    .bind(task.most_chars)
    .exec(tx)
    .await
}

pub(crate) async fn find(conn: &mut Conn, id: TaskId) -> Result<Option<TaskRow>, StorageError> {
    sql("select id, list_id, training_id, week, position, kind, title, title_en, minutes, required, ref_id, steps, prompts, \
         body_markdown, body_html, least_chars, most_chars from tasks where id = $1")
    .bind(id)
    .opt(conn)
    .await
}

pub(crate) async fn of_list(conn: &mut Conn, list: TaskListId) -> Result<Vec<TaskRow>, StorageError> {
    sql("select id, list_id, training_id, week, position, kind, title, title_en, minutes, required, ref_id, steps, prompts, \
         body_markdown, body_html, least_chars, most_chars from tasks where list_id = $1 order by position, id")
    .bind(list)
    .all(conn)
    .await
}

pub(crate) async fn set_position(tx: &mut Tx, id: TaskId, position: i64) -> Result<u64, StorageError> {
    sql("update tasks set position = $2 where id = $1").bind(id).bind(position).exec(tx).await
}

pub(crate) async fn delete(tx: &mut Tx, id: TaskId) -> Result<u64, StorageError> {
    sql("delete from tasks where id = $1").bind(id).exec(tx).await
}

/// The training of a micro-video that can be chosen for a task.
pub(crate) async fn training_of_video(
    conn: &mut Conn,
    id: MicroVideoId,
) -> Result<Option<TrainingId>, StorageError> {
    sql("select training_id as value from v_micro_video where micro_video_id = $1 and state = 'ready'")
        .bind(id)
        .opt(conn)
        .await
}
