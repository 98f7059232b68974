//! Topics and how far people have read them.

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, TaskId, TopicId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};
use training_plan::training::TrainingState;

use crate::model::{Topic, TopicKind};

storage::from_row! {
    struct TopicRow {
        id: TopicId, class_id: ClassId, training_id: TrainingId, task_id: Option<TaskId>, author_id: PersonId,
        author_name: String, kind: TopicKind, title: String, pinned: bool, closed_at: Option<Timestamp>, posts: i64,
        last_post_at: Timestamp, asked_at: Option<Timestamp>, first_response_at: Option<Timestamp>, created_at: Timestamp,
        training_state: String,
    }
}

storage::from_row! {
    struct SeenRow { topic_id: TopicId, number: i64 }
}

impl From<TopicRow> for Topic {
    fn from(row: TopicRow) -> Self {
        Self {
            id: row.id,
            class: row.class_id,
            training: row.training_id,
            task: row.task_id,
            author: row.author_id,
            author_name: row.author_name,
            kind: row.kind,
            title: row.title,
            pinned: row.pinned,
            closed_at: row.closed_at,
            posts: row.posts,
            last_post_at: row.last_post_at,
            asked_at: row.asked_at,
            first_response_at: row.first_response_at,
            created_at: row.created_at,
            is_over: TrainingState::from_word(&row.training_state) == Some(TrainingState::Closed),
        }
    }
}

/// Makes a topic unless its author made one under this client id.
pub async fn insert(tx: &mut Tx, topic: &Topic, client_id: &str) -> Result<bool, StorageError> {
    let made = sql("insert into topics (id, class_id, training_id, task_id, author_id, client_id, kind, title, pinned, posts, \
         last_post_at, asked_at, created_at) values (:id, :class_id, :training_id, :task_id, :author_id, :client_id, :kind, :title, \
         :pinned, :posts, :last_post_at, :asked_at, :created_at) on conflict (class_id, author_id, client_id) do nothing")
    .set("client_id", client_id)
    .set("id", topic.id)
    .set("class_id", topic.class)
    .set("training_id", topic.training)
    .set("task_id", topic.task)
    .set("author_id", topic.author)
    .set("kind", topic.kind.word())
    .set("title", &topic.title)
    .set("pinned", topic.pinned)
    .set("posts", topic.posts)
    .set("last_post_at", topic.last_post_at)
    .set("asked_at", topic.asked_at)
    .set("created_at", topic.created_at)
    .exec(tx)
    .await?;
    Ok(made == 1)
}

/// The topic that an author already made under this client id.
pub async fn find_retry(
    conn: &mut Conn,
    class: ClassId,
    author: PersonId,
    client_id: &str,
) -> Result<Option<Topic>, StorageError> {
    let row: Option<TopicRow> = sql("select t.id, t.class_id, t.training_id, t.task_id, t.author_id, p.name as author_name, t.kind, t.title, \
         t.pinned, t.closed_at, t.posts, t.last_post_at, t.asked_at, t.first_response_at, t.created_at, r.state as training_state \
         from topics t join v_person p on p.person_id = t.author_id join v_training r on r.training_id = t.training_id \
         where t.class_id = $1 and t.author_id = $2 and t.client_id = $3")
    .bind(class)
    .bind(author)
    .bind(client_id)
    .opt(conn)
    .await?;
    Ok(row.map(Topic::from))
}

/// Makes the topic of a task in a class unless it has one.
pub async fn insert_for_task(tx: &mut Tx, topic: &Topic) -> Result<bool, StorageError> {
    let made = sql("insert into topics (id, class_id, training_id, task_id, author_id, kind, title, pinned, posts, last_post_at, \
         created_at) values (:id, :class_id, :training_id, :task_id, :author_id, :kind, :title, :pinned, :posts, \
         :last_post_at, :created_at) on conflict (class_id, task_id) do nothing")
    .set("id", topic.id)
    .set("class_id", topic.class)
    .set("training_id", topic.training)
    .set("task_id", topic.task)
    .set("author_id", topic.author)
    .set("kind", topic.kind.word())
    .set("title", &topic.title)
    .set("pinned", topic.pinned)
    .set("posts", topic.posts)
    .set("last_post_at", topic.last_post_at)
    .set("created_at", topic.created_at)
    .exec(tx)
    .await?;
    Ok(made == 1)
}

pub async fn find(conn: &mut Conn, id: TopicId) -> Result<Option<Topic>, StorageError> {
    let row: Option<TopicRow> = sql("select t.id, t.class_id, t.training_id, t.task_id, t.author_id, p.name as author_name, t.kind, t.title, \
         t.pinned, t.closed_at, t.posts, t.last_post_at, t.asked_at, t.first_response_at, t.created_at, r.state as training_state \
         from topics t join v_person p on p.person_id = t.author_id join v_training r on r.training_id = t.training_id where t.id = $1")
    .bind(id)
    .opt(conn)
    .await?;
    Ok(row.map(Topic::from))
}

pub async fn find_of_task(
    conn: &mut Conn,
    class: ClassId,
    task: TaskId,
) -> Result<Option<Topic>, StorageError> {
    let row: Option<TopicRow> = sql("select t.id, t.class_id, t.training_id, t.task_id, t.author_id, p.name as author_name, t.kind, t.title, \
         t.pinned, t.closed_at, t.posts, t.last_post_at, t.asked_at, t.first_response_at, t.created_at, r.state as training_state \
         from topics t join v_person p on p.person_id = t.author_id join v_training r on r.training_id = t.training_id where t.class_id = $1 and t.task_id = $2")
    .bind(class)
    .bind(task)
    .opt(conn)
    .await?;
    Ok(row.map(Topic::from))
}

/// A task's class-independent facts, for the topic that discusses it.
pub async fn task_title(
    conn: &mut Conn,
    training: TrainingId,
    task: TaskId,
) -> Result<Option<String>, StorageError> {
    sql("select title as value from v_task where task_id = $1 and training_id = $2 and kind = 'discuss'")
        .bind(task)
        .bind(training)
        .opt(conn)
        .await
}

/// Topics of a class, pinned ones first and then by latest activity, behind the place that `behind` names.
pub async fn page(
    conn: &mut Conn,
    class: ClassId,
    behind: (bool, Timestamp, TopicId),
    limit: i64,
) -> Result<Vec<Topic>, StorageError> {
    let (pinned, before, before_id) = behind;
    let rows: Vec<TopicRow> = sql("select t.id, t.class_id, t.training_id, t.task_id, t.author_id, p.name as author_name, t.kind, t.title, \
         t.pinned, t.closed_at, t.posts, t.last_post_at, t.asked_at, t.first_response_at, t.created_at, r.state as training_state \
         from topics t join v_person p on p.person_id = t.author_id join v_training r on r.training_id = t.training_id \
         where t.class_id = $1 and (t.pinned < $2 \
         or (t.pinned = $2 and (t.last_post_at < $3 or (t.last_post_at = $3 and t.id < $4)))) \
         order by t.pinned desc, t.last_post_at desc, t.id desc limit $5")
    .bind(class)
    .bind(pinned)
    .bind(before)
    .bind(before_id)
    .bind(limit)
    .all(conn)
    .await?;
    Ok(rows.into_iter().map(Topic::from).collect())
}

/// Questions that nobody of the staff has answered, longest waiting first.
pub async fn unanswered(conn: &mut Conn, class: ClassId) -> Result<Vec<Topic>, StorageError> {
    let rows: Vec<TopicRow> = sql("select t.id, t.class_id, t.training_id, t.task_id, t.author_id, p.name as author_name, t.kind, t.title, \
         t.pinned, t.closed_at, t.posts, t.last_post_at, t.asked_at, t.first_response_at, t.created_at, r.state as training_state \
         from topics t join v_person p on p.person_id = t.author_id join v_training r on r.training_id = t.training_id \
         where t.class_id = $1 and t.kind = 'question' and t.first_response_at is null order by t.asked_at, t.id")
    .bind(class)
    .all(conn)
    .await?;
    Ok(rows.into_iter().map(Topic::from).collect())
}

/// How many questions of somebody wait in a class.
pub async fn waiting_of(conn: &mut Conn, class: ClassId, author: PersonId) -> Result<i64, StorageError> {
    sql("select count(*) as value from topics \
         where class_id = $1 and author_id = $2 and kind = 'question' and first_response_at is null")
    .bind(class)
    .bind(author)
    .one(conn)
    .await
}

/// The topic as it is now, taken for a change: who writes in it or closes it meanwhile waits.
pub async fn hold(tx: &mut Tx, id: TopicId) -> Result<Option<Topic>, StorageError> {
    sql("update topics set posts = posts where id = $1").bind(id).exec(tx).await?;
    find(tx, id).await
}

/// Takes the topic's next post number and holds the topic until the commit.
pub async fn next_number(tx: &mut Tx, topic: TopicId, at: Timestamp) -> Result<i64, StorageError> {
    sql("update topics set posts = posts + 1, last_post_at = $2 where id = $1 returning posts as value")
        .bind(topic)
        .bind(at)
        .one(tx)
        .await
}

/// Stops a question's clock. True for the one who stopped it.
pub async fn respond(tx: &mut Tx, topic: TopicId, by: PersonId, at: Timestamp) -> Result<bool, StorageError> {
    let stopped = sql("update topics set first_response_at = $2, first_response_by = $3 where id = $1 and first_response_at is null")
        .bind(topic)
        .bind(at)
        .bind(by)
        .exec(tx)
        .await?;
    Ok(stopped == 1)
}

/// Only while held: the answer that counts now, or none.
pub async fn set_response(
    tx: &mut Tx,
    topic: TopicId,
    answered: Option<(PersonId, Timestamp)>,
) -> Result<(), StorageError> {
    let (by, at) = answered.unzip();
    sql("update topics set first_response_at = $2, first_response_by = $3 where id = $1")
        .bind(topic)
        .bind(at)
        .bind(by)
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn pin(tx: &mut Tx, topic: TopicId, pinned: bool) -> Result<(), StorageError> {
    sql("update topics set pinned = $2 where id = $1").bind(topic).bind(pinned).exec(tx).await?;
    Ok(())
}

pub async fn close(tx: &mut Tx, topic: TopicId, closed_at: Option<Timestamp>) -> Result<(), StorageError> {
    sql("update topics set closed_at = $2 where id = $1").bind(topic).bind(closed_at).exec(tx).await?;
    Ok(())
}

/// Remembers how far somebody has read; never backwards.
pub async fn see(
    tx: &mut Tx,
    topic: TopicId,
    person: PersonId,
    number: i64,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into topic_reads (topic_id, person_id, number, at) values ($1, $2, $3, $4) \
         on conflict (topic_id, person_id) do update set number = excluded.number, at = excluded.at \
         where topic_reads.number < excluded.number")
    .bind(topic)
    .bind(person)
    .bind(number)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// How far somebody has read each of these topics; absent means not at all.
pub async fn seen(
    conn: &mut Conn,
    person: PersonId,
    topics: &[TopicId],
) -> Result<Vec<(TopicId, i64)>, StorageError> {
    if topics.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<SeenRow> =
        sql("select topic_id, number from topic_reads where person_id = $1 and topic_id in ($list)")
            .bind(person)
            .bind_list(topics.iter().copied())
            .all(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.topic_id, row.number)).collect())
}
