//! What later areas tell the board: a learner did what a task asked for.

use kernel::id::{ClassId, PersonId, TaskId, TrainingId};
use kernel::{Ambient, LearningRecord, Timestamp, Verb};
use storage::{StorageError, Tx, learning_records};
use uuid::Uuid;

pub use crate::model::{Deed, ExtensionReason, TestResult};
use crate::store::progress;

/// Notes that somebody did a task, in the transaction of what they did. True when it was not done before.
///
/// `record` is what the deed itself is kept as: it goes along with the one that the task is completed. Nothing is noted when the person
/// has not claimed the list (a post by staff, say): whether they may do it at all is proved by
/// [`OpenTask`](crate::access::OpenTask) before.
pub async fn done(
    tx: &mut Tx,
    ambient: &Ambient,
    deed: Deed,
    record: Option<LearningRecord>,
) -> Result<bool, StorageError> {
    // The claim first, as whoever opens the task takes it, and also when the task was done before.
    if deed.claimed_in.is_some_and(|class| class != deed.class) {
        progress::go_along(tx, deed.task, deed.person).await?;
    }
    let is_first = progress::done(tx, &deed).await?;
    let completed = is_first.then(|| completed(deed));
    learning_records::keep_all(tx, ambient, record.into_iter().chain(completed)).await?;
    Ok(is_first)
}

/// Notes that what somebody handed in for a task is judged.
pub async fn reviewed(tx: &mut Tx, task: TaskId, person: PersonId) -> Result<(), StorageError> {
    progress::reviewed(tx, task, person).await.map(drop)
}

/// More time for a task, for one person.
#[derive(Debug, Clone, Copy)]
pub struct Extension {
    pub task: TaskId,
    pub person: PersonId,
    pub training: TrainingId,
    /// Where they sit.
    pub class: ClassId,
    /// From then on nothing is taken, unless the week is open longer.
    pub until: Timestamp,
    pub why: ExtensionReason,
    pub by: PersonId,
    pub at: Timestamp,
}

/// Notes that what somebody handed in for a task is back with them: until they hand in again it waits for them, and they are given time for
/// that. `claimed_in` is where they have claimed the task's list.
pub async fn returned(
    tx: &mut Tx,
    extension: Extension,
    claimed_in: Option<ClassId>,
) -> Result<(), StorageError> {
    let Extension { task, person, class, at, .. } = extension;
    if claimed_in.is_some_and(|claimed_in| claimed_in != class) {
        progress::go_along(tx, task, person).await?;
    }
    progress::give_back(tx, task, person, at).await?;
    progress::extend(tx, &extension).await.map(drop)
}

/// Asks for another minimum in the tests of a training, in percent, also in those that were taken.
pub async fn ask_for(tx: &mut Tx, training: TrainingId, minimum: u16) -> Result<(), StorageError> {
    progress::ask_for(tx, training, minimum).await.map(drop)
}

/// Notes that somebody takes the tests that ask a paper (`paper` as a task refers to it) no more.
pub async fn used_up(tx: &mut Tx, paper: Uuid, person: PersonId) -> Result<(), StorageError> {
    progress::used_up(tx, paper, person).await.map(drop)
}

/// That a task is completed, with the figures of the deed.
fn completed(deed: Deed) -> LearningRecord {
    let Deed { task, person, class, training, at, late, result, .. } = deed;
    record(Verb::Completed, task, person, (class, training), at, with_late(result, late))
}

/// The figures of something done, with whether it was late.
pub(crate) fn with_late(mut result: serde_json::Value, late: bool) -> serde_json::Value {
    if let Some(fields) = result.as_object_mut() {
        fields.insert("late".to_owned(), late.into());
    }
    result
}

/// A learning record about a task.
pub(crate) fn record(
    verb: Verb,
    task: TaskId,
    person: PersonId,
    (class, training): (ClassId, TrainingId),
    at: Timestamp,
    result: serde_json::Value,
) -> LearningRecord {
    LearningRecord {
        actor: person,
        verb,
        object_kind: "tsk",
        object: task.uuid(),
        training: Some(training),
        class: Some(class),
        result,
        at,
    }
}
