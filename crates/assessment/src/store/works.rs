//! Work that was handed in, for those who review it: submissions and reflections in one shape.

use kernel::id::{BlobId, ClassId, PersonId, ReviewId, TaskId, TrainingId};
use kernel::{Date, Timestamp};
use storage::{Conn, StorageError, Tx, sql};
use task_board::model::Calendar;
use uuid::Uuid;

use crate::model::work::{WorkId, WorkKind};

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct Work {
        pub task_id: TaskId, pub person_id: PersonId, pub class_id: ClassId,
        pub training_id: TrainingId, pub body: String, pub blob_id: Option<BlobId>,
        pub hand_in: i64, pub submitted_at: Timestamp, pub graded: bool, pub returned: bool, pub week: u16, pub title: String,
        pub title_en: String, pub brief_html: String, pub rubric: Option<Uuid>, pub learner: String,
        pub starts_on: Date, pub time_zone: String, pub grace_days: Option<u16>, pub revision_days: Option<u16>,
        /// Where its learner sits now, and where they have claimed the task's list.
        pub seat: Option<ClassId>, pub claimed_in: Option<ClassId>,
    }
}

storage::from_row! {
    /// One line of a grading queue.
    #[derive(Debug, Clone)]
    pub(crate) struct QueueRow {
        pub review_id: Option<ReviewId>, pub work_kind: WorkKind, pub work_id: Uuid, pub task_id: TaskId, pub person_id: PersonId,
        pub learner: String,
        pub week: u16, pub title: String, pub title_en: String, pub submitted_at: Timestamp, pub again: bool,
        pub drafted: bool, pub points: Option<u32>, pub most: Option<u32>,
    }
}

impl Work {
    /// The calendar of its training.
    pub fn calendar(&self) -> Result<Calendar, StorageError> {
        Calendar::stored(self.starts_on, &self.time_zone, self.grace_days)
            .ok_or_else(|| StorageError::Decode(format!("time_zone: {}", self.time_zone)))
    }
}

/// A work, and the class whose staff judge it: theirs who have begun or finished a review; otherwise the one where its learner sits now,
/// or sat until they left. So what waits goes along in the moment in which somebody comes to sit in another class, and what a reviewer
/// has begun stays theirs to finish.
pub(crate) async fn find(conn: &mut Conn, id: WorkId) -> Result<Option<Work>, StorageError> {
    match id {
        WorkId::Submission(id) => {
            sql("select s.task_id, s.person_id, coalesce( \
                 (select v.class_id from reviews v where v.work_id = s.id and v.state in ('draft', 'finished') order by v.id limit 1), \
                 (select m.class_id from v_placement m where m.training_id = s.training_id and m.person_id = s.person_id), \
                 (select d.class_id from v_departed_learner d where d.training_id = s.training_id and d.person_id = s.person_id), \
                 s.class_id) as class_id, s.training_id, s.body, s.blob_id, \
                 s.hand_ins as hand_in, s.submitted_at, s.state = 'graded' as graded, s.state = 'returned' as returned, t.week, t.title, t.title_en, \
                 t.body_html as brief_html, t.ref_id as rubric, p.name as learner, b.starts_on, b.time_zone, b.grace_days, b.revision_days, \
                 (select m.class_id from v_placement m where m.training_id = s.training_id and m.person_id = s.person_id) as seat, \
                 (select c.class_id from v_task_progress c where c.task_id = s.task_id and c.person_id = s.person_id) as claimed_in \
                 from submissions s join v_task t on t.task_id = s.task_id join v_person p on p.person_id = s.person_id \
                 join v_board_calendar b on b.training_id = s.training_id \
                 where s.id = $1 and s.submitted_at is not null")
            .bind(id)
            .opt(conn)
            .await
        }
        WorkId::Reflection(id) => {
            sql("select r.task_id, r.person_id, coalesce( \
                 (select v.class_id from reviews v where v.work_id = r.reflection_id and v.state in ('draft', 'finished') \
                  order by v.id limit 1), \
                 (select m.class_id from v_placement m where m.training_id = r.training_id and m.person_id = r.person_id), \
                 (select d.class_id from v_departed_learner d where d.training_id = r.training_id and d.person_id = r.person_id), \
                 r.class_id) as class_id, r.training_id, r.body, \
                 cast(null as uuid) as blob_id, r.hand_in, r.submitted_at, r.closed_at is not null as graded, \
                 exists (select 1 from reviews v where v.work_id = r.reflection_id and v.state = 'returned' \
                 and v.hand_in = r.hand_in) as returned, t.week, t.title, t.title_en, t.body_html as brief_html, \
                 t.ref_id as rubric, p.name as learner, b.starts_on, b.time_zone, b.grace_days, b.revision_days, \
                 (select m.class_id from v_placement m where m.training_id = r.training_id and m.person_id = r.person_id) as seat, \
                 (select c.class_id from v_task_progress c where c.task_id = r.task_id and c.person_id = r.person_id) as claimed_in \
                 from v_reflection r join v_task t on t.task_id = r.task_id join v_person p on p.person_id = r.person_id \
                 join v_board_calendar b on b.training_id = r.training_id \
                 where r.reflection_id = $1")
            .bind(id)
            .opt(conn)
            .await
        }
    }
}

/// Takes the work for a change, and reads it as it then stands: who decides about it or hands it in again meanwhile waits.
pub(crate) async fn hold(tx: &mut Tx, id: WorkId) -> Result<Option<Work>, StorageError> {
    match id {
        WorkId::Submission(id) => {
            sql("update submissions set version = version where id = $1").bind(id).exec(tx).await?;
        }
        WorkId::Reflection(id) => task_board::reflections::hold(tx, id).await?,
    }
    find(tx, id).await
}

/// What waits for a review in a class, the longest waiting first, without those who left: the works of who sits there, and those that its
/// staff have begun to review. `me` tells which of them have my draft.
pub(crate) async fn waiting(
    conn: &mut Conn,
    class: ClassId,
    me: PersonId,
) -> Result<Vec<QueueRow>, StorageError> {
    sql("select cast(null as uuid) as review_id, w.work_kind, w.work_id, w.task_id, w.person_id, p.name as learner, t.week, t.title, t.title_en, w.submitted_at, \
         exists (select 1 from reviews v where v.work_id = w.work_id and v.state = 'returned') as again, \
         exists (select 1 from reviews v where v.work_id = w.work_id and v.state = 'draft' and v.reviewer_id = $2) as drafted, \
         cast(null as bigint) as points, cast(null as bigint) as most \
         from (select cast('assignment' as text) as work_kind, s.id as work_id, s.task_id, s.person_id, s.submitted_at, s.hand_ins as hand_in \
         from v_placement m join submissions s on s.person_id = m.person_id and s.training_id = m.training_id \
         where m.class_id = $1 and s.state = 'submitted' and not exists \
           (select 1 from reviews v where v.work_id = s.id and v.state = 'draft' and v.class_id <> $1) \
         union select cast('assignment' as text), s.id, s.task_id, s.person_id, s.submitted_at, s.hand_ins \
         from reviews v join submissions s on s.id = v.work_id \
         where v.class_id = $1 and v.state = 'draft' and s.state = 'submitted' \
         union select cast('reflection' as text), r.reflection_id, r.task_id, r.person_id, r.submitted_at, r.hand_in \
         from v_placement m join v_reflection r on r.person_id = m.person_id and r.training_id = m.training_id \
         where m.class_id = $1 and r.closed_at is null and not exists \
           (select 1 from reviews v where v.work_id = r.reflection_id and v.state = 'draft' and v.class_id <> $1) \
         union select cast('reflection' as text), r.reflection_id, r.task_id, r.person_id, r.submitted_at, r.hand_in \
         from reviews v join v_reflection r on r.reflection_id = v.work_id \
         where v.class_id = $1 and v.state = 'draft' and r.closed_at is null) w \
         join v_task t on t.task_id = w.task_id and t.withdrawn_at is null join v_person p on p.person_id = w.person_id \
         where not exists (select 1 from reviews v where v.work_id = w.work_id and v.state = 'returned' and v.hand_in = w.hand_in) \
         and not exists (select 1 from v_departed_learner d where d.training_id = t.training_id and d.person_id = w.person_id) \
         order by w.submitted_at, w.work_id")
    .bind(class)
    .bind(me)
    .all(conn)
    .await
}

/// What was sent back to who sits in a class and has not come again, the longest gone first.
pub(crate) async fn returned(conn: &mut Conn, class: ClassId) -> Result<Vec<QueueRow>, StorageError> {
    sql("select v.id as review_id, v.work_kind, v.work_id, v.task_id, v.person_id, p.name as learner, t.week, t.title, t.title_en, \
         v.work_submitted_at as submitted_at, true as again, false as drafted, cast(null as bigint) as points, cast(null as bigint) as most \
         from v_placement m join reviews v on v.training_id = m.training_id and v.person_id = m.person_id \
         join v_task t on t.task_id = v.task_id and t.withdrawn_at is null join v_person p on p.person_id = v.person_id \
         where m.class_id = $1 and v.state = 'returned' and v.hand_in = coalesce( \
           (select s.hand_ins from submissions s where s.id = v.work_id), \
           (select r.hand_in from v_reflection r where r.reflection_id = v.work_id and r.closed_at is null)) \
         order by v.finished_at, v.id")
    .bind(class)
    .all(conn)
    .await
}

/// What was graded in a class, the newest first, behind the work of a review.
pub(crate) async fn graded(
    conn: &mut Conn,
    class: ClassId,
    behind: Option<ReviewId>,
    limit: i64,
) -> Result<Vec<QueueRow>, StorageError> {
    sql("select v.id as review_id, v.work_kind, v.work_id, v.task_id, v.person_id, p.name as learner, t.week, t.title, t.title_en, \
         v.work_submitted_at as submitted_at, exists (select 1 from reviews o where o.work_id = v.work_id \
         and o.state = 'returned') as again, v.state = 'draft' as drafted, v.points, v.most \
         from reviews v join v_task t on t.task_id = v.task_id join v_person p on p.person_id = v.person_id \
         where v.class_id = $1 and v.state = 'finished' and ($2 or exists (select 1 from reviews f where f.id = $3 and f.class_id = $1 \
           and (v.finished_at < f.finished_at or (v.finished_at = f.finished_at and v.id < f.id)))) \
         order by v.finished_at desc, v.id desc limit $4")
    .bind(class)
    .bind(behind.is_none())
    .bind(behind.unwrap_or(ReviewId::from_uuid(Uuid::nil())))
    .bind(limit)
    .all(conn)
    .await
}
