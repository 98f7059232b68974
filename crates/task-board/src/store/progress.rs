//! How far learners are: claims and the progress on each task.

use kernel::id::{ClaimId, ClassId, PersonId, TaskId, TaskListId, TrainingId};
use kernel::{Date, Timestamp};
use storage::{Conn, Json, StorageError, Tx, sql};

use crate::model::Ranges;

storage::from_row! {
    /// A learner's claim, held by the transaction that stepped on it.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct ClaimRow { pub list_id: TaskListId, pub class_id: ClassId, pub training_id: TrainingId, pub version: i64 }
}

storage::from_row! {
    /// What tells a task's deadline.
    pub(crate) struct CalendarRow { pub week: u16, pub time_zone: String, pub starts_on: Date, pub grace_days: Option<u16> }
}

/// Takes the claim behind a task: whoever steps on the same week at the same time waits here. None when the person did not claim it.
/// It goes along with its learner into another class.
pub(crate) async fn step(
    tx: &mut Tx,
    task: TaskId,
    person: PersonId,
) -> Result<Option<ClaimRow>, StorageError> {
    sql("update claims set version = version + 1, class_id = coalesce((select m.class_id from v_class_member m \
         where m.training_id = claims.training_id and m.person_id = claims.person_id and m.role = 'learner'), class_id) \
         where person_id = $2 and list_id = (select list_id from tasks where id = $1) \
         returning list_id, class_id, training_id, version")
    .bind(task)
    .bind(person)
    .opt(tx)
    .await
}

pub(crate) async fn calendar(conn: &mut Conn, task: TaskId) -> Result<CalendarRow, StorageError> {
    sql("select t.week, r.time_zone, r.starts_on, s.grace_days from tasks t \
         join v_training r on r.training_id = t.training_id \
         left join board_settings s on s.training_id = t.training_id where t.id = $1")
    .bind(task)
    .one(conn)
    .await
}

/// Notes that a task was begun; true when it is the first time.
pub(crate) async fn start(
    tx: &mut Tx,
    task: TaskId,
    person: PersonId,
    claim: ClaimRow,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let begun = sql("insert into task_progress (task_id, person_id, class_id, training_id, state, started_at, late, credited_ms, \
         covered, result) values ($1, $2, $3, $4, 'started', $5, false, 0, $6, $7) \
         on conflict (task_id, person_id) do nothing")
    .bind(task)
    .bind(person)
    .bind(claim.class_id)
    .bind(claim.training_id)
    .bind(at)
    .bind(serde_json::json!([]))
    .bind(serde_json::json!({}))
    .exec(tx)
    .await?;
    Ok(begun == 1)
}

/// Notes that a task that was begun is done, and is not back with its learner any more; true when it was not done before.
pub(crate) async fn finish(
    tx: &mut Tx,
    task: TaskId,
    person: PersonId,
    at: Timestamp,
    late: bool,
    result: &serde_json::Value,
) -> Result<bool, StorageError> {
    let done = sql("update task_progress set state = 'done', done_at = $3, late = $4, result = $5 \
         where task_id = $1 and person_id = $2 and state = 'started'")
    .bind(task)
    .bind(person)
    .bind(at)
    .bind(late)
    .bind(result)
    .exec(tx)
    .await?;
    if done == 0 {
        sql("update task_progress set returned_at = null where task_id = $1 and person_id = $2 and returned_at is not null")
            .bind(task)
            .bind(person)
            .exec(tx)
            .await?;
    }
    Ok(done == 1)
}

/// Notes that what was done is back with its learner.
pub(crate) async fn give_back(
    tx: &mut Tx,
    task: TaskId,
    person: PersonId,
    at: Timestamp,
) -> Result<u64, StorageError> {
    sql("update task_progress set returned_at = $3 where task_id = $1 and person_id = $2 and state = 'done'")
        .bind(task)
        .bind(person)
        .bind(at)
        .exec(tx)
        .await
}

/// True when the list was not claimed before.
pub(crate) async fn claim(
    tx: &mut Tx,
    id: ClaimId,
    list: TaskListId,
    person: PersonId,
    class: ClassId,
    training: TrainingId,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let claimed =
        sql("insert into claims (id, list_id, person_id, class_id, training_id, version, claimed_at) \
         values ($1, $2, $3, $4, $5, 1, $6) on conflict (list_id, person_id) do nothing")
        .bind(id)
        .bind(list)
        .bind(person)
        .bind(class)
        .bind(training)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(claimed == 1)
}

/// How far one person is with one task; none when they have not begun.
pub(crate) async fn find(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<ProgressRow>, StorageError> {
    sql("select case when returned_at is not null then 'returned' else state end as state, started_at, done_at, late, credited_ms, \
         covered from task_progress where task_id = $1 and person_id = $2")
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct ProgressRow {
        pub state: String,
        pub started_at: Timestamp,
        pub done_at: Option<Timestamp>,
        pub late: bool,
        pub credited_ms: i64,
        pub covered: Json<Ranges>,
    }
}
