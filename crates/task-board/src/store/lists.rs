//! Week lists, and which classes have them.

use kernel::Timestamp;
use kernel::id::{AnnouncementId, ClassId, PersonId, TaskListId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

use crate::model::ListState;

storage::from_row! {
    /// A list as it is kept.
    #[derive(Debug, Clone)]
    pub(crate) struct ListRow {
        pub id: TaskListId,
        pub training_id: TrainingId,
        pub week: u16,
        pub goal: String,
        pub goal_en: String,
        pub state: ListState,
        pub version: i64,
        pub updated_at: Timestamp,
    }
}

impl ListRow {
    pub fn is_ready(&self) -> bool {
        self.state == ListState::Ready
    }
}

storage::from_row! {
    /// A list in short, as its makers see it among the others.
    #[derive(Debug, Clone)]
    pub(crate) struct ListInShort {
        pub id: TaskListId,
        pub week: u16,
        pub goal: String,
        pub goal_en: String,
        pub state: ListState,
        pub version: i64,
        pub tasks: i64,
        pub minutes: i64,
        pub classes: i64,
        /// In the class that was asked about, if one was.
        pub published_at: Option<Timestamp>,
    }
}

pub(crate) async fn insert(tx: &mut Tx, list: &ListRow, by: PersonId) -> Result<(), StorageError> {
    sql("insert into task_lists (id, training_id, week, goal, goal_en, state, version, created_by, created_at, updated_at) \
         values (:id, :training_id, :week, :goal, :goal_en, :state, :version, :created_by, :now, :now)")
    .set("id", list.id)
    .set("training_id", list.training_id)
    .set("week", list.week)
    .set("goal", &list.goal)
    .set("goal_en", &list.goal_en)
    .set("state", list.state.word())
    .set("version", list.version)
    .set("created_by", by)
    .set("now", list.updated_at)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn find(conn: &mut Conn, id: TaskListId) -> Result<Option<ListRow>, StorageError> {
    sql("select id, training_id, week, goal, goal_en, state, version, updated_at from task_lists where id = $1")
        .bind(id)
        .opt(conn)
        .await
}

/// Whether the list of a week is ready; none where there is none.
pub(crate) async fn is_ready(
    conn: &mut Conn,
    training: TrainingId,
    week: u16,
) -> Result<Option<bool>, StorageError> {
    sql("select state = 'ready' as value from task_lists where training_id = $1 and week = $2")
        .bind(training)
        .bind(i64::from(week))
        .opt(conn)
        .await
}

/// Takes the list as it is: nobody changes it until the transaction ends, and whoever takes it too waits.
pub(crate) async fn take(tx: &mut Tx, id: TaskListId) -> Result<Option<ListRow>, StorageError> {
    sql("update task_lists set version = version where id = $1 \
         returning id, training_id, week, goal, goal_en, state, version, updated_at")
    .bind(id)
    .opt(tx)
    .await
}

/// Takes the list for a change, if it is still at the version that was read. None when it is not.
pub(crate) async fn hold(
    tx: &mut Tx,
    id: TaskListId,
    version: i64,
    at: Timestamp,
) -> Result<Option<ListRow>, StorageError> {
    sql("update task_lists set version = version + 1, updated_at = $3 where id = $1 and version = $2 \
         returning id, training_id, week, goal, goal_en, state, version, updated_at")
    .bind(id)
    .bind(version)
    .bind(at)
    .opt(tx)
    .await
}

pub(crate) async fn set_words(
    tx: &mut Tx,
    id: TaskListId,
    week: u16,
    goal: &str,
    goal_en: &str,
) -> Result<u64, StorageError> {
    sql("update task_lists set week = $2, goal = $3, goal_en = $4 where id = $1")
        .bind(id)
        .bind(week)
        .bind(goal)
        .bind(goal_en)
        .exec(tx)
        .await
}

/// Marks a correction of the goal where learners see it, and keeps what the goal said until then.
pub(crate) async fn correct(
    tx: &mut Tx,
    before: &ListRow,
    note: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<u64, StorageError> {
    sql("update task_lists set correction = $2, corrected_at = $3 where id = $1")
        .bind(before.id)
        .bind(note)
        .bind(at)
        .exec(tx)
        .await?;
    sql("insert into list_corrections (list_id, version, note, goal, goal_en, made_by, made_at) \
         values ($1, $2, $3, $4, $5, $6, $7)")
    .bind(before.id)
    .bind(before.version)
    .bind(note)
    .bind(&before.goal)
    .bind(&before.goal_en)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await
}

storage::from_row! {
    /// The last correction of a goal.
    #[derive(Debug, Clone)]
    pub(crate) struct GoalCorrectionRow { pub correction: String, pub corrected_at: Timestamp }
}

pub(crate) async fn correction(
    conn: &mut Conn,
    id: TaskListId,
) -> Result<Option<GoalCorrectionRow>, StorageError> {
    sql("select correction, corrected_at from task_lists where id = $1 and corrected_at is not null")
        .bind(id)
        .opt(conn)
        .await
}

/// Tasks carry their list's week.
pub(crate) async fn move_tasks(tx: &mut Tx, id: TaskListId, week: u16) -> Result<u64, StorageError> {
    sql("update tasks set week = $2 where list_id = $1").bind(id).bind(week).exec(tx).await
}

pub(crate) async fn set_state(tx: &mut Tx, id: TaskListId, state: ListState) -> Result<u64, StorageError> {
    sql("update task_lists set state = $2 where id = $1").bind(id).bind(state.word()).exec(tx).await
}

/// How many classes have the list.
pub(crate) async fn publications(conn: &mut Conn, id: TaskListId) -> Result<i64, StorageError> {
    sql("select count(*) as value from list_publications where list_id = $1").bind(id).one(conn).await
}

/// The classes that have the list.
pub(crate) async fn classes(conn: &mut Conn, id: TaskListId) -> Result<Vec<ClassId>, StorageError> {
    sql("select class_id as value from list_publications where list_id = $1 order by class_id")
        .bind(id)
        .all(conn)
        .await
}

/// True when the class did not have it before.
pub(crate) async fn publish(
    tx: &mut Tx,
    list: &ListRow,
    class: ClassId,
    announcement: AnnouncementId,
    by: PersonId,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let published = sql("insert into list_publications (class_id, list_id, training_id, announcement_id, published_by, published_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (class_id, list_id) do nothing")
    .bind(class)
    .bind(list.id)
    .bind(list.training_id)
    .bind(announcement)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(published == 1)
}

/// All lists of a training by week, with what a class has of them.
pub(crate) async fn of_training(
    conn: &mut Conn,
    training: TrainingId,
    class: Option<ClassId>,
) -> Result<Vec<ListInShort>, StorageError> {
    sql("select l.id, l.week, l.goal, l.goal_en, l.state, l.version, \
         (select count(*) from tasks t where t.list_id = l.id and t.withdrawn_at is null) as tasks, \
         (select cast(coalesce(sum(t.minutes), 0) as bigint) from tasks t \
         where t.list_id = l.id and t.withdrawn_at is null) as minutes, \
         (select count(*) from list_publications p where p.list_id = l.id) as classes, \
         (select p.published_at from list_publications p where p.list_id = l.id and p.class_id = $2) as published_at \
         from task_lists l where l.training_id = $1 order by l.week")
    .bind(training)
    .bind(class)
    .all(conn)
    .await
}

pub(crate) async fn is_class_published(conn: &mut Conn, class: ClassId) -> Result<bool, StorageError> {
    Ok(sql("select published as value from v_class where class_id = $1")
        .bind(class)
        .opt(conn)
        .await?
        .unwrap_or(false))
}
