//! What decides whether a learner may work on a task.

use kernel::id::{ClassId, MicroVideoId, PersonId, TaskId, TaskListId, TrainingId};
use kernel::{Date, TimeZone, Timestamp, Window};
use storage::{Conn, StorageError, sql};
use uuid::Uuid;

use crate::model::WeekClock;
use crate::model::week::DEFAULT_GRACE_DAYS;

storage::from_row! {
    /// A task with its training's calendar, and whether this person claimed its list.
    pub(crate) struct TaskRow {
        pub list_id: TaskListId,
        pub training_id: TrainingId,
        pub week: u16,
        pub kind: String,
        pub ref_id: Option<Uuid>,
        pub least_chars: i64,
        pub most_chars: i64,
        pub time_zone: String,
        pub starts_on: Date,
        pub training_state: String,
        pub grace_days: Option<u16>,
        pub claimed_at: Option<Timestamp>,
        pub withdrawn_at: Option<Timestamp>,
        pub wording: i64,
    }
}

impl TaskRow {
    /// When its week opens, closes and ends.
    pub fn clock(&self) -> Result<WeekClock, StorageError> {
        let zone = TimeZone::parse(&self.time_zone)
            .ok_or_else(|| StorageError::Decode(format!("time_zone: {}", self.time_zone)))?;
        Ok(WeekClock::of(self.starts_on, self.week, &zone, self.grace_days.unwrap_or(DEFAULT_GRACE_DAYS)))
    }
}

storage::from_row! {
    /// The learner's class that has the list.
    pub(crate) struct SeatRow { pub class_id: ClassId, pub charter_signed_at: Option<Timestamp> }
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
         join list_publications p on p.list_id = t.list_id \
         join v_class_member m on m.class_id = p.class_id \
         where t.ref_id = $1 and t.kind = 'watch' and t.withdrawn_at is null and m.person_id = $2 and m.role = 'learner' \
         and (m.charter_signed_at is not null or r.state = 'closed') order by t.week")
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
) -> Result<Option<TaskRow>, StorageError> {
    sql("select t.list_id, t.training_id, t.week, t.kind, t.ref_id, t.least_chars, t.most_chars, r.time_zone, r.starts_on, \
         r.state as training_state, s.grace_days, c.claimed_at, t.withdrawn_at, t.wording \
         from tasks t join v_training r on r.training_id = t.training_id \
         left join board_settings s on s.training_id = t.training_id \
         left join claims c on c.list_id = t.list_id and c.person_id = $2 where t.id = $1")
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}

pub(crate) async fn seat(
    conn: &mut Conn,
    list: TaskListId,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<SeatRow>, StorageError> {
    sql("select m.class_id, m.charter_signed_at from v_class_member m \
         join list_publications p on p.class_id = m.class_id and p.list_id = $3 \
         where m.training_id = $1 and m.person_id = $2 and m.role = 'learner'")
    .bind(training)
    .bind(person)
    .bind(list)
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
         from v_class_member m join v_training r on r.training_id = m.training_id \
         where m.training_id = $1 and m.person_id = $2 and m.role = 'learner'")
    .bind(training)
    .bind(person)
    .opt(conn)
    .await
}
