//! Reviews: drafts of those who read, and what they decided.

use kernel::Timestamp;
use kernel::id::{PersonId, ReviewId, RubricId, TaskId};
use storage::{Conn, Json, StorageError, Tx, sql};
use uuid::Uuid;

use super::papers::json;
use super::works::Work;
use crate::model::rubric::{Criterion, Judgement, Levels, Rubric};
use crate::model::work::{ReviewState, WorkId, WorkKind};

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct Review {
        pub id: ReviewId, pub work_kind: WorkKind, pub work_id: Uuid, pub hand_in: i64,
        pub task_id: TaskId, pub reviewer_id: PersonId, pub reviewer: String, pub state: ReviewState, pub version: i64,
        pub rubric_id: RubricId, pub criteria: Json<Vec<Criterion>>, pub levels: Json<Levels>, pub comment: String,
        pub points: Option<u32>, pub most: u32, pub saved_at: Timestamp, pub finished_at: Option<Timestamp>,
    }
}

storage::from_row! {
    /// What a reviewer wrote; a draft is held by the transaction that changes it.
    pub(crate) struct DraftRow { pub version: i64, pub levels: Json<Levels>, pub comment: String }
}

impl DraftRow {
    pub fn judgement(&self) -> Judgement {
        Judgement { levels: self.levels.0.clone(), comment: self.comment.clone() }
    }
}

/// Takes the reviewer's own draft of a work, if they have begun one.
pub(crate) async fn hold_draft(
    tx: &mut Tx,
    work: Uuid,
    reviewer: PersonId,
) -> Result<Option<DraftRow>, StorageError> {
    sql("update reviews set version = version where work_id = $1 and reviewer_id = $2 and state = 'draft' \
         returning version, levels, comment")
    .bind(work)
    .bind(reviewer)
    .opt(tx)
    .await
}

/// With what words a reviewer sent a handing in back.
pub(crate) async fn sent_back(
    tx: &mut Tx,
    (work, hand_in): (Uuid, i64),
    reviewer: PersonId,
) -> Result<Option<DraftRow>, StorageError> {
    sql("select version, levels, comment from reviews \
         where work_id = $1 and hand_in = $2 and reviewer_id = $3 and state = 'returned'")
    .bind(work)
    .bind(hand_in)
    .bind(reviewer)
    .opt(tx)
    .await
}

/// Saves a reviewer's draft over this version of it (0: there is none); one for each reviewer and work. None when another is there.
pub(crate) async fn write(
    tx: &mut Tx,
    id: ReviewId,
    (work_id, work): (WorkId, &Work),
    rubric: &Rubric,
    reviewer: PersonId,
    (over, judgement): (i64, &Judgement),
    now: Timestamp,
) -> Result<Option<ReviewId>, StorageError> {
    sql("insert into reviews (id, work_kind, work_id, hand_in, work_submitted_at, task_id, person_id, class_id, training_id, \
         reviewer_id, state, version, rubric_id, criteria, levels, comment, most, saved_at) \
         values (:id, :work_kind, :work_id, :hand_in, :work_submitted_at, :task_id, :person_id, :class_id, \
         :training_id, :reviewer_id, 'draft', 1, :rubric_id, :criteria, :levels, :comment, :most, :saved_at) \
         on conflict (work_id, reviewer_id) where state = 'draft' do update set hand_in = excluded.hand_in, \
         work_submitted_at = excluded.work_submitted_at, levels = excluded.levels, comment = excluded.comment, \
         saved_at = excluded.saved_at, version = reviews.version + 1 \
         where reviews.version = :version returning id as value")
    .set("id", id)
    .set("work_kind", work_id.kind().word())
    .set("work_id", work_id.uuid())
    .set("hand_in", work.hand_in)
    .set("work_submitted_at", work.submitted_at)
    .set("task_id", work.task_id)
    .set("person_id", work.person_id)
    .set("class_id", work.class_id)
    .set("training_id", work.training_id)
    .set("reviewer_id", reviewer)
    .set("rubric_id", rubric.id)
    .set("criteria", json(&rubric.criteria)?)
    .set("levels", json(&judgement.levels)?)
    .set("comment", &judgement.comment)
    .set("most", crate::model::rubric::most(&rubric.criteria))
    .set("saved_at", now)
    .set("version", over)
    .opt(tx)
    .await
}

/// Turns a draft into a decision; what others had begun to write about the same work is overtaken.
pub(crate) async fn finish(
    tx: &mut Tx,
    id: ReviewId,
    work: Uuid,
    state: ReviewState,
    points: Option<u32>,
    now: Timestamp,
) -> Result<(), StorageError> {
    sql("update reviews set state = case when id = $1 then $2 else 'overtaken' end, points = case when id = $1 then $3 else points end, \
         finished_at = $4 where work_id = $5 and state = 'draft'")
        .bind(id)
        .bind(state.word())
        .bind(points)
        .bind(now)
        .bind(work)
        .exec(tx)
        .await
        .map(drop)
}

/// All reviews of a work that `me` may read: what was decided, the own draft, and what was overtaken of the own.
pub(crate) async fn of_work(conn: &mut Conn, work: Uuid, me: PersonId) -> Result<Vec<Review>, StorageError> {
    sql("select v.id, v.work_kind, v.work_id, v.hand_in, v.task_id, v.reviewer_id, p.name as reviewer, v.state, v.version, \
         v.rubric_id, v.criteria, v.levels, v.comment, v.points, v.most, v.saved_at, v.finished_at \
         from reviews v join v_person p on p.person_id = v.reviewer_id \
         where v.work_id = $1 and (v.state in ('finished', 'returned') or v.reviewer_id = $2) order by v.id")
    .bind(work)
    .bind(me)
    .all(conn)
    .await
}

/// What was decided about somebody's work for a task.
pub(crate) async fn of_learner(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Vec<Review>, StorageError> {
    sql("select v.id, v.work_kind, v.work_id, v.hand_in, v.task_id, v.reviewer_id, p.name as reviewer, v.state, v.version, \
         v.rubric_id, v.criteria, v.levels, v.comment, v.points, v.most, v.saved_at, v.finished_at \
         from reviews v join v_person p on p.person_id = v.reviewer_id \
         where v.task_id = $1 and v.person_id = $2 and v.state in ('finished', 'returned') order by v.id")
    .bind(task)
    .bind(person)
    .all(conn)
    .await
}
