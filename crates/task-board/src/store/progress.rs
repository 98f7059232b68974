//! How far learners are: claims and the progress on each task.

use kernel::Timestamp;
use kernel::id::{ClaimId, ClassId, PersonId, TaskId, TaskListId, TrainingId};
use storage::{StorageError, Tx, sql};
use uuid::Uuid;

use crate::access::OpenTask;
use crate::model::{Deed, TestResult, Work};
use crate::progress::Extension;

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

/// Notes that a task is done, begun before or not, and what comes of doing it again: handed in again it waits for its review, and of a
/// test the best attempt stands. True when it was not done before. Nothing happens to who has not claimed its list.
pub(crate) async fn done(tx: &mut Tx, deed: &Deed) -> Result<bool, StorageError> {
    let test = deed.test;
    let deeds: Option<i64> = sql("insert into task_progress (task_id, person_id, class_id, training_id, state, started_at, done_at, late, \
         credited_ms, covered, deeds, awaits_review, score, most, minimum, attempts_left) \
         select t.id, c.person_id, :class_id, c.training_id, 'done', :at, :at, :late, 0, :covered, 1, :awaits_review, :score, :most, \
         :minimum, :attempts_left \
         from tasks t join claims c on c.list_id = t.list_id where t.id = :task_id and c.person_id = :person_id \
         on conflict (task_id, person_id) do update set state = 'done', deeds = task_progress.deeds + 1, \
         done_at = coalesce(task_progress.done_at, excluded.done_at), \
         late = case when task_progress.done_at is null then excluded.late else task_progress.late end, \
         returned_at = null, awaits_review = excluded.awaits_review, \
         score = excluded.score, most = excluded.most, minimum = excluded.minimum, attempts_left = excluded.attempts_left \
         where task_progress.state = 'started' or excluded.awaits_review or excluded.score is not null returning deeds as value")
    .set("class_id", deed.class)
    .set("at", deed.at)
    .set("late", deed.late)
    .set("covered", serde_json::json!([]))
    .set("awaits_review", deed.awaits_review)
    .set("score", test.map(|test| test.score))
    .set("most", test.map(|test| test.most))
    .set("minimum", test.map(|test| test.minimum))
    .set("attempts_left", test.map(|test| test.attempts_left))
    .set("task_id", deed.task)
    .set("person_id", deed.person)
    .opt(tx)
    .await?;
    Ok(deeds == Some(1))
}

/// Notes that what was handed in is judged.
pub(crate) async fn reviewed(tx: &mut Tx, task: TaskId, person: PersonId) -> Result<u64, StorageError> {
    sql("update task_progress set awaits_review = false where task_id = $1 and person_id = $2")
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
    sql("update task_progress set returned_at = $3, awaits_review = false \
         where task_id = $1 and person_id = $2 and state = 'done'")
    .bind(task)
    .bind(person)
    .bind(at)
    .exec(tx)
    .await
}

/// Gives somebody longer for a task.
pub(crate) async fn extend(tx: &mut Tx, extension: &Extension) -> Result<u64, StorageError> {
    sql("insert into task_extensions (task_id, person_id, number, training_id, class_id, until, why, given_by, given_at) \
         select :task_id, :person_id, count(*) + 1, :training_id, :class_id, :until, :why, :given_by, :given_at \
         from task_extensions e where e.task_id = :task_id and e.person_id = :person_id")
    .set("task_id", extension.task)
    .set("person_id", extension.person)
    .set("training_id", extension.training)
    .set("class_id", extension.class)
    .set("until", extension.until)
    .set("why", extension.why.word())
    .set("given_by", extension.by)
    .set("given_at", extension.at)
    .exec(tx)
    .await
}

/// Asks for another minimum in the tests of a training, also in those that were taken.
pub(crate) async fn ask_for(tx: &mut Tx, training: TrainingId, minimum: u16) -> Result<u64, StorageError> {
    sql("update task_progress set minimum = $2 \
         where score is not null and minimum <> $2 and task_id in \
         (select t.id from tasks t join task_lists l on l.id = t.list_id where l.training_id = $1 and t.kind = 'test')")
        .bind(training)
        .bind(minimum)
        .exec(tx)
        .await
}

/// Leaves no attempt to somebody at the tests that ask a paper.
pub(crate) async fn used_up(tx: &mut Tx, paper: Uuid, person: PersonId) -> Result<u64, StorageError> {
    sql("update task_progress set attempts_left = 0 where person_id = $2 and attempts_left > 0 \
         and task_id in (select t.id from tasks t where t.ref_id = $1 and t.kind = 'test')")
    .bind(paper)
    .bind(person)
    .exec(tx)
    .await
}

storage::from_row! {
    /// What is kept of somebody's work on a task, and until when they were given time for it; nothing before they begin.
    #[derive(Debug, Clone)]
    pub(crate) struct KeptRow {
        pub started_at: Option<Timestamp>,
        pub done_at: Option<Timestamp>,
        pub returned_at: Option<Timestamp>,
        pub awaits_review: Option<bool>,
        pub score: Option<u32>,
        pub most: Option<u32>,
        pub minimum: Option<u16>,
        pub attempts_left: Option<u16>,
        pub given_until: Option<Timestamp>,
    }
}

impl KeptRow {
    pub fn work(&self, is_claimed: bool) -> Work {
        Work {
            is_claimed,
            is_started: self.started_at.is_some(),
            is_done: self.done_at.is_some(),
            is_returned: self.returned_at.is_some(),
            awaits_review: self.awaits_review.unwrap_or(false),
            test: self.test(),
        }
    }

    fn test(&self) -> Option<TestResult> {
        let Self { score, most, minimum, attempts_left, .. } = self;
        Some(TestResult {
            score: (*score)?,
            most: (*most)?,
            minimum: (*minimum)?,
            attempts_left: (*attempts_left)?,
        })
    }
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
