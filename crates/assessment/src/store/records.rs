//! The records that results are made of, for some learners of a training: whichever class they sat in when they did it.

use std::collections::HashMap;

use kernel::Timestamp;
use kernel::id::{AttemptId, ClassId, PersonId, PostId, ReviewId, TaskId, TrainingId};
use storage::{Conn, StorageError, sql};
use task_board::model::{TestResult, Work};
use uuid::Uuid;

use crate::model::evaluation::{AttemptFact, PostFact, ProgressFact, Records, ReviewFact};

storage::from_row! {
    /// A required task of a list that the class has.
    #[derive(Debug, Clone)]
    pub(crate) struct TaskRow {
        pub task_id: TaskId, pub week: u16, pub position: i64, pub kind: String, pub title: String,
        pub title_en: String, pub minutes: u16, pub length_ms: Option<u32>,
    }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct LearnerRow { pub person_id: PersonId, pub class_id: ClassId, pub name: String }
}

storage::from_row! {
    struct ProgressRow {
        person_id: PersonId, task_id: TaskId, started_at: Option<Timestamp>, done_at: Option<Timestamp>, late: bool,
        credited_ms: u32, returned_at: Option<Timestamp>, awaits_review: bool, score: Option<u32>, most: Option<u32>,
        minimum: Option<u16>, attempts_left: Option<u16>, given_until: Option<Timestamp>,
    }
}

/// How far somebody is with a task whose list they claimed, and until when they were given time for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub work: Work,
    pub given_until: Option<Timestamp>,
}

/// What a learner left behind.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub records: Records,
    pub standings: HashMap<TaskId, Standing>,
}

impl ProgressRow {
    fn standing(&self) -> Standing {
        let test = || {
            let (score, most) = (self.score?, self.most?);
            Some(TestResult { score, most, minimum: self.minimum?, attempts_left: self.attempts_left? })
        };
        let work = Work {
            is_claimed: true,
            is_started: self.started_at.is_some(),
            is_done: self.done_at.is_some(),
            is_returned: self.returned_at.is_some(),
            awaits_review: self.awaits_review,
            test: test(),
        };
        Standing { work, given_until: self.given_until }
    }
}

storage::from_row! {
    /// What somebody left behind for a task, beside their progress.
    struct TraceRow { kind: String, person_id: PersonId, task_id: TaskId, id: Uuid, score: Option<u32>, most: Option<u32> }
}

pub(crate) async fn tasks(conn: &mut Conn, class: ClassId) -> Result<Vec<TaskRow>, StorageError> {
    sql("select t.task_id, t.week, t.position, t.kind, t.title, t.title_en, t.minutes, v.length_ms \
         from v_list_publication l join v_task t on t.list_id = l.list_id \
         left join v_micro_video v on v.micro_video_id = t.ref_id \
         where l.class_id = $1 and t.required and t.withdrawn_at is null order by t.week, t.position, t.task_id")
    .bind(class)
    .all(conn)
    .await
}

/// The learners of a class, by name.
pub(crate) async fn learners(conn: &mut Conn, class: ClassId) -> Result<Vec<LearnerRow>, StorageError> {
    sql("select m.person_id, m.class_id, p.name from v_class_member m join v_person p on p.person_id = m.person_id \
         where m.class_id = $1 and m.role = 'learner' order by p.name, m.person_id")
    .bind(class)
    .all(conn)
    .await
}

/// The published classes of a training.
pub(crate) async fn classes(conn: &mut Conn, training: TrainingId) -> Result<Vec<ClassId>, StorageError> {
    sql("select class_id as value from v_class where training_id = $1 and published order by number")
        .bind(training)
        .all(conn)
        .await
}

/// Everything that these learners did in the training. Somebody without a record is absent.
pub(crate) async fn of_learners(
    conn: &mut Conn,
    training: TrainingId,
    learners: &[PersonId],
) -> Result<HashMap<PersonId, Found>, StorageError> {
    let mut found: HashMap<PersonId, Found> = HashMap::new();
    if learners.is_empty() {
        return Ok(found);
    }
    let rows: Vec<ProgressRow> =
        sql("select person_id, task_id, started_at, done_at, late, credited_ms, returned_at, awaits_review, score, most, minimum, \
         attempts_left, given_until from v_task_progress where training_id = $1 and person_id in ($list)")
        .bind(training)
        .bind_list(learners.iter().copied())
        .all(conn)
        .await?;
    for row in rows {
        let standing = row.standing();
        let ProgressRow { person_id, task_id, done_at, late, credited_ms, .. } = row;
        let one = found.entry(person_id).or_default();
        one.standings.insert(task_id, standing);
        if standing.work.is_started {
            // What was sent back is not done until it comes again.
            let done_at = done_at.filter(|_| !standing.work.is_returned);
            one.records.progress.push(ProgressFact { task: task_id, done_at, late, credited_ms });
        }
    }
    for TraceRow { kind, person_id, task_id: task, id, score, most } in
        traces(conn, training, learners).await?
    {
        let records = &mut found.entry(person_id).or_default().records;
        let (score, most) = (score.unwrap_or(0), most.unwrap_or(0));
        match kind.as_str() {
            "attempt" => {
                records.attempts.push(AttemptFact { attempt: AttemptId::from_uuid(id), task, score, most });
            }
            "review" => {
                let review = ReviewId::from_uuid(id);
                records.reviews.push(ReviewFact { review, task, points: score, most });
            }
            "post" => records.posts.push(PostFact { post: PostId::from_uuid(id), task }),
            "waiting" => records.waiting.push(task),
            strange => return Err(StorageError::Decode(format!("kind: {strange}"))),
        }
    }
    Ok(found)
}

/// Their attempts, what was said about their work, their posts, and the work that waits for its review.
async fn traces(
    conn: &mut Conn,
    training: TrainingId,
    learners: &[PersonId],
) -> Result<Vec<TraceRow>, StorageError> {
    sql("select cast('attempt' as text) as kind, person_id, task_id, id, score, most from attempts \
         where training_id = $1 and state = 'submitted' and person_id in ($list) \
         union all select cast('review' as text), person_id, task_id, id, points, most from reviews \
         where training_id = $1 and state = 'finished' and person_id in ($list) \
         union all select cast('post' as text), author_id, task_id, post_id, cast(null as bigint), cast(null as bigint) from v_post \
         where training_id = $1 and task_id is not null and removed_at is null and author_id in ($list) \
         union all select cast('waiting' as text), s.person_id, s.task_id, s.id, cast(null as bigint), cast(null as bigint) \
         from submissions s where s.training_id = $1 and s.state = 'submitted' and s.person_id in ($list) \
         and exists (select 1 from v_task t where t.task_id = s.task_id and t.withdrawn_at is null) \
         union all select cast('waiting' as text), r.person_id, r.task_id, r.reflection_id, cast(null as bigint), cast(null as bigint) \
         from v_reflection r where r.training_id = $1 and r.closed_at is null and r.person_id in ($list) \
         and not exists (select 1 from reviews v where v.work_id = r.reflection_id and v.state = 'returned' \
         and v.hand_in = r.hand_in) \
         and exists (select 1 from v_task t where t.task_id = r.task_id and t.withdrawn_at is null)")
    .bind(training)
    .bind_list(learners.iter().copied())
    .all(conn)
    .await
}
