//! Playbacks, what was reported of them, and what was credited.

use kernel::id::{
    ClassId, LearningRecordId, MicroVideoId, PersonId, PlaybackId, TaskId, TrainingId, WatchEvidenceId,
};
use kernel::{Date, Timestamp};
use serde_json::json;
use storage::{Conn, Json, StorageError, Tx, Val, sql};

use crate::model::{Deadline, Ranges, deadline};
use crate::store::open_tasks::calendar;

/// A playback that begins.
pub(crate) struct NewPlayback {
    pub id: PlaybackId,
    pub task: TaskId,
    pub person: PersonId,
    pub class: ClassId,
    pub micro_video: MicroVideoId,
    pub length_ms: u32,
    pub mode: &'static str,
    pub at: Timestamp,
}

storage::from_row! {
    /// All that a report is judged by: the learner's claim with its training, the task's progress, and the playback, if it is theirs and of
    /// this task, as its newest report left it.
    pub(crate) struct WatchedRow {
        pub training_id: TrainingId,
        pub claimed_in: ClassId,
        /// Where they learn now, if anywhere.
        pub class_id: Option<ClassId>,
        pub week: u16,
        pub time_zone: String,
        pub starts_on: Date,
        pub training_state: String,
        pub grace_days: Option<u16>,
        pub given_until: Option<Timestamp>,
        /// When they last gave up their seat in the training.
        pub left_at: Option<Timestamp>,
        pub state: Option<String>,
        pub covered: Option<Json<Ranges>>,
        pub length_ms: Option<u32>,
        pub mode: Option<String>,
        pub opened_at: Option<Timestamp>,
        pub ended_at: Option<Timestamp>,
        pub number: Option<i64>,
        pub seen: Option<Json<Ranges>>,
        pub spent_ms: Option<i64>,
        pub counts_from: Option<Timestamp>,
    }
}

impl WatchedRow {
    /// The class in which the next step is done.
    pub fn class(&self) -> ClassId {
        self.class_id.unwrap_or(self.claimed_in)
    }

    /// Until when, for this viewer.
    pub fn deadline(&self) -> Result<Deadline, StorageError> {
        let calendar = calendar(self.starts_on, &self.time_zone, self.grace_days)?;
        Ok(deadline(&calendar, self.week, self.given_until))
    }
}

/// Takes the viewer, behind the training of a task, which then stays as it is: whoever opens or reports a playback of the same person at the
/// same time waits here. What they go by is read afterwards.
pub(crate) async fn hold_viewer(tx: &mut Tx, task: TaskId, person: PersonId) -> Result<(), StorageError> {
    // SQLite has one writer.
    if tx.is_sqlite() {
        return Ok(());
    }
    sql("insert into viewers (person_id, steps) \
         select $2, 1 from tasks t join v_training r on r.training_id = t.training_id where t.id = $1 for share of r \
         on conflict (person_id) do update set steps = viewers.steps + 1")
    .bind(task)
    .bind(person)
    .exec(tx)
    .await
    .map(drop)
}

/// None when the person did not claim the task's list.
pub(crate) async fn find(
    conn: &mut Conn,
    playback: PlaybackId,
    task: TaskId,
    person: PersonId,
) -> Result<Option<WatchedRow>, StorageError> {
    sql("select c.training_id, c.class_id as claimed_in, m.class_id, t.week, r.time_zone, r.starts_on, \
         r.state as training_state, s.grace_days, \
         (select max(x.until) from task_extensions x where x.task_id = t.id and x.person_id = $3) as given_until, d.left_at, g.state, g.covered, p.length_ms, p.mode, p.opened_at, p.ended_at, \
         e.number, e.seen, e.spent_ms, e.counts_from \
         from tasks t join claims c on c.list_id = t.list_id and c.person_id = $3 \
         join v_training r on r.training_id = t.training_id \
         left join board_settings s on s.training_id = t.training_id \
         left join v_placement m on m.training_id = t.training_id and m.person_id = $3 \
         left join v_departure d on d.training_id = t.training_id and d.person_id = $3 \
         left join task_progress g on g.task_id = t.id and g.person_id = $3 \
         left join playbacks p on p.id = $1 and p.task_id = t.id and p.person_id = $3 \
         left join watch_evidence e on e.playback_id = p.id \
         and e.number = (select max(l.number) from watch_evidence l where l.playback_id = $1) where t.id = $2")
    .bind(playback)
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
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

/// Keeps a playback that begins; what its viewer was credited for the task until now.
pub(crate) async fn insert(tx: &mut Tx, playback: &NewPlayback) -> Result<Ranges, StorageError> {
    let row: CoveredRow = sql("insert into playbacks (id, task_id, person_id, class_id, micro_video_id, length_ms, mode, opened_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) \
         returning (select g.covered from task_progress g where g.task_id = $2 and g.person_id = $3) as covered")
    .bind(playback.id)
    .bind(playback.task)
    .bind(playback.person)
    .bind(playback.class)
    .bind(playback.micro_video)
    .bind(playback.length_ms)
    .bind(playback.mode)
    .bind(playback.at)
    .one(tx)
    .await?;
    Ok(row.covered.map(|covered| covered.0).unwrap_or_default())
}

storage::from_row! {
    struct CoveredRow { covered: Option<Json<Ranges>> }
}

/// A batch of reports as it came, what became of it, and where it leaves its playback and task.
pub(crate) struct Evidence {
    pub id: WatchEvidenceId,
    pub playback: PlaybackId,
    /// Counts those of the playback.
    pub number: i64,
    pub task: TaskId,
    pub person: PersonId,
    pub class: ClassId,
    pub training: TrainingId,
    pub reports: serde_json::Value,
    pub gained_ms: i64,
    pub refused: serde_json::Value,
    pub seen: Ranges,
    pub spent_ms: i64,
    pub counts_from: Timestamp,
    /// What it says as a learning record.
    pub result: serde_json::Value,
    pub covered: Ranges,
    pub finishes: Option<Finish>,
    pub at: Timestamp,
}

/// A batch that makes the task done.
#[derive(Clone, Copy)]
pub(crate) struct Finish {
    pub id: LearningRecordId,
    /// When enough was watched.
    pub done_at: Timestamp,
    pub late: bool,
}

impl Evidence {
    /// Its own row by its columns.
    fn row(&self) -> [(&'static str, Val); 16] {
        [
            ("id", self.id.into()),
            ("playback_id", self.playback.into()),
            ("number", self.number.into()),
            ("task_id", self.task.into()),
            ("person_id", self.person.into()),
            ("class_id", self.class.into()),
            ("training_id", self.training.into()),
            ("records", (&self.reports).into()),
            ("gained_ms", self.gained_ms.into()),
            ("refusals", (&self.refused).into()),
            ("seen", json!(self.seen).into()),
            ("spent_ms", self.spent_ms.into()),
            ("counts_from", self.counts_from.into()),
            ("result", (&self.result).into()),
            ("completed_id", self.finishes.map(|finish| finish.id).into()),
            ("at", self.at.into()),
        ]
    }

    /// What it changes of the task's progress.
    fn change(&self) -> [(&'static str, Val); 5] {
        [
            ("covered", json!(self.covered).into()),
            ("covered_ms", i64::try_from(self.covered.total()).unwrap_or(i64::MAX).into()),
            ("finishes", self.finishes.is_some().into()),
            ("done_at", self.finishes.map(|finish| finish.done_at).into()),
            ("late", self.finishes.is_some_and(|finish| finish.late).into()),
        ]
    }
}

/// Keeps evidence that changes nothing of the task's progress.
pub(crate) async fn keep_evidence(tx: &mut Tx, evidence: &Evidence) -> Result<(), StorageError> {
    sql("insert into watch_evidence (id, playback_id, number, task_id, person_id, class_id, training_id, records, credited_ms, refusals, \
         seen, spent_ms, counts_from, result, completed_id, received_at) \
         values (:id, :playback_id, :number, :task_id, :person_id, :class_id, :training_id, :records, :gained_ms, :refusals, \
         :seen, :spent_ms, :counts_from, :result, :completed_id, :at)")
    .set_all(evidence.row())
    .exec(tx)
    .await
    .map(drop)
}

/// Keeps evidence with what was credited by it. What it finishes was not done before.
pub(crate) async fn credit(tx: &mut Tx, evidence: &Evidence) -> Result<(), StorageError> {
    if !tx.is_sqlite() {
        return credit_at_once(tx, evidence).await;
    }
    keep_evidence(tx, evidence).await?;
    sql("update task_progress set covered = :covered, credited_ms = :covered_ms, \
         state = case when :finishes then 'done' else state end, done_at = case when :finishes then :done_at else done_at end, \
         late = case when :finishes then :late else late end \
         where task_id = :task_id and person_id = :person_id")
    .set_all(evidence.change())
    .set("task_id", evidence.task)
    .set("person_id", evidence.person)
    .exec(tx)
    .await
    .map(drop)
}

/// The same where one statement writes two tables.
async fn credit_at_once(tx: &mut Tx, evidence: &Evidence) -> Result<(), StorageError> {
    sql("with kept as (insert into watch_evidence (id, playback_id, number, task_id, person_id, class_id, training_id, records, \
         credited_ms, refusals, seen, spent_ms, counts_from, result, completed_id, received_at) \
         values (:id, :playback_id, :number, :task_id, :person_id, :class_id, :training_id, :records, :gained_ms, :refusals, \
         :seen, :spent_ms, :counts_from, :result, :completed_id, :at)) \
         update task_progress set covered = :covered, credited_ms = :covered_ms, \
         state = case when :finishes then 'done' else state end, done_at = case when :finishes then :done_at else done_at end, \
         late = case when :finishes then :late else late end \
         where task_id = :task_id and person_id = :person_id")
    .set_all(evidence.row())
    .set_all(evidence.change())
    .exec(tx)
    .await
    .map(drop)
}
