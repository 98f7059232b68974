//! The records that results are made of, for some learners of a training: whichever class they sat in when they did it.

use std::collections::HashMap;

use kernel::Timestamp;
use kernel::id::{AttemptId, ClassId, PersonId, PostId, ReviewId, TaskId, TrainingId};
use storage::{Conn, StorageError, sql};
use uuid::Uuid;

use crate::model::evaluation::{AttemptFact, PostFact, ProgressFact, Records, ReviewFact};

storage::from_row! {
    /// A required task of a list that the class has.
    #[derive(Debug, Clone)]
    pub(crate) struct TaskRow {
        pub task_id: TaskId, pub week: u16, pub position: i64, pub kind: String, pub title: String,
        pub title_en: String, pub length_ms: Option<u32>, pub attempts_allowed: Option<u16>,
    }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct LearnerRow { pub person_id: PersonId, pub class_id: ClassId, pub name: String }
}

storage::from_row! {
    struct ProgressRow { person_id: PersonId, task_id: TaskId, done_at: Option<Timestamp>, late: bool, credited_ms: u32 }
}
storage::from_row! {
    /// What somebody left behind for a task, beside their progress.
    struct TraceRow { kind: String, person_id: PersonId, task_id: TaskId, id: Uuid, score: Option<u32>, most: Option<u32> }
}

pub(crate) async fn tasks(conn: &mut Conn, class: ClassId) -> Result<Vec<TaskRow>, StorageError> {
    sql("select t.task_id, t.week, t.position, t.kind, t.title, t.title_en, v.length_ms, p.attempts_allowed \
         from v_list_publication l join v_task t on t.list_id = l.list_id \
         left join v_micro_video v on v.micro_video_id = t.ref_id \
         left join test_papers p on p.id = t.ref_id \
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
) -> Result<HashMap<PersonId, Records>, StorageError> {
    let mut found: HashMap<PersonId, Records> = HashMap::new();
    if learners.is_empty() {
        return Ok(found);
    }
    let rows: Vec<ProgressRow> =
        sql("select person_id, task_id, done_at, late, credited_ms from v_task_progress \
         where training_id = $1 and state <> 'claimed' and person_id in ($list)")
        .bind(training)
        .bind_list(learners.iter().copied())
        .all(conn)
        .await?;
    for row in rows {
        let ProgressRow { person_id, task_id, done_at, late, credited_ms } = row;
        let fact = ProgressFact { task: task_id, done_at, late, credited_ms };
        found.entry(person_id).or_default().progress.push(fact);
    }
    for TraceRow { kind, person_id, task_id: task, id, score, most } in
        traces(conn, training, learners).await?
    {
        let records = found.entry(person_id).or_default();
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

/// Somebody's work that was sent back and not handed in again, by task.
pub(crate) async fn returned(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<Vec<TaskId>, StorageError> {
    sql("select v.task_id as value from reviews v where v.training_id = $1 and v.person_id = $2 and v.state = 'returned' \
         and not exists (select 1 from submissions s where s.id = v.work_id and s.hand_ins <> v.hand_in) \
         and not exists (select 1 from v_reflection r where r.reflection_id = v.work_id \
         and r.hand_in <> v.hand_in)")
    .bind(training)
    .bind(person)
    .all(conn)
    .await
}
