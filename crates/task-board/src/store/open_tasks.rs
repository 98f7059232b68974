//! What decides whether a learner may work on a task.

use kernel::id::{ClassId, PersonId, TaskId, TaskListId, TrainingId};
use kernel::{Date, Timestamp};
use storage::{Conn, StorageError, sql};
use uuid::Uuid;

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
    }
}

storage::from_row! {
    /// The learner's class that has the list.
    pub(crate) struct SeatRow { pub class_id: ClassId, pub charter_signed_at: Option<Timestamp> }
}

pub(crate) async fn task(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<TaskRow>, StorageError> {
    sql("select t.list_id, t.training_id, t.week, t.kind, t.ref_id, t.least_chars, t.most_chars, r.time_zone, r.starts_on, \
         r.state as training_state, s.grace_days, c.claimed_at \
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
