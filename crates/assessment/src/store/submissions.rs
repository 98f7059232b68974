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
        pub draft_blob_id: Option<BlobId>, pub file_version: i64, pub saved_at: Timestamp, pub body: Option<String>,
        pub blob_id: Option<BlobId>, pub submitted_at: Option<Timestamp>,
        /// How often it was handed in.
        pub hand_ins: i64,
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
    sql("select id, task_id, person_id, class_id, training_id, state, version, draft, draft_blob_id, file_version, saved_at, \
         body, blob_id, submitted_at, hand_ins from submissions where task_id = $1 and person_id = $2")
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}

/// Takes the person's work for a task for a change, made now if there was none: whoever writes it at the same time waits here. What was
/// begun in another class goes on in the one where they learn now; what is graded stays with those who judged it.
pub(crate) async fn hold(
    tx: &mut Tx,
    id: SubmissionId,
    place: Place,
    now: Timestamp,
) -> Result<Submission, StorageError> {
    sql("insert into submissions (id, task_id, person_id, class_id, training_id, state, version, draft, file_version, hand_ins, saved_at) \
         values ($1, $2, $3, $4, $5, 'draft', 0, '', 0, 0, $6) on conflict (task_id, person_id) do update \
         set class_id = case when submissions.state = 'graded' then submissions.class_id else excluded.class_id end \
         returning id, task_id, person_id, class_id, training_id, state, version, draft, draft_blob_id, file_version, saved_at, \
         body, blob_id, submitted_at, hand_ins")
    .bind(id)
    .bind(place.task)
    .bind(place.person)
    .bind(place.class)
    .bind(place.training)
    .bind(now)
    .one(tx)
    .await
}

pub(crate) async fn set_draft(
    tx: &mut Tx,
    id: SubmissionId,
    text: &str,
    now: Timestamp,
) -> Result<u64, StorageError> {
    sql("update submissions set draft = $2, saved_at = $3, version = version + 1 where id = $1")
        .bind(id)
        .bind(text)
        .bind(now)
        .exec(tx)
        .await
}

pub(crate) async fn attach(
    tx: &mut Tx,
    id: SubmissionId,
    blob: Option<BlobId>,
    now: Timestamp,
) -> Result<u64, StorageError> {
    sql("update submissions set draft_blob_id = $2, saved_at = $3, file_version = file_version + 1 where id = $1")
        .bind(id)
        .bind(blob)
        .bind(now)
        .exec(tx)
        .await
}

/// Writes the work as it was handed in just now; it is held.
pub(crate) async fn hand_in(tx: &mut Tx, made: &Submission, now: Timestamp) -> Result<u64, StorageError> {
    sql("update submissions set state = 'submitted', draft = $2, body = $2, version = $3, saved_at = $4, blob_id = draft_blob_id, \
         submitted_at = $5, hand_ins = hand_ins + 1, file_version = file_version + 1 where id = $1")
    .bind(made.id)
    .bind(&made.draft)
    .bind(made.version)
    .bind(made.saved_at)
    .bind(now)
    .exec(tx)
    .await
}

/// Keeps what was just handed in, under its number.
pub(crate) async fn keep_hand_in(
    tx: &mut Tx,
    made: &Submission,
    wording: i64,
    now: Timestamp,
) -> Result<u64, StorageError> {
    sql("insert into submission_hand_ins (submission_id, number, body, blob_id, wording, handed_in_at) \
         values ($1, $2, $3, $4, $5, $6)")
    .bind(made.id)
    .bind(made.hand_ins)
    .bind(&made.draft)
    .bind(made.blob_id)
    .bind(wording)
    .bind(now)
    .exec(tx)
    .await
}

/// Decides about this very handing in; false when something else is there by now.
pub(crate) async fn decide(
    tx: &mut Tx,
    id: SubmissionId,
    hand_in: i64,
    state: SubmissionState,
) -> Result<bool, StorageError> {
    let decided = sql("update submissions set state = $3 \
         where id = $1 and hand_ins = $2 and state = 'submitted'")
    .bind(id)
    .bind(hand_in)
    .bind(state.word())
    .exec(tx)
    .await?;
    Ok(decided == 1)
}
