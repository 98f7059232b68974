//! How far learners are: claims and the progress on each task.

use kernel::Timestamp;
use kernel::id::{ClaimId, ClassId, PersonId, TaskId, TaskListId, TrainingId};
use storage::{StorageError, Tx, sql};

use crate::access::OpenTask;
use crate::model::Deed;

/// What somebody claimed goes along into the class where they learn now, if that is another one.
pub(crate) async fn go_along(tx: &mut Tx, task: TaskId, person: PersonId) -> Result<u64, StorageError> {
    sql("update claims set class_id = (select m.class_id from v_placement m \
         where m.training_id = claims.training_id and m.person_id = claims.person_id) \
         where person_id = $2 and list_id = (select list_id from tasks where id = $1) and exists (select 1 from v_placement m \
         where m.training_id = claims.training_id and m.person_id = claims.person_id and m.class_id <> claims.class_id)")
    .bind(task)
    .bind(person)
    .exec(tx)
    .await
}

/// Notes that a task was begun; true when it is the first time.
pub(crate) async fn start(tx: &mut Tx, open: &OpenTask, at: Timestamp) -> Result<bool, StorageError> {
    let begun = sql("insert into task_progress (task_id, person_id, class_id, training_id, state, started_at, late, credited_ms, \
         covered) values ($1, $2, $3, $4, 'started', $5, false, 0, $6) \
         on conflict (task_id, person_id) do nothing")
    .bind(open.task)
    .bind(open.actor.person)
    .bind(open.class)
    .bind(open.training)
    .bind(at)
    .bind(serde_json::json!([]))
    .exec(tx)
    .await?;
    Ok(begun == 1)
}

/// Notes that a task is done, begun before or not; true when it was not done before. Nothing happens to who has not claimed its list.
pub(crate) async fn done(tx: &mut Tx, deed: &Deed) -> Result<bool, StorageError> {
    let done = sql("insert into task_progress (task_id, person_id, class_id, training_id, state, started_at, done_at, late, credited_ms, \
         covered) select t.id, c.person_id, :class_id, c.training_id, 'done', :at, :at, :late, 0, :covered \
         from tasks t join claims c on c.list_id = t.list_id where t.id = :task_id and c.person_id = :person_id \
         on conflict (task_id, person_id) do update set state = 'done', done_at = excluded.done_at, late = excluded.late \
         where task_progress.state = 'started'")
    .set("class_id", deed.class)
    .set("at", deed.at)
    .set("late", deed.late)
    .set("covered", serde_json::json!([]))
    .set("task_id", deed.task)
    .set("person_id", deed.person)
    .exec(tx)
    .await?;
    Ok(done == 1)
}

/// Notes that what was back with its learner is handed in again.
pub(crate) async fn take_back(tx: &mut Tx, task: TaskId, person: PersonId) -> Result<u64, StorageError> {
    sql("update task_progress set returned_at = null where task_id = $1 and person_id = $2 and returned_at is not null")
        .bind(task)
        .bind(person)
        .exec(tx)
        .await
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
    let claimed = sql("insert into claims (id, list_id, person_id, class_id, training_id, claimed_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (list_id, person_id) do nothing")
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
