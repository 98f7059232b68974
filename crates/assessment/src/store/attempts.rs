//! Attempts: the answers so far, and what they were worth.

use kernel::Timestamp;
use kernel::id::{AttemptId, ClassId, PersonId, TaskId, TestPaperId, TrainingId};
use storage::{Conn, Json, StorageError, Tx, sql};

use super::papers::json;
use crate::model::answers::Answers;
use crate::model::grading::{self, ItemScore};

storage::from_row! {
    /// One sitting.
    #[derive(Debug, Clone)]
    pub(crate) struct Attempt {
        pub id: AttemptId, pub paper_id: TestPaperId, pub task_id: TaskId, pub person_id: PersonId, pub class_id: ClassId,
        pub training_id: TrainingId, pub number: u16, pub answers: Json<Answers>, pub started_at: Timestamp,
        pub deadline: Timestamp, pub ends_at: Timestamp, pub submitted_at: Option<Timestamp>,
        pub graded: Option<Json<Vec<ItemScore>>>, pub score: Option<u32>, pub most: u32,
    }
}

storage::from_row! {
    /// An attempt without its answers.
    #[derive(Debug, Clone)]
    pub(crate) struct AttemptHead {
        pub id: AttemptId, pub number: u16, pub started_at: Timestamp, pub deadline: Timestamp,
        pub submitted_at: Option<Timestamp>, pub score: Option<u32>, pub most: u32,
    }
}

storage::from_row! {
    /// Where somebody learns now.
    pub(crate) struct SeatRow { pub class_id: ClassId, pub charter_signed_at: Option<Timestamp> }
}

/// Begins an attempt, unless one is open or none is left.
pub(crate) async fn begin(tx: &mut Tx, attempt: &Attempt, allowed: u16) -> Result<bool, StorageError> {
    let begun = sql("insert into attempts (id, paper_id, task_id, person_id, class_id, training_id, number, state, saves, answers, \
         started_at, deadline, ends_at, most) \
         select :id, :paper_id, :task_id, :person_id, :class_id, :training_id, \
         (select count(*) + 1 from attempts where task_id = :task_id and person_id = :person_id), 'open', 0, :answers, \
         :started_at, :deadline, :ends_at, :most \
         where (select count(*) from attempts where task_id = :task_id and person_id = :person_id) < :allowed \
         on conflict do nothing")
    .set("id", attempt.id)
    .set("paper_id", attempt.paper_id)
    .set("task_id", attempt.task_id)
    .set("person_id", attempt.person_id)
    .set("class_id", attempt.class_id)
    .set("training_id", attempt.training_id)
    .set("answers", json(&attempt.answers.0)?)
    .set("started_at", attempt.started_at)
    .set("deadline", attempt.deadline)
    .set("ends_at", attempt.ends_at)
    .set("most", attempt.most)
    .set("allowed", allowed)
    .exec(tx)
    .await?;
    Ok(begun == 1)
}

pub(crate) async fn open_one(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<Attempt>, StorageError> {
    sql("select id, paper_id, task_id, person_id, class_id, training_id, number, answers, started_at, deadline, ends_at, \
         submitted_at, graded, score, most from attempts where task_id = $1 and person_id = $2 and state = 'open'")
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}

pub(crate) async fn find(conn: &mut Conn, id: AttemptId) -> Result<Option<Attempt>, StorageError> {
    sql("select id, paper_id, task_id, person_id, class_id, training_id, number, answers, started_at, deadline, ends_at, \
         submitted_at, graded, score, most from attempts where id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// Takes the attempt for this transaction: saves and submits of one attempt stand in line here.
pub(crate) async fn take(
    tx: &mut Tx,
    id: AttemptId,
    person: PersonId,
) -> Result<Option<Attempt>, StorageError> {
    sql("update attempts set saves = saves + 1 where id = $1 and person_id = $2 \
         returning id, paper_id, task_id, person_id, class_id, training_id, number, answers, started_at, deadline, ends_at, \
         submitted_at, graded, score, most")
    .bind(id)
    .bind(person)
    .opt(tx)
    .await
}

pub(crate) async fn save(tx: &mut Tx, id: AttemptId, answers: &Answers) -> Result<(), StorageError> {
    sql("update attempts set answers = $2 where id = $1 and state = 'open'")
        .bind(id)
        .bind(json(answers)?)
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes the grade, once.
pub(crate) async fn submit(
    tx: &mut Tx,
    id: AttemptId,
    answers: &Answers,
    graded: &[ItemScore],
    at: Timestamp,
) -> Result<(), StorageError> {
    let (score, most) = grading::total(graded);
    sql("update attempts set state = 'submitted', answers = $2, graded = $3, score = $4, most = $5, submitted_at = $6 \
         where id = $1 and state = 'open'")
    .bind(id)
    .bind(json(answers)?)
    .bind(json(&graded)?)
    .bind(score)
    .bind(most)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Somebody's attempts for a task, the first first.
pub(crate) async fn of_task(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Vec<AttemptHead>, StorageError> {
    sql("select id, number, started_at, deadline, submitted_at, score, most from attempts \
         where task_id = $1 and person_id = $2 order by number")
    .bind(task)
    .bind(person)
    .all(conn)
    .await
}

/// How many attempts were submitted for a task.
pub(crate) async fn submitted(conn: &mut Conn, task: TaskId, person: PersonId) -> Result<i64, StorageError> {
    sql("select count(*) as value from attempts where task_id = $1 and person_id = $2 and state = 'submitted'")
        .bind(task)
        .bind(person)
        .one(conn)
        .await
}

/// Takes an open attempt along into the class in which its learner is now.
pub(crate) async fn follow(tx: &mut Tx, id: AttemptId, class: ClassId) -> Result<u64, StorageError> {
    sql("update attempts set class_id = $2 where id = $1 and class_id <> $2 and state = 'open'")
        .bind(id)
        .bind(class)
        .exec(tx)
        .await
}

/// The class of the training in which somebody learns.
pub(crate) async fn seat_now(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<SeatRow>, StorageError> {
    sql("select class_id, charter_signed_at from v_class_member \
         where training_id = $1 and person_id = $2 and role = 'learner'")
    .bind(training)
    .bind(person)
    .opt(conn)
    .await
}

/// Open attempts of a training whose last answer had to come before an instant.
pub(crate) async fn overdue(
    conn: &mut Conn,
    training: TrainingId,
    before: Timestamp,
) -> Result<Vec<Attempt>, StorageError> {
    sql("select id, paper_id, task_id, person_id, class_id, training_id, number, answers, started_at, deadline, ends_at, \
         submitted_at, graded, score, most from attempts \
         where training_id = $1 and deadline <= $2 and state = 'open' order by id")
    .bind(training)
    .bind(before)
    .all(conn)
    .await
}

/// All open attempts of a training.
pub(crate) async fn open_of(conn: &mut Conn, training: TrainingId) -> Result<Vec<Attempt>, StorageError> {
    sql("select id, paper_id, task_id, person_id, class_id, training_id, number, answers, started_at, deadline, ends_at, \
         submitted_at, graded, score, most from attempts where training_id = $1 and state = 'open' order by id")
    .bind(training)
    .all(conn)
    .await
}
