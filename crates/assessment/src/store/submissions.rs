//! Submissions: what is being written, and what was handed in.

use kernel::Timestamp;
use kernel::id::{BlobId, ClassId, PersonId, SubmissionId, TaskId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

use crate::model::work::SubmissionState;

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct Submission {
        pub id: SubmissionId, pub task_id: TaskId, pub person_id: PersonId, pub class_id: ClassId,
        pub training_id: TrainingId, pub state: SubmissionState, pub version: i64, pub draft: String,
        pub draft_blob_id: Option<BlobId>, pub saved_at: Timestamp, pub body: Option<String>,
        pub body_html: Option<String>, pub blob_id: Option<BlobId>, pub submitted_at: Option<Timestamp>,
    }
}

/// Whose work for which task, as it is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub task: TaskId,
    pub person: PersonId,
    pub class: ClassId,
    pub training: TrainingId,
}

pub(crate) async fn of_task(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<Submission>, StorageError> {
    sql("select id, task_id, person_id, class_id, training_id, state, version, draft, draft_blob_id, saved_at, body, body_html, \
         blob_id, submitted_at from submissions where task_id = $1 and person_id = $2")
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}

/// Saves the draft (its text, unless there is none to save) and takes the row for this transaction; none when the work is graded.
pub(crate) async fn write(
    tx: &mut Tx,
    id: SubmissionId,
    place: Place,
    text: Option<&str>,
    now: Timestamp,
) -> Result<Option<Submission>, StorageError> {
    sql("insert into submissions (id, task_id, person_id, class_id, training_id, state, version, draft, saved_at) \
         values ($1, $2, $3, $4, $5, 'draft', 1, coalesce(cast($6 as text), ''), $7) \
         on conflict (task_id, person_id) do update set draft = coalesce(cast($6 as text), submissions.draft), \
         saved_at = excluded.saved_at, version = submissions.version + 1 where submissions.state <> 'graded' \
         returning id, task_id, person_id, class_id, training_id, state, version, draft, draft_blob_id, saved_at, body, body_html, \
         blob_id, submitted_at")
    .bind(id)
    .bind(place.task)
    .bind(place.person)
    .bind(place.class)
    .bind(place.training)
    .bind(text)
    .bind(now)
    .opt(tx)
    .await
}

pub(crate) async fn attach(tx: &mut Tx, id: SubmissionId, blob: Option<BlobId>) -> Result<(), StorageError> {
    sql("update submissions set draft_blob_id = $2 where id = $1").bind(id).bind(blob).exec(tx).await?;
    Ok(())
}

/// Hands in the draft as it is.
pub(crate) async fn hand_in(
    tx: &mut Tx,
    id: SubmissionId,
    body_html: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    sql("update submissions set state = 'submitted', body = draft, body_html = $2, blob_id = draft_blob_id, submitted_at = $3 \
         where id = $1")
    .bind(id)
    .bind(body_html)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(())
}

/// Decides about what was handed in at this very instant; false when something else is there by now.
pub(crate) async fn decide(
    tx: &mut Tx,
    id: SubmissionId,
    submitted_at: Timestamp,
    state: SubmissionState,
) -> Result<bool, StorageError> {
    let decided = sql("update submissions set state = $3, version = version + 1 \
         where id = $1 and submitted_at = $2 and state = 'submitted'")
    .bind(id)
    .bind(submitted_at)
    .bind(state.word())
    .exec(tx)
    .await?;
    Ok(decided == 1)
}
