//! A learner's week, in as few statements as it takes.

use class_allocation::access::{ClassMember, ClassPlace};
use kernel::id::{ClassId, PersonId, TaskId, TaskListId, TrainingId};
use kernel::{Date, Timestamp};
use storage::{Conn, FromRow, Row, StorageError, sql};
use uuid::Uuid;

use super::progress::KeptRow;
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

/// What a week has for a person, and what they may still do of earlier weeks.
#[derive(Debug, Default)]
pub(crate) struct WeekTasks {
    /// None when the class does not have a list of this week.
    pub list: Option<PublishedRow>,
    pub tasks: Vec<WeekTaskRow>,
    /// Tasks of earlier weeks that ask for something, by week.
    pub earlier: Vec<WeekTaskRow>,
}

/// Whose week is asked for.
pub(crate) struct Asked {
    training: TrainingId,
    class: ClassId,
    person: PersonId,
    week: u16,
    /// From this week on what is not done comes along.
    earliest: u16,
}

impl Asked {
    pub fn of(member: &ClassMember, head: &HeadRow, week: u16) -> Self {
        let (class, person) = (member.class, member.actor.person);
        Self { training: head.training_id, class, person, week, earliest: week }
    }

    /// What is not done of earlier weeks comes along.
    pub fn with_earlier_weeks(self) -> Self {
        Self { earliest: 1, ..self }
    }
}

storage::from_row! {
    #[derive(Debug)]
    pub(crate) struct PublishedRow {
        pub week: u16,
        pub list_id: TaskListId,
        pub goal: String,
        pub goal_en: String,
        pub goal_correction: Option<String>,
        pub goal_corrected_at: Option<Timestamp>,
        pub published_at: Timestamp,
        pub claimed_at: Option<Timestamp>,
    }
}

/// A task of a list with this person's progress.
#[derive(Debug)]
pub(crate) struct WeekTaskRow {
    pub week: u16,
    pub is_claimed: bool,
    pub task: ListedTaskRow,
    pub kept: KeptRow,
}

storage::from_row! {
    #[derive(Debug)]
    pub(crate) struct ListedTaskRow {
        pub id: TaskId,
        pub kind: String,
        pub title: String,
        pub title_en: String,
        pub minutes: i64,
        pub required: bool,
        pub ref_id: Option<Uuid>,
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
        self.task.corrected_as == Some(CorrectionKind::Withdrawn)
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

/// One statement for the week and what is left of those before it.
pub(crate) async fn list(conn: &mut Conn, asked: &Asked) -> Result<WeekTasks, StorageError> {
    let rows: Vec<ListedRow> = sql("select l.week, l.id as list_id, l.goal, l.goal_en, l.correction as goal_correction, \
         l.corrected_at as goal_corrected_at, p.published_at, c.claimed_at, \
         t.id, t.kind, t.title, t.title_en, t.minutes, t.required, t.ref_id, g.late, g.credited_ms, \
         g.started_at, g.done_at, g.returned_at, g.awaits_review, g.score, g.most, g.minimum, g.attempts_left, \
         (select max(e.until) from task_extensions e where e.task_id = t.id and e.person_id = $4) as given_until, \
         v.length_ms as video_ms, v.bytes as video_bytes, t.corrected_as, t.correction, t.corrected_at \
         from task_lists l join list_publications p on p.list_id = l.id and p.class_id = $3 \
         left join claims c on c.list_id = l.id and c.person_id = $4 \
         left join tasks t on t.list_id = l.id \
         left join task_progress g on g.task_id = t.id and g.person_id = $4 \
         left join v_micro_video v on v.micro_video_id = t.ref_id and t.kind = 'watch' \
         where l.training_id = $1 and (l.week = $2 or (l.week >= $5 and l.week < $2 and t.withdrawn_at is null \
         and (g.done_at is null or g.returned_at is not null or g.score * 100 < g.minimum * g.most))) \
         order by l.week, t.position, t.id")
    .bind(asked.training)
    .bind(asked.week)
    .bind(asked.class)
    .bind(asked.person)
    .bind(asked.earliest)
    .all(conn)
    .await?;
    let mut found = WeekTasks::default();
    for ListedRow { list, task } in rows {
        if list.week == asked.week {
            found.tasks.extend(task);
            found.list.get_or_insert(list);
        } else {
            found.earlier.extend(task);
        }
    }
    Ok(found)
}

/// The list stands in the row of each of its tasks; where it has none, in one row without a task.
struct ListedRow {
    list: PublishedRow,
    task: Option<WeekTaskRow>,
}

impl FromRow for ListedRow {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        let list = PublishedRow::from_row(row)?;
        if row.get::<Option<TaskId>>("id")?.is_none() {
            return Ok(Self { list, task: None });
        }
        let task = WeekTaskRow {
            week: list.week,
            is_claimed: list.claimed_at.is_some(),
            task: FromRow::from_row(row)?,
            kept: FromRow::from_row(row)?,
        };
        Ok(Self { list, task: Some(task) })
    }
}
