//! A learner's week, in as few statements as it takes.

use kernel::id::{ClassId, PersonId, TaskId, TaskListId, TrainingId};
use kernel::{Date, Timestamp};
use storage::{Conn, StorageError, sql};
use uuid::Uuid;

use crate::model::CorrectionKind;

storage::from_row! {
    /// The class, its training's calendar, and what concerns this person apart from any list.
    #[derive(Debug, Clone)]
    pub(crate) struct HeadRow {
        pub class_name: String,
        /// Counts its names.
        pub class_version: i64,
        pub training_id: TrainingId,
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

storage::from_row! {
    /// The list of a week as a class has it, and this person's claim of it.
    #[derive(Debug, Clone)]
    pub(crate) struct PublishedRow {
        pub id: TaskListId,
        pub goal: String,
        pub goal_en: String,
        pub version: i64,
        pub correction: Option<String>,
        pub corrected_at: Option<Timestamp>,
        pub published_at: Timestamp,
        pub claimed_at: Option<Timestamp>,
        pub claim_version: Option<i64>,
    }
}

storage::from_row! {
    /// A task of the list with this person's progress.
    #[derive(Debug, Clone)]
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
    sql("select k.name as class_name, k.version as class_version, k.training_id, t.title as training_title, t.title_en as training_title_en, \
         t.state as training_state, t.time_zone, t.starts_on, t.weeks, s.grace_days, \
         (select m.charter_signed_at from v_class_member m where m.class_id = $1 and m.person_id = $2 and m.role = 'learner') \
         as charter_signed_at, \
         (select count(*) from announcements a where a.class_id = $1) as announcements \
         from v_class k join v_training t on t.training_id = k.training_id \
         left join board_settings s on s.training_id = k.training_id where k.class_id = $1")
    .bind(class)
    .bind(person)
    .opt(conn)
    .await
}

pub(crate) async fn published(
    conn: &mut Conn,
    training: TrainingId,
    week: u16,
    class: ClassId,
    person: PersonId,
) -> Result<Option<PublishedRow>, StorageError> {
    sql("select l.id, l.goal, l.goal_en, l.version, l.correction, l.corrected_at, p.published_at, c.claimed_at, c.version as claim_version \
         from task_lists l join list_publications p on p.list_id = l.id and p.class_id = $3 \
         left join claims c on c.list_id = l.id and c.person_id = $4 where l.training_id = $1 and l.week = $2")
    .bind(training)
    .bind(week)
    .bind(class)
    .bind(person)
    .opt(conn)
    .await
}

pub(crate) async fn tasks(
    conn: &mut Conn,
    list: TaskListId,
    person: PersonId,
) -> Result<Vec<WeekTaskRow>, StorageError> {
    sql("select t.id, t.kind, t.title, t.title_en, t.minutes, t.required, t.ref_id, \
         case when g.returned_at is not null then 'returned' else g.state end as state, g.done_at, g.late, g.credited_ms, \
         v.length_ms as video_ms, v.bytes as video_bytes, t.corrected_as, t.correction, t.corrected_at \
         from tasks t left join task_progress g on g.task_id = t.id and g.person_id = $2 \
         left join v_micro_video v on v.micro_video_id = t.ref_id and t.kind = 'watch' \
         where t.list_id = $1 order by t.position, t.id")
    .bind(list)
    .bind(person)
    .all(conn)
    .await
}
