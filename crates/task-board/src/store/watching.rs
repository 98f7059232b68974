//! Playbacks, what was reported of them, and what was credited.

use kernel::Timestamp;
use kernel::id::{ClassId, MicroVideoId, PersonId, PlaybackId, TaskId, TrainingId, WatchEvidenceId};
use storage::{Conn, Json, StorageError, Tx, sql};

use crate::model::Ranges;

storage::from_row! {
    /// A playback as it is kept.
    #[derive(Debug, Clone)]
    pub(crate) struct PlaybackRow {
        pub id: PlaybackId,
        pub task_id: TaskId,
        pub class_id: ClassId,
        pub micro_video_id: MicroVideoId,
        pub length_ms: u32,
        pub mode: String,
        pub opened_at: Timestamp,
        pub ended_at: Option<Timestamp>,
        pub seen: Json<Ranges>,
        pub spent_ms: i64,
        pub credited_ms: i64,
    }
}

storage::from_row! {
    pub(crate) struct CoveredRow { pub covered: Json<Ranges>, pub state: String }
}

/// The training whose week somebody claimed with this task; none when they did not.
pub(crate) async fn training_of(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<TrainingId>, StorageError> {
    sql("select c.training_id as value from claims c join tasks t on t.list_id = c.list_id \
         where t.id = $1 and c.person_id = $2")
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}

/// Takes the viewer: whoever opens or reports a playback of the same person at the same time waits here.
pub(crate) async fn hold_viewer(tx: &mut Tx, person: PersonId) -> Result<(), StorageError> {
    sql("insert into viewers (person_id, steps) values ($1, 1) \
         on conflict (person_id) do update set steps = viewers.steps + 1")
    .bind(person)
    .exec(tx)
    .await?;
    Ok(())
}

/// Ends whatever playback the person has open.
pub(crate) async fn end_open(tx: &mut Tx, person: PersonId, at: Timestamp) -> Result<u64, StorageError> {
    sql("update playbacks set ended_at = $2 where person_id = $1 and ended_at is null")
        .bind(person)
        .bind(at)
        .exec(tx)
        .await
}

/// Ends one playback.
pub(crate) async fn end(tx: &mut Tx, playback: PlaybackId, at: Timestamp) -> Result<u64, StorageError> {
    sql("update playbacks set ended_at = $2 where id = $1").bind(playback).bind(at).exec(tx).await
}

/// When somebody last gave up their seat in the training.
pub(crate) async fn left_at(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<Timestamp>, StorageError> {
    sql("select left_at as value from v_departure where training_id = $1 and person_id = $2")
        .bind(training)
        .bind(person)
        .opt(conn)
        .await
}

pub(crate) async fn insert(
    tx: &mut Tx,
    playback: &PlaybackRow,
    person: PersonId,
) -> Result<(), StorageError> {
    sql("insert into playbacks (id, task_id, person_id, class_id, micro_video_id, length_ms, mode, opened_at, seen, spent_ms, \
         credited_ms) values (:id, :task_id, :person_id, :class_id, :micro_video_id, :length_ms, :mode, :opened_at, \
         :seen, 0, 0)")
    .set("id", playback.id)
    .set("task_id", playback.task_id)
    .set("person_id", person)
    .set("class_id", playback.class_id)
    .set("micro_video_id", playback.micro_video_id)
    .set("length_ms", playback.length_ms)
    .set("mode", &playback.mode)
    .set("opened_at", playback.opened_at)
    .set("seen", serde_json::json!(playback.seen.0))
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn find(
    conn: &mut Conn,
    id: PlaybackId,
    task: TaskId,
    person: PersonId,
) -> Result<Option<PlaybackRow>, StorageError> {
    sql("select id, task_id, class_id, micro_video_id, length_ms, mode, opened_at, ended_at, seen, spent_ms, credited_ms \
         from playbacks where id = $1 and task_id = $2 and person_id = $3")
    .bind(id)
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}

pub(crate) async fn spend(tx: &mut Tx, playback: &PlaybackRow) -> Result<u64, StorageError> {
    sql("update playbacks set seen = $2, spent_ms = $3, credited_ms = $4, opened_at = $5 where id = $1")
        .bind(playback.id)
        .bind(serde_json::json!(playback.seen.0))
        .bind(playback.spent_ms)
        .bind(playback.credited_ms)
        .bind(playback.opened_at)
        .exec(tx)
        .await
}

pub(crate) async fn covered(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<CoveredRow>, StorageError> {
    sql("select covered, state from task_progress where task_id = $1 and person_id = $2")
        .bind(task)
        .bind(person)
        .opt(conn)
        .await
}

pub(crate) async fn set_covered(
    tx: &mut Tx,
    task: TaskId,
    person: PersonId,
    covered: &Ranges,
) -> Result<u64, StorageError> {
    sql("update task_progress set covered = $3, credited_ms = $4 where task_id = $1 and person_id = $2")
        .bind(task)
        .bind(person)
        .bind(serde_json::json!(covered))
        .bind(i64::try_from(covered.total()).unwrap_or(i64::MAX))
        .exec(tx)
        .await
}

/// A batch of reports as it came, and what became of it.
pub(crate) struct Evidence {
    pub id: WatchEvidenceId,
    pub playback: PlaybackId,
    pub task: TaskId,
    pub person: PersonId,
    pub reports: serde_json::Value,
    pub gained_ms: i64,
    pub refused: serde_json::Value,
    pub at: Timestamp,
}

pub(crate) async fn keep_evidence(tx: &mut Tx, evidence: Evidence) -> Result<u64, StorageError> {
    sql("insert into watch_evidence (id, playback_id, task_id, person_id, records, credited_ms, refusals, received_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(evidence.id)
    .bind(evidence.playback)
    .bind(evidence.task)
    .bind(evidence.person)
    .bind(evidence.reports)
    .bind(evidence.gained_ms)
    .bind(evidence.refused)
    .bind(evidence.at)
    .exec(tx)
    .await
}
