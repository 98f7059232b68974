//! What decides whether a learner may work on a task.

use kernel::id::{ClassId, MicroVideoId, PersonId, TaskId, TaskListId, TrainingId};
use kernel::{Date, TimeZone, Timestamp, Window};
use storage::{Conn, FromRow, Row, StorageError, Tx, sql};
use uuid::Uuid;

use super::progress::KeptRow;
use crate::model::{Calendar, Deadline, deadline};

storage::from_row! {
    /// A task with its training's calendar, and where this person learns.
    #[derive(Debug)]
    pub(crate) struct TaskRow {
        pub list_id: TaskListId,
        pub training_id: TrainingId,
        pub week: u16,
        pub kind: String,
        pub ref_id: Option<Uuid>,
        pub least_chars: i64,
        pub most_chars: i64,
        pub wording: i64,
        pub withdrawn_at: Option<Timestamp>,
        pub time_zone: String,
        pub starts_on: Date,
        pub training_state: String,
        pub grace_days: Option<u16>,
        /// The person's class, if it has the list.
        pub class_id: Option<ClassId>,
        pub charter_signed_at: Option<Timestamp>,
        /// Where they claimed its list.
        pub claimed_in: Option<ClassId>,
        pub video_ms: Option<u32>,
    }
}

/// A task as it is for one person.
#[derive(Debug)]
pub(crate) struct PersonsTask {
    pub task: TaskRow,
    /// How far they are with it.
    pub kept: KeptRow,
}

impl FromRow for PersonsTask {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        Ok(Self { task: FromRow::from_row(row)?, kept: FromRow::from_row(row)? })
    }
}

storage::from_row! {
    /// A list that a learner's class has, and what decides whether they may claim it.
    pub(crate) struct ListRow {
        pub training_id: TrainingId,
        pub week: u16,
        pub class_id: ClassId,
        pub charter_signed_at: Option<Timestamp>,
        pub time_zone: String,
        pub starts_on: Date,
        pub training_state: String,
        pub grace_days: Option<u16>,
    }
}

impl PersonsTask {
    /// Until when, for this person.
    pub fn deadline(&self) -> Result<Deadline, StorageError> {
        let TaskRow { starts_on, week, time_zone, grace_days, .. } = &self.task;
        Ok(deadline(&calendar(*starts_on, time_zone, *grace_days)?, *week, self.kept.given_until))
    }
}

impl ListRow {
    /// When its week opens, closes and ends.
    pub fn deadline(&self) -> Result<Deadline, StorageError> {
        Ok(calendar(self.starts_on, &self.time_zone, self.grace_days)?.week(self.week))
    }
}

/// A training's calendar as it is stored.
pub(crate) fn calendar(
    starts_on: Date,
    time_zone: &str,
    grace_days: Option<u16>,
) -> Result<Calendar, StorageError> {
    let known = Calendar::stored(starts_on, time_zone, grace_days);
    known.ok_or_else(|| StorageError::Decode(format!("time_zone: {time_zone}")))
}

storage::from_row! {
    /// The learner's class, whatever it has, and whether they ever signed a charter of the training.
    pub(crate) struct ClassRow { pub class_id: ClassId, pub training_state: String, pub has_signed: bool }
}

storage::from_row! {
    /// A week that may show something, and the calendar that says when it begins.
    pub(crate) struct ShowingRow { pub week: u16, pub time_zone: String, pub starts_on: Date }
}

impl ShowingRow {
    /// When the week begins.
    pub fn opens(&self) -> Result<Timestamp, StorageError> {
        let zone = TimeZone::parse(&self.time_zone)
            .ok_or_else(|| StorageError::Decode(format!("time_zone: {}", self.time_zone)))?;
        Ok(Window::of_week(self.starts_on, self.week, &zone).opens)
    }
}

/// The weeks that name a micro-video, of lists that the learner's class has; none while they have yet to sign its charter.
pub(crate) async fn weeks_that_show(
    conn: &mut Conn,
    learner: PersonId,
    video: MicroVideoId,
) -> Result<Vec<ShowingRow>, StorageError> {
    sql("select t.week, r.time_zone, r.starts_on from tasks t \
         join v_training r on r.training_id = t.training_id \
         join v_placement m on m.training_id = t.training_id and m.person_id = $2 \
         join list_publications p on p.class_id = m.class_id and p.list_id = t.list_id \
         where t.ref_id = $1 and t.kind = 'watch' and t.withdrawn_at is null and (r.state = 'closed' or exists \
         (select 1 from v_charter_signature g where g.class_id = m.class_id and g.person_id = m.person_id)) order by t.week")
    .bind(video)
    .bind(learner)
    .all(conn)
    .await
}

/// The week of a task, and its training's calendar, if the class has its list.
pub(crate) async fn showing_to(
    conn: &mut Conn,
    task: TaskId,
    class: ClassId,
) -> Result<Option<ShowingRow>, StorageError> {
    sql("select t.week, r.time_zone, r.starts_on from tasks t \
         join v_training r on r.training_id = t.training_id \
         join list_publications p on p.list_id = t.list_id where t.id = $1 and p.class_id = $2")
    .bind(task)
    .bind(class)
    .opt(conn)
    .await
}

pub(crate) async fn task(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<PersonsTask>, StorageError> {
    sql("select t.list_id, t.training_id, t.week, t.kind, t.ref_id, t.least_chars, t.most_chars, t.wording, t.withdrawn_at, \
         r.time_zone, r.starts_on, r.state as training_state, s.grace_days, p.class_id, \
         (select g.signed_at from v_charter_signature g where g.class_id = p.class_id and g.person_id = $2) as charter_signed_at, \
         c.class_id as claimed_in, v.length_ms as video_ms, \
         w.started_at, w.done_at, w.returned_at, w.awaits_review, w.score, w.most, w.minimum, w.attempts_left, \
         (select max(e.until) from task_extensions e where e.task_id = t.id and e.person_id = $2) as given_until \
         from tasks t join v_training r on r.training_id = t.training_id \
         left join board_settings s on s.training_id = t.training_id \
         left join v_placement m on m.training_id = t.training_id and m.person_id = $2 \
         left join list_publications p on p.class_id = m.class_id and p.list_id = t.list_id \
         left join claims c on c.list_id = t.list_id and c.person_id = $2 \
         left join task_progress w on w.task_id = t.id and w.person_id = $2 \
         left join v_micro_video v on v.micro_video_id = t.ref_id and t.kind = 'watch' where t.id = $1")
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}

/// Keeps the training of a task as it is until the end of the transaction, for as many as want that.
pub(crate) async fn keep_training_still(tx: &mut Tx, task: TaskId) -> Result<(), StorageError> {
    // SQLite has one writer.
    if tx.is_sqlite() {
        return Ok(());
    }
    let text = "select r.training_id as value from v_training r \
                where r.training_id = (select t.training_id from tasks t where t.id = $1) for share";
    sql(text).bind(task).opt::<TrainingId>(tx).await.map(drop)
}

pub(crate) async fn list(
    conn: &mut Conn,
    list: TaskListId,
    person: PersonId,
) -> Result<Option<ListRow>, StorageError> {
    sql("select l.training_id, l.week, m.class_id, \
         (select g.signed_at from v_charter_signature g where g.class_id = m.class_id and g.person_id = $2) as charter_signed_at, \
         r.time_zone, r.starts_on, r.state as training_state, s.grace_days \
         from task_lists l join v_training r on r.training_id = l.training_id \
         join v_placement m on m.training_id = l.training_id and m.person_id = $2 \
         join v_class k on k.class_id = m.class_id \
         join list_publications p on p.class_id = m.class_id and p.list_id = l.id \
         left join board_settings s on s.training_id = l.training_id where l.id = $1 and k.published")
    .bind(list)
    .bind(person)
    .opt(conn)
    .await
}

pub(crate) async fn class_of(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<ClassRow>, StorageError> {
    sql("select m.class_id, r.state as training_state, \
         exists (select 1 from v_charter_signer s where s.training_id = m.training_id and s.person_id = m.person_id) as has_signed \
         from v_placement m join v_training r on r.training_id = m.training_id \
         where m.training_id = $1 and m.person_id = $2")
    .bind(training)
    .bind(person)
    .opt(conn)
    .await
}
