//! The tasks of a list.

use kernel::Timestamp;
use kernel::id::{PersonId, TaskId, TaskListId, TrainingId};
use storage::{Conn, FromRow, Json, Row, StorageError, Tx, Val, sql};
use uuid::Uuid;

use crate::model::{CorrectionKind, Ranges, TaskKind};
use crate::store::open_tasks;

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
        /// Counts what the task said since its list was published.
        pub wording: i64,
        pub corrected_as: Option<CorrectionKind>,
        pub correction: Option<String>,
        pub corrected_at: Option<Timestamp>,
        pub withdrawn_at: Option<Timestamp>,
    }
}

impl TaskRow {
    /// None for a kind that a newer version of the program has added.
    pub fn kind(&self) -> Option<TaskKind> {
        TaskKind::from_word(&self.kind)
    }

    /// It leaves a learner with nothing to read or do, as far as we know.
    pub fn is_unsaid(&self) -> bool {
        self.kind().is_some_and(|kind| kind.is_unsaid(&self.body_html, &self.steps.0))
    }

    /// What it is about: another video or paper makes another task.
    pub fn subject(&self) -> (&str, Option<Uuid>) {
        let is_about = self.kind().is_some_and(TaskKind::is_about_reference);
        (&self.kind, self.ref_id.filter(|_| is_about))
    }

    /// The number of what it says after a correction; what is added begins with the first.
    fn wording_after(&self, made_as: CorrectionKind) -> i64 {
        self.wording + i64::from(made_as != CorrectionKind::Added)
    }

    /// Its words and figures by their columns.
    fn written(&self) -> [(&'static str, Val); 12] {
        [
            ("kind", (&self.kind).into()),
            ("title", (&self.title).into()),
            ("title_en", (&self.title_en).into()),
            ("minutes", self.minutes.into()),
            ("required", self.required.into()),
            ("ref_id", self.ref_id.into()),
            ("steps", serde_json::json!(self.steps.0).into()),
            ("prompts", serde_json::json!(self.prompts.0).into()),
            ("body_markdown", (&self.body_markdown).into()),
            ("body_html", (&self.body_html).into()),
            ("least_chars", self.least_chars.into()),
            ("most_chars", self.most_chars.into()),
        ]
    }

    /// Everything that it says and asks for.
    pub fn said(&self) -> serde_json::Value {
        serde_json::json!({
            "kind": self.kind, "title": self.title, "title_en": self.title_en, "minutes": self.minutes,
            "required": self.required, "ref_id": self.ref_id.map(|id| id.to_string()), "steps": self.steps.0, "prompts": self.prompts.0,
            "body_markdown": self.body_markdown, "body_html": self.body_html, "least_chars": self.least_chars,
            "most_chars": self.most_chars,
        })
    }
}

pub(crate) async fn insert(tx: &mut Tx, task: &TaskRow, at: Timestamp) -> Result<(), StorageError> {
    sql("insert into tasks (id, list_id, training_id, week, position, kind, title, title_en, minutes, required, ref_id, steps, \
         prompts, body_markdown, body_html, least_chars, most_chars, created_at) \
         values (:id, :list_id, :training_id, :week, :position, :kind, :title, :title_en, :minutes, :required, :ref_id, \
         :steps, :prompts, :body_markdown, :body_html, :least_chars, :most_chars, :created_at)")
    .set("id", task.id)
    .set("list_id", task.list_id)
    .set("training_id", task.training_id)
    .set("week", task.week)
    .set("position", task.position)
    .set_all(task.written())
    .set("created_at", at)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn update(tx: &mut Tx, task: &TaskRow) -> Result<u64, StorageError> {
    sql("update tasks set kind = :kind, title = :title, title_en = :title_en, minutes = :minutes, required = :required, \
         ref_id = :ref_id, steps = :steps, prompts = :prompts, body_markdown = :body_markdown, \
         body_html = :body_html, least_chars = :least_chars, most_chars = :most_chars where id = :id")
    .set("id", task.id)
    .set_all(task.written())
    .exec(tx)
    .await
}

pub(crate) async fn find(conn: &mut Conn, id: TaskId) -> Result<Option<TaskRow>, StorageError> {
    sql("select id, list_id, training_id, week, position, kind, title, title_en, minutes, required, ref_id, steps, prompts, \
         body_markdown, body_html, least_chars, most_chars, wording, corrected_as, correction, corrected_at, withdrawn_at \
         from tasks where id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// A task as one person sees it.
pub(crate) struct ShownTask {
    pub task: TaskRow,
    /// Where they learn, and how far they are.
    pub mine: open_tasks::PersonsTask,
    pub work: WorkRow,
}

storage::from_row! {
    /// What somebody has done of a task, once they began.
    pub(crate) struct WorkRow {
        pub late: Option<bool>,
        pub credited_ms: Option<i64>,
        pub covered: Option<Json<Ranges>>,
    }
}

impl FromRow for ShownTask {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        Ok(Self {
            task: FromRow::from_row(row)?,
            mine: FromRow::from_row(row)?,
            work: FromRow::from_row(row)?,
        })
    }
}

/// The columns of a task, of the place of a person and of their work, as the rows name them.
pub(crate) async fn shown(
    conn: &mut Conn,
    id: TaskId,
    person: PersonId,
) -> Result<Option<ShownTask>, StorageError> {
    sql("select t.id, t.list_id, t.training_id, t.week, t.position, t.kind, t.title, t.title_en, t.minutes, t.required, t.ref_id, t.steps, \
         t.prompts, t.body_markdown, t.body_html, t.least_chars, t.most_chars, t.wording, t.corrected_as, t.correction, \
         t.corrected_at, t.withdrawn_at, r.time_zone, r.starts_on, r.state as training_state, s.grace_days, p.class_id, \
         (select g.signed_at from v_charter_signature g where g.class_id = p.class_id and g.person_id = $2) as charter_signed_at, \
         c.class_id as claimed_in, v.length_ms as video_ms, \
         w.started_at, w.done_at, w.returned_at, w.awaits_review, w.score, w.most, w.minimum, w.attempts_left, \
         (select max(e.until) from task_extensions e where e.task_id = t.id and e.person_id = $2) as given_until, \
         w.late, w.credited_ms, w.covered \
         from tasks t join v_training r on r.training_id = t.training_id \
         left join board_settings s on s.training_id = t.training_id \
         left join v_placement m on m.training_id = t.training_id and m.person_id = $2 \
         left join list_publications p on p.class_id = m.class_id and p.list_id = t.list_id \
         left join claims c on c.list_id = t.list_id and c.person_id = $2 \
         left join task_progress w on w.task_id = t.id and w.person_id = $2 \
         left join v_micro_video v on v.micro_video_id = t.ref_id and t.kind = 'watch' where t.id = $1")
    .bind(id)
    .bind(person)
    .opt(conn)
    .await
}

pub(crate) async fn of_list(conn: &mut Conn, list: TaskListId) -> Result<Vec<TaskRow>, StorageError> {
    sql("select id, list_id, training_id, week, position, kind, title, title_en, minutes, required, ref_id, steps, prompts, \
         body_markdown, body_html, least_chars, most_chars, wording, corrected_as, correction, corrected_at, withdrawn_at \
         from tasks where list_id = $1 order by position, id")
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

/// Marks a correction where learners see it; true for the wording that was read.
pub(crate) async fn mark(
    tx: &mut Tx,
    before: &TaskRow,
    made_as: CorrectionKind,
    note: &str,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let is_withdrawn = made_as == CorrectionKind::Withdrawn;
    let marked = sql("update tasks set wording = $3, corrected_as = $4, correction = $5, corrected_at = $6, withdrawn_at = $7 \
         where id = $1 and wording = $2 and withdrawn_at is null")
    .bind(before.id)
    .bind(before.wording)
    .bind(before.wording_after(made_as))
    .bind(made_as.word())
    .bind(note)
    .bind(at)
    .bind(is_withdrawn.then_some(at))
    .exec(tx)
    .await?;
    Ok(marked == 1)
}

/// Keeps a correction with what the task said until then.
pub(crate) async fn keep_correction(
    tx: &mut Tx,
    before: &TaskRow,
    made_as: CorrectionKind,
    note: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<u64, StorageError> {
    sql("insert into task_corrections (task_id, wording, list_id, made_as, note, before, made_by, made_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(before.id)
    .bind(before.wording_after(made_as))
    .bind(before.list_id)
    .bind(made_as.word())
    .bind(note)
    .bind((made_as != CorrectionKind::Added).then(|| before.said()))
    .bind(by)
    .bind(at)
    .exec(tx)
    .await
}

storage::from_row! {
    /// A correction: the wording that came with it, and what the task said until then.
    #[derive(Debug, Clone)]
    pub(crate) struct CorrectionRow {
        pub wording: i64,
        pub made_as: CorrectionKind,
        pub note: String,
        pub before: Option<Json<Said>>,
        pub made_by_name: String,
        pub made_at: Timestamp,
    }
}

/// What a task said, as [`TaskRow::said`] keeps it.
#[derive(Debug, Clone, serde::Deserialize)]
pub(crate) struct Said {
    pub title: String,
    pub title_en: String,
    pub minutes: i64,
    pub required: bool,
    pub steps: Vec<String>,
    pub prompts: Vec<String>,
    pub body_markdown: String,
    pub body_html: String,
    pub least_chars: i64,
    pub most_chars: i64,
}

impl Said {
    pub fn of(task: TaskRow) -> Self {
        Self {
            title: task.title,
            title_en: task.title_en,
            minutes: task.minutes,
            required: task.required,
            steps: task.steps.0,
            prompts: task.prompts.0,
            body_markdown: task.body_markdown,
            body_html: task.body_html,
            least_chars: task.least_chars,
            most_chars: task.most_chars,
        }
    }
}

/// The corrections of a task, the oldest first.
pub(crate) async fn corrections(conn: &mut Conn, task: TaskId) -> Result<Vec<CorrectionRow>, StorageError> {
    sql("select c.wording, c.made_as, c.note, c.before, p.name as made_by_name, c.made_at \
         from task_corrections c join v_person p on p.person_id = c.made_by where c.task_id = $1 order by c.wording")
    .bind(task)
    .all(conn)
    .await
}
