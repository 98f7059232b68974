//! Reflections: what is being written, what was handed in.

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, ReflectionId, TaskId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct ReflectionRow {
        pub id: ReflectionId,
        pub draft: String,
        pub version: i64,
        pub saved_at: Timestamp,
        pub body: Option<String>,
        pub submitted_at: Option<Timestamp>,
        pub closed_at: Option<Timestamp>,
        /// How often it was handed in.
        pub hand_ins: i64,
        /// It was given back for revision.
        pub returned_at: Option<Timestamp>,
    }
}

pub(crate) async fn find(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<ReflectionRow>, StorageError> {
    sql("select id, draft, version, saved_at, body, submitted_at, closed_at, returned_at, hand_ins from reflections \
         where task_id = $1 and person_id = $2")
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}

/// Whose reflection it is, and where they learn now.
pub(crate) struct Place {
    pub task: TaskId,
    pub person: PersonId,
    pub class: ClassId,
    pub training: TrainingId,
}

/// Takes the person's reflection for a change, and makes it if there is none: whoever writes it at the same time waits here. What was begun
/// in another class goes on in the one where they learn now; what is graded stays with those who judged it.
pub(crate) async fn hold(
    tx: &mut Tx,
    new: ReflectionId,
    place: &Place,
    at: Timestamp,
) -> Result<ReflectionRow, StorageError> {
    sql("insert into reflections (id, task_id, person_id, class_id, training_id, draft, version, hand_ins, saved_at) \
         values ($1, $2, $3, $4, $5, '', 0, 0, $6) on conflict (task_id, person_id) do update \
         set class_id = case when reflections.closed_at is null then excluded.class_id else reflections.class_id end \
         returning id, draft, version, saved_at, body, submitted_at, closed_at, hand_ins, returned_at")
    .bind(new)
    .bind(place.task)
    .bind(place.person)
    .bind(place.class)
    .bind(place.training)
    .bind(at)
    .one(tx)
    .await
}

/// Saves another draft over the version that its writer saw, of a reflection that is open. None where it is another one.
pub(crate) async fn save_over(
    tx: &mut Tx,
    place: &Place,
    version: i64,
    draft: &str,
    at: Timestamp,
) -> Result<Option<ReflectionRow>, StorageError> {
    sql("update reflections set draft = $4, version = version + 1, saved_at = $5, class_id = $6 \
         where task_id = $1 and person_id = $2 and version = $3 and draft <> $4 and closed_at is null \
         returning id, draft, version, saved_at, body, submitted_at, closed_at, hand_ins, returned_at")
    .bind(place.task)
    .bind(place.person)
    .bind(version)
    .bind(draft)
    .bind(at)
    .bind(place.class)
    .opt(tx)
    .await
}

/// Takes one for a change by its id.
pub(crate) async fn hold_by_id(tx: &mut Tx, id: ReflectionId) -> Result<u64, StorageError> {
    sql("update reflections set version = version where id = $1").bind(id).exec(tx).await
}

pub(crate) async fn set_draft(
    tx: &mut Tx,
    id: ReflectionId,
    draft: &str,
    at: Timestamp,
) -> Result<u64, StorageError> {
    sql("update reflections set draft = $2, version = version + 1, saved_at = $3 where id = $1")
        .bind(id)
        .bind(draft)
        .bind(at)
        .exec(tx)
        .await
}

pub(crate) async fn hand_in(
    tx: &mut Tx,
    id: ReflectionId,
    body: &str,
    at: Timestamp,
) -> Result<u64, StorageError> {
    sql("update reflections set draft = $2, version = version + 1, saved_at = $3, body = $2, submitted_at = $3, \
         hand_ins = hand_ins + 1, returned_at = null where id = $1")
        .bind(id)
        .bind(body)
        .bind(at)
        .exec(tx)
        .await
}

/// Keeps what was just handed in, under its number; the reflection is held.
pub(crate) async fn keep_hand_in(
    tx: &mut Tx,
    id: ReflectionId,
    wording: i64,
    at: Timestamp,
) -> Result<u64, StorageError> {
    sql("insert into reflection_hand_ins (reflection_id, number, body, wording, handed_in_at) \
         select id, hand_ins, body, $2, $3 from reflections where id = $1")
    .bind(id)
    .bind(wording)
    .bind(at)
    .exec(tx)
    .await
}

pub(crate) async fn close(tx: &mut Tx, id: ReflectionId, at: Timestamp) -> Result<bool, StorageError> {
    let closed = sql("update reflections set closed_at = $2 \
         where id = $1 and closed_at is null and submitted_at is not null")
    .bind(id)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(closed == 1)
}

pub(crate) async fn reopen(tx: &mut Tx, id: ReflectionId) -> Result<bool, StorageError> {
    let opened = sql("update reflections set closed_at = null, returned_at = closed_at \
         where id = $1 and closed_at is not null")
    .bind(id)
    .exec(tx)
    .await?;
    Ok(opened == 1)
}
