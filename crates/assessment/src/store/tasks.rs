//! A task as its learner meets it here.

use kernel::id::{ClassId, PersonId, TaskId, TrainingId};
use storage::{Conn, StorageError, sql};
use uuid::Uuid;

storage::from_row! {
    /// A task of a list that the learner's class has.
    #[derive(Debug, Clone)]
    pub(crate) struct MyTask {
        pub task_id: TaskId, pub training_id: TrainingId, pub class_id: ClassId, pub week: u16, pub kind: String,
        pub title: String, pub title_en: String, pub body_html: String, pub ref_id: Option<Uuid>,
    }
}

/// The task, when this person learns in a class that has its list; whether they may work on it now is another question.
pub(crate) async fn of_learner(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<MyTask>, StorageError> {
    sql("select t.task_id, t.training_id, m.class_id, t.week, t.kind, t.title, t.title_en, t.body_html, t.ref_id \
         from v_task t \
         join v_placement m on m.training_id = t.training_id and m.person_id = $2 \
         join v_list_publication p on p.list_id = t.list_id and p.class_id = m.class_id where t.task_id = $1")
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}

/// The task for which this person wrote an assignment, wherever they learn by now.
pub(crate) async fn of_writer(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<MyTask>, StorageError> {
    sql("select t.task_id, t.training_id, s.class_id, t.week, t.kind, t.title, t.title_en, t.body_html, t.ref_id \
         from v_task t join submissions s on s.task_id = t.task_id and s.person_id = $2 where t.task_id = $1")
    .bind(task)
    .bind(person)
    .opt(conn)
    .await
}
