//! The records that results are made of, for some learners of a training: whichever class they sat in when they did it.

use std::collections::HashMap;

use kernel::Timestamp;
use kernel::id::{AttemptId, ClassId, PersonId, PostId, ReviewId, TaskId, TrainingId};
use storage::{Conn, StorageError, sql};

use crate::model::evaluation::{AttemptFact, PostFact, ProgressFact, Records, ReviewFact};

storage::from_row! {
    /// A required task of a list that the class has.
    #[derive(Debug, Clone)]
    pub(crate) struct TaskRow {
        pub task_id: TaskId, pub week: u16, pub position: i64, pub kind: String, pub title: String,
        pub title_en: String, pub seconds: Option<u32>, pub attempts_allowed: Option<u16>,
    }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct LearnerRow { pub person_id: PersonId, pub class_id: ClassId, pub name: String }
}

storage::from_row! {
    struct ProgressRow { person_id: PersonId, task_id: TaskId, done_at: Option<Timestamp>, late: bool, credited_seconds: u32 }
}
storage::from_row! {
    struct AttemptRow { person_id: PersonId, task_id: TaskId, id: AttemptId, score: u32, most: u32 }
}
storage::from_row! {
    struct ReviewRow { person_id: PersonId, task_id: TaskId, id: ReviewId, points: u32, most: u32 }
}
storage::from_row! {
    struct PostRow { person_id: PersonId, task_id: TaskId, id: PostId }
}
storage::from_row! {
    struct WaitingRow { person_id: PersonId, task_id: TaskId }
}

pub(crate) async fn tasks(conn: &mut Conn, class: ClassId) -> Result<Vec<TaskRow>, StorageError> {
    sql("select t.task_id, t.week, t.position, t.kind, t.title, t.title_en, v.seconds, p.attempts_allowed \
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
        sql("select person_id, task_id, done_at, late, credited_seconds from v_task_progress \
         where training_id = $1 and state <> 'claimed' and person_id in ($list)")
        .bind(training)
        .bind_list(learners.iter().copied())
        .all(conn)
        .await?;
    for row in rows {
        let ProgressRow { person_id, task_id, done_at, late, credited_seconds } = row;
        let fact = ProgressFact { task: task_id, done_at, late, credited_seconds };
        found.entry(person_id).or_default().progress.push(fact);
    }
    let rows: Vec<AttemptRow> = sql("select person_id, task_id, id, score, most from attempts \
         where training_id = $1 and state = 'submitted' and person_id in ($list)")
    .bind(training)
    .bind_list(learners.iter().copied())
    .all(conn)
    .await?;
    for AttemptRow { person_id, task_id, id, score, most } in rows {
        let fact = AttemptFact { attempt: id, task: task_id, score, most };
        found.entry(person_id).or_default().attempts.push(fact);
    }
    let rows: Vec<ReviewRow> = sql("select person_id, task_id, id, points, most from reviews \
         where training_id = $1 and state = 'finished' and person_id in ($list)")
    .bind(training)
    .bind_list(learners.iter().copied())
    .all(conn)
    .await?;
    for ReviewRow { person_id, task_id, id, points, most } in rows {
        let fact = ReviewFact { review: id, task: task_id, points, most };
        found.entry(person_id).or_default().reviews.push(fact);
    }
    let rows: Vec<PostRow> = sql("select author_id as person_id, task_id, post_id as id from v_post \
         where training_id = $1 and task_id is not null and removed_at is null and author_id in ($list)")
    .bind(training)
    .bind_list(learners.iter().copied())
    .all(conn)
    .await?;
    for PostRow { person_id, task_id, id } in rows {
        found.entry(person_id).or_default().posts.push(PostFact { post: id, task: task_id });
    }
    for WaitingRow { person_id, task_id } in waiting(conn, training, learners).await? {
        found.entry(person_id).or_default().waiting.push(task_id);
    }
    Ok(found)
}

/// Work that waits for its review.
async fn waiting(
    conn: &mut Conn,
    training: TrainingId,
    learners: &[PersonId],
) -> Result<Vec<WaitingRow>, StorageError> {
    let mut rows: Vec<WaitingRow> = sql("select person_id, task_id from submissions \
         where training_id = $1 and state = 'submitted' and person_id in ($list) \
         and exists (select 1 from v_task t where t.task_id = submissions.task_id and t.withdrawn_at is null)")
    .bind(training)
    .bind_list(learners.iter().copied())
    .all(conn)
    .await?;
    rows.extend(
        sql("select r.person_id, r.task_id from v_reflection r where r.training_id = $1 and r.closed_at is null \
             and not exists (select 1 from reviews v where v.work_id = r.reflection_id and v.state = 'returned' \
             and v.hand_in = r.hand_in) and r.person_id in ($list) \
             and exists (select 1 from v_task t where t.task_id = r.task_id and t.withdrawn_at is null)")
        .bind(training)
        .bind_list(learners.iter().copied())
        .all::<WaitingRow>(conn)
        .await?,
    );
    Ok(rows)
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
