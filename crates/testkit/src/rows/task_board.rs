//! Week lists with their tasks, published and claimed.

use kernel::id::{ClaimId, ClassId, PersonId, TaskId, TaskListId, TrainingId};
use storage::sql;
use uuid::Uuid;

use crate::bed::TestBed;

/// A ready list of a week, published to these classes. Tasks open for a learner when the training runs
/// (`training_plan::running`), the charter is signed (`class_allocation::place`) and the list is claimed ([`claim`]).
pub async fn list(bed: &TestBed, training: TrainingId, week: u16, published_for: &[ClassId]) -> TaskListId {
    let id: TaskListId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into task_lists (id, training_id, week, goal, goal_en, state, version, created_at, updated_at) \
         values ($1, $2, $3, '弄清楚一天的时间花在哪里', 'Find out where the day goes', 'ready', 1, $4, $4)")
    .bind(id)
    .bind(training)
    .bind(week)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a list is stored");
    for class in published_for {
        sql("insert into list_publications (class_id, list_id, training_id, published_at) values ($1, $2, $3, $4)")
            .bind(*class)
            .bind(id)
            .bind(training)
            .bind(bed.ambient.now())
            .exec(&mut tx)
            .await
            .expect("a publication is stored");
    }
    tx.commit().await.expect("a commit");
    id
}

/// A required task at the end of a list. Kinds: watch, read, discuss, test, assignment, reflect; `ref_id` is the plain uuid of what
/// the kind works with (`id.uuid()`).
pub async fn task(bed: &TestBed, list: TaskListId, kind: &str, title: &str, ref_id: Option<Uuid>) -> TaskId {
    let id: TaskId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into tasks (id, list_id, training_id, week, position, kind, title, title_en, minutes, required, ref_id, steps, \
         prompts, body_markdown, body_html, least_chars, most_chars, created_at) \
         select $1, id, training_id, week, (select count(*) + 1 from tasks where list_id = $2), $3, $4, '', 10, true, $5, $6, $6, \
         '读一读', '<p>读一读</p>', 10, 2000, $7 from task_lists where id = $2")
    .bind(id)
    .bind(list)
    .bind(kind)
    .bind(title)
    .bind(ref_id)
    .bind(serde_json::json!([]))
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a task is stored");
    tx.commit().await.expect("a commit");
    id
}

/// A learner of the class has claimed the list.
pub async fn claim(bed: &TestBed, list: TaskListId, class: ClassId, person: PersonId) -> ClaimId {
    let id: ClaimId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into claims (id, list_id, person_id, class_id, training_id, claimed_at) \
         select $1, id, $3, $4, training_id, $5 from task_lists where id = $2")
    .bind(id)
    .bind(list)
    .bind(person)
    .bind(class)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a claim is stored");
    tx.commit().await.expect("a commit");
    id
}
