//! A learner's week, in as few statements as it takes.

use class_allocation::access::ClassPlace;
use kernel::id::{ClassId, PersonId, TaskId, TaskListId, TrainingId};
use kernel::{Date, Timestamp};
use storage::{Conn, FromRow, Row, StorageError, sql};
use uuid::Uuid;

use crate::model::CorrectionKind;

storage::from_row! {
    /// The class, its training's calendar, and what concerns this person apart from any list.
    #[derive(Debug, Clone)]
    pub(crate) struct HeadRow {
        pub class_id: ClassId,
        pub class_name: String,
        pub published: bool,
        pub training_id: TrainingId,
        pub org_path: String,
        pub training_title: String,
        pub training_title_en: String,
        pub training_state: String,
        pub time_zone: String,
        pub starts_on: Date,
        pub weeks: u16,
        pub grace_days: Option<u16>,
        pub charter_signed_at: Option<Timestamp>,
        pub announcements: i64,
    }
}

impl HeadRow {
    /// What says who belongs to the class.
    pub fn place(&self) -> ClassPlace {
        ClassPlace {
            class: self.class_id,
            training: self.training_id,
            published: self.published,
            org_path: self.org_path.clone(),
        }
    }
}

/// The list of a week as a class has it, with this person's claim and progress.
#[derive(Debug)]
pub(crate) struct WeekList {
    pub list: PublishedRow,
    pub tasks: Vec<WeekTaskRow>,
}

storage::from_row! {
    #[derive(Debug)]
    pub(crate) struct PublishedRow {
        pub list_id: TaskListId,
        pub goal: String,
        pub goal_en: String,
        pub goal_correction: Option<String>,
        pub goal_corrected_at: Option<Timestamp>,
        pub published_at: Timestamp,
        pub claimed_at: Option<Timestamp>,
    }
}

storage::from_row! {
    /// A task of the list with this person's progress.
    #[derive(Debug)]
    pub(crate) struct WeekTaskRow {
        pub id: TaskId,
        pub kind: String,
        pub title: String,
        pub title_en: String,
        pub minutes: i64,
        pub required: bool,
        pub ref_id: Option<Uuid>,
        pub state: Option<String>,
        pub done_at: Option<Timestamp>,
        pub late: Option<bool>,
        pub credited_ms: Option<i64>,
        pub video_ms: Option<i64>,
        pub video_bytes: Option<i64>,
        pub corrected_as: Option<CorrectionKind>,
        pub correction: Option<String>,
        pub corrected_at: Option<Timestamp>,
    }
}

impl WeekTaskRow {
    /// It asks for nothing any more.
    pub fn is_withdrawn(&self) -> bool {
        self.corrected_as == Some(CorrectionKind::Withdrawn)
    }
}

pub(crate) async fn head(
    conn: &mut Conn,
    class: ClassId,
    person: PersonId,
) -> Result<Option<HeadRow>, StorageError> {
    sql("select k.class_id, k.name as class_name, k.published, k.training_id, t.org_path, t.title as training_title, \
         t.title_en as training_title_en, t.state as training_state, t.time_zone, t.starts_on, t.weeks, s.grace_days, \
         (select g.signed_at from v_placement m join v_charter_signature g on g.class_id = m.class_id and g.person_id = m.person_id \
         where m.class_id = $1 and m.person_id = $2) as charter_signed_at, \
         (select count(*) from announcements a where a.class_id = $1) as announcements \
         from v_class k join v_training t on t.training_id = k.training_id \
         left join board_settings s on s.training_id = k.training_id where k.class_id = $1")
    .bind(class)
    .bind(person)
    .opt(conn)
    .await
}

/// None when the class does not have a list of this week.
pub(crate) async fn list(
    conn: &mut Conn,
    training: TrainingId,
    week: u16,
    class: ClassId,
    person: PersonId,
) -> Result<Option<WeekList>, StorageError> {
    let mut rows = sql("select l.id as list_id, l.goal, l.goal_en, l.correction as goal_correction, l.corrected_at as goal_corrected_at, \
         p.published_at, c.claimed_at, \
         t.id, t.kind, t.title, t.title_en, t.minutes, t.required, t.ref_id, \
         case when g.returned_at is not null then 'returned' else g.state end as state, g.done_at, g.late, g.credited_ms, \
         v.length_ms as video_ms, v.bytes as video_bytes, t.corrected_as, t.correction, t.corrected_at \
         from task_lists l join list_publications p on p.list_id = l.id and p.class_id = $3 \
         left join claims c on c.list_id = l.id and c.person_id = $4 \
         left join tasks t on t.list_id = l.id \
         left join task_progress g on g.task_id = t.id and g.person_id = $4 \
         left join v_micro_video v on v.micro_video_id = t.ref_id and t.kind = 'watch' \
         where l.training_id = $1 and l.week = $2 order by t.position, t.id")
    .bind(training)
    .bind(week)
    .bind(class)
    .bind(person)
    .all::<ListedRow>(conn)
    .await?
    .into_iter();
    let Some(ListedRow { list, task }) = rows.next() else { return Ok(None) };
    Ok(Some(WeekList { list, tasks: task.into_iter().chain(rows.filter_map(|row| row.task)).collect() }))
}

/// The list stands in the row of each of its tasks; where it has none, in one row without a task.
struct ListedRow {
    list: PublishedRow,
    task: Option<WeekTaskRow>,
}

impl FromRow for ListedRow {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        let list = PublishedRow::from_row(row)?;
        let has_task = row.get::<Option<TaskId>>("id")?.is_some();
        Ok(Self { list, task: if has_task { Some(WeekTaskRow::from_row(row)?) } else { None } })
    }
}
