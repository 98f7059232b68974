//! How far a class is: each learner with each task, and week by week.

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, TaskId, TaskListId};
use storage::{Conn, FromRow, Row, StorageError, sql};

use super::progress::KeptRow;
use crate::model::class_matrix::TaskWork;

storage::from_row! {
    /// A learner of the class or somebody who left it, and whether they claimed the list.
    #[derive(Debug, Clone)]
    pub(crate) struct LearnerRow {
        pub person_id: PersonId,
        pub name: String,
        pub org_unit_name: Option<String>,
        pub charter_signed_at: Option<Timestamp>,
        pub claimed_at: Option<Timestamp>,
        pub left_at: Option<Timestamp>,
    }
}

/// What somebody did of one task.
pub(crate) struct CellRow {
    pub task: TaskId,
    pub person: PersonId,
    pub work: TaskWork,
}

impl FromRow for CellRow {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        let kept = KeptRow::from_row(row)?;
        let work = TaskWork {
            // Whether the list is claimed is said beside the learner.
            work: kept.work(false),
            given_until: kept.given_until,
            is_late: row.get("late")?,
            done_at: kept.done_at,
            credited_seconds: row.get::<i64>("credited_ms")? / 1000,
        };
        Ok(Self { task: row.get("task_id")?, person: row.get("person_id")?, work })
    }
}

storage::from_row! {
    /// A learner's week in figures.
    #[derive(Debug, Clone)]
    pub(crate) struct WeekDoneRow {
        pub person_id: PersonId,
        pub name: String,
        pub org_unit_name: Option<String>,
        pub week: u16,
        pub claimed_at: Option<Timestamp>,
        pub required: i64,
        pub done: i64,
        pub returned: i64,
        pub revisable: i64,
        pub below: i64,
    }
}

/// The learners by name, and then those who left.
pub(crate) async fn learners(
    conn: &mut Conn,
    class: ClassId,
    list: Option<TaskListId>,
) -> Result<Vec<LearnerRow>, StorageError> {
    sql("select m.person_id, p.name, p.org_unit_name, m.charter_signed_at, c.claimed_at, m.left_at \
         from (select person_id, charter_signed_at, cast(null as timestamptz) as left_at from v_class_member \
               where class_id = $1 and role = 'learner' \
               union all select person_id, cast(null as timestamptz), left_at from v_departed_learner \
               where class_id = $1) m \
         join v_person p on p.person_id = m.person_id \
         left join claims c on c.person_id = m.person_id and c.list_id = $2 \
         order by m.left_at is not null, p.name, m.person_id")
    .bind(class)
    .bind(list)
    .all(conn)
    .await
}

/// What the class's learners did of the list's tasks, in whichever class they sat when they did it.
pub(crate) async fn cells(
    conn: &mut Conn,
    class: ClassId,
    list: TaskListId,
) -> Result<Vec<CellRow>, StorageError> {
    sql("select g.task_id, g.person_id, g.late, g.credited_ms, \
         g.started_at, g.done_at, g.returned_at, g.awaits_review, g.score, g.most, g.minimum, g.attempts_left, \
         (select max(e.until) from task_extensions e where e.task_id = g.task_id and e.person_id = g.person_id) as given_until \
         from tasks t join task_progress g on g.task_id = t.id \
         where t.list_id = $2 and g.person_id in (select person_id from v_class_member where class_id = $1 and role = 'learner' \
         union all select person_id from v_departed_learner where class_id = $1)")
    .bind(class)
    .bind(list)
    .all(conn)
    .await
}

/// Every learner with every published week, by person and week. Of what came back it is told apart what its learner was given time for that
/// goes on.
pub(crate) async fn weeks(
    conn: &mut Conn,
    class: ClassId,
    now: Timestamp,
) -> Result<Vec<WeekDoneRow>, StorageError> {
    sql("select m.person_id, p.name, p.org_unit_name, l.week, c.claimed_at, \
         (select count(*) from tasks t where t.list_id = l.list_id and t.required and t.withdrawn_at is null) as required, \
         (select count(*) from tasks t join task_progress g on g.task_id = t.id and g.person_id = m.person_id \
          where t.list_id = l.list_id and t.required and t.withdrawn_at is null and g.state = 'done' and g.returned_at is null \
          and (g.score is null or g.score * 100 >= g.minimum * g.most)) as done, \
         (select count(*) from tasks t join task_progress g on g.task_id = t.id and g.person_id = m.person_id \
          where t.list_id = l.list_id and t.required and t.withdrawn_at is null and g.returned_at is not null) as returned, \
         (select count(*) from tasks t join task_progress g on g.task_id = t.id and g.person_id = m.person_id \
          where t.list_id = l.list_id and t.required and t.withdrawn_at is null and g.returned_at is not null and exists \
          (select 1 from task_extensions e where e.task_id = t.id and e.person_id = m.person_id and e.until > $2)) as revisable, \
         (select count(*) from tasks t join task_progress g on g.task_id = t.id and g.person_id = m.person_id \
          where t.list_id = l.list_id and t.required and t.withdrawn_at is null and g.score * 100 < g.minimum * g.most) as below \
         from v_class_member m join v_person p on p.person_id = m.person_id \
         join v_list_publication l on l.class_id = m.class_id \
         left join claims c on c.list_id = l.list_id and c.person_id = m.person_id \
         where m.class_id = $1 and m.role = 'learner' order by p.name, m.person_id, l.week")
    .bind(class)
    .bind(now)
    .all(conn)
    .await
}
