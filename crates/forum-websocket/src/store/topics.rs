//! Topics and how far people have read them.

use kernel::id::{ClassId, PersonId, PostId, TaskId, TopicId, TrainingId};
use kernel::{Role, Timestamp};
use storage::{Conn, FromRow, Row, StorageError, Tx, sql};
use training_plan::training::TrainingState;

use super::Placed;
use crate::model::{ANSWERERS, Topic, TopicKind};

storage::from_row! {
    struct TopicRow {
        id: TopicId, class_id: ClassId, training_id: TrainingId, task_id: Option<TaskId>, author_id: PersonId,
        author_name: String, kind: TopicKind, title: String, pinned: bool, closed_at: Option<Timestamp>, posts: i64,
        last_post_at: Timestamp, asked_at: Option<Timestamp>, first_response_at: Option<Timestamp>, created_at: Timestamp,
        training_state: String,
    }
}

storage::from_row! {
    /// What the topic of a task takes from elsewhere.
    pub struct NamedRow { pub title: String, pub author_name: String }
}

/// A topic, and how far one reader has come in it: 0 is not at all.
pub struct Read<T> {
    pub topic: T,
    pub seen: i64,
}

/// A topic in a list, with how much of it is new to one reader: what others wrote behind the place they read to, and is still there.
pub struct Listed {
    pub topic: Topic,
    pub unread: i64,
}

impl FromRow for Topic {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        let row = TopicRow::from_row(row)?;
        Ok(Self {
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
        })
    }
}

impl<T: FromRow> FromRow for Read<T> {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        let topic = T::from_row(row)?;
        let seen: Option<i64> = row.get("seen")?;
        Ok(Self { topic, seen: seen.unwrap_or(0) })
    }
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        Ok(Self { topic: Topic::from_row(row)?, unread: row.get("unread")? })
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
    sql("select t.id, t.class_id, t.training_id, t.task_id, t.author_id, p.name as author_name, t.kind, t.title, \
         t.pinned, t.closed_at, t.posts, t.last_post_at, t.asked_at, t.first_response_at, t.created_at, r.state as training_state \
         from topics t join v_person_name p on p.person_id = t.author_id join v_training r on r.training_id = t.training_id \
         where t.class_id = $1 and t.author_id = $2 and t.client_id = $3")
    .bind(class)
    .bind(author)
    .bind(client_id)
    .opt(conn)
    .await
}

/// Makes the topic that discusses a task, under the task's title; none when the class has it already, or there is no such task to discuss.
pub async fn insert_for_task(
    tx: &mut Tx,
    topic: &Topic,
    task: TaskId,
) -> Result<Option<NamedRow>, StorageError> {
    sql("insert into topics (id, class_id, training_id, task_id, author_id, kind, title, pinned, posts, last_post_at, created_at) \
         select :id, :class_id, k.training_id, k.task_id, :author_id, :kind, k.title, :pinned, :posts, :last_post_at, :created_at \
         from v_task k where k.task_id = :task_id and k.training_id = :training_id and k.kind = 'discuss' \
         on conflict (class_id, task_id) do nothing \
         returning title, (select p.name from v_person_name p where p.person_id = topics.author_id) as author_name")
    .set("id", topic.id)
    .set("class_id", topic.class)
    .set("training_id", topic.training)
    .set("task_id", task)
    .set("author_id", topic.author)
    .set("kind", topic.kind.word())
    .set("pinned", topic.pinned)
    .set("posts", topic.posts)
    .set("last_post_at", topic.last_post_at)
    .set("created_at", topic.created_at)
    .opt(tx)
    .await
}

/// A topic as one reader comes upon it.
pub async fn find(
    conn: &mut Conn,
    id: TopicId,
    reader: PersonId,
) -> Result<Option<Read<Placed<Topic>>>, StorageError> {
    sql("select t.id, t.class_id, t.training_id, t.task_id, t.author_id, p.name as author_name, t.kind, t.title, \
         t.pinned, t.closed_at, t.posts, t.last_post_at, t.asked_at, t.first_response_at, t.created_at, r.state as training_state, \
         r.org_path, c.published, s.number as seen \
         from topics t join v_person_name p on p.person_id = t.author_id join v_training r on r.training_id = t.training_id \
         join v_class c on c.class_id = t.class_id left join topic_reads s on s.topic_id = t.id and s.person_id = $2 \
         where t.id = $1")
    .bind(id)
    .bind(reader)
    .opt(conn)
    .await
}

pub async fn find_of_task(
    conn: &mut Conn,
    class: ClassId,
    task: TaskId,
) -> Result<Option<Topic>, StorageError> {
    sql("select t.id, t.class_id, t.training_id, t.task_id, t.author_id, p.name as author_name, t.kind, t.title, \
         t.pinned, t.closed_at, t.posts, t.last_post_at, t.asked_at, t.first_response_at, t.created_at, r.state as training_state \
         from topics t join v_person_name p on p.person_id = t.author_id join v_training r on r.training_id = t.training_id where t.class_id = $1 and t.task_id = $2")
    .bind(class)
    .bind(task)
    .opt(conn)
    .await
}

/// Topics of a class as one reader comes upon them, pinned ones first and then by latest activity, behind the place that `behind` names.
pub async fn page(
    conn: &mut Conn,
    class: ClassId,
    reader: PersonId,
    behind: (bool, Timestamp, TopicId),
    limit: i64,
) -> Result<Vec<Listed>, StorageError> {
    let (pinned, before, before_id) = behind;
    sql("select t.id, t.class_id, t.training_id, t.task_id, t.author_id, p.name as author_name, t.kind, t.title, \
         t.pinned, t.closed_at, t.posts, t.last_post_at, t.asked_at, t.first_response_at, t.created_at, r.state as training_state, \
         (select count(*) from posts n where n.topic_id = t.id and n.author_id <> $6 and n.removed_at is null \
         and n.number > coalesce((select s.number from topic_reads s where s.topic_id = t.id and s.person_id = $6), 0)) as unread \
         from topics t join v_person_name p on p.person_id = t.author_id join v_training r on r.training_id = t.training_id \
         where t.class_id = $1 and (t.pinned < $2 \
         or (t.pinned = $2 and (t.last_post_at < $3 or (t.last_post_at = $3 and t.id < $4)))) \
         order by t.pinned desc, t.last_post_at desc, t.id desc limit $5")
    .bind(class)
    .bind(pinned)
    .bind(before)
    .bind(before_id)
    .bind(limit)
    .bind(reader)
    .all(conn)
    .await
}

/// Questions that nobody of the staff has answered, longest waiting first.
pub async fn unanswered(conn: &mut Conn, class: ClassId) -> Result<Vec<Topic>, StorageError> {
    sql("select t.id, t.class_id, t.training_id, t.task_id, t.author_id, p.name as author_name, t.kind, t.title, \
         t.pinned, t.closed_at, t.posts, t.last_post_at, t.asked_at, t.first_response_at, t.created_at, r.state as training_state \
         from topics t join v_person_name p on p.person_id = t.author_id join v_training r on r.training_id = t.training_id \
         where t.class_id = $1 and t.kind = 'question' and t.first_response_at is null order by t.asked_at, t.id")
    .bind(class)
    .all(conn)
    .await
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

/// The topic of a post as it is now, taken for a change: who writes in it or closes it meanwhile waits.
pub async fn hold_of_post(tx: &mut Tx, post: PostId) -> Result<Option<Placed<Topic>>, StorageError> {
    sql("update topics set posts = posts where id = (select s.topic_id from posts s where s.id = $1) \
         returning id, class_id, training_id, task_id, author_id, \
         (select p.name from v_person_name p where p.person_id = topics.author_id) as author_name, kind, title, pinned, closed_at, \
         posts, last_post_at, asked_at, first_response_at, created_at, \
         (select r.state from v_training r where r.training_id = topics.training_id) as training_state, \
         (select r.org_path from v_training r where r.training_id = topics.training_id) as org_path, \
         (select c.published from v_class c where c.class_id = topics.class_id) as published")
    .bind(post)
    .opt(tx)
    .await
}

/// The same with its next post number counted, for a post that is written now. The time of the last post never goes back: whoever read the
/// clock first may come to the topic last.
pub async fn take_number(
    tx: &mut Tx,
    id: TopicId,
    at: Timestamp,
) -> Result<Option<Placed<Topic>>, StorageError> {
    sql("update topics set posts = posts + 1, last_post_at = case when last_post_at < $2 then $2 else last_post_at end where id = $1 \
         returning id, class_id, training_id, task_id, author_id, \
         (select p.name from v_person_name p where p.person_id = topics.author_id) as author_name, kind, title, pinned, closed_at, \
         posts, last_post_at, asked_at, first_response_at, created_at, \
         (select r.state from v_training r where r.training_id = topics.training_id) as training_state, \
         (select r.org_path from v_training r where r.training_id = topics.training_id) as org_path, \
         (select c.published from v_class c where c.class_id = topics.class_id) as published")
    .bind(id)
    .bind(at)
    .opt(tx)
    .await
}

/// Only while held: the number that was taken last is not needed, and the post before it is the last one again.
pub async fn give_back_number(tx: &mut Tx, id: TopicId) -> Result<(), StorageError> {
    sql("update topics set posts = posts - 1, last_post_at = (select s.at from posts s \
         where s.topic_id = topics.id and s.number = topics.posts - 1) where id = $1")
    .bind(id)
    .exec(tx)
    .await?;
    Ok(())
}

/// Only while held: stops a question's clock. Whether its asker learns in the class.
pub async fn respond(tx: &mut Tx, topic: TopicId, by: PersonId, at: Timestamp) -> Result<bool, StorageError> {
    let seats: i64 = sql("update topics set first_response_at = $2, first_response_by = $3 where id = $1 \
         returning (select count(*) from v_placement p where p.class_id = topics.class_id and p.person_id = topics.author_id) as value")
    .bind(topic)
    .bind(at)
    .bind(by)
    .one(tx)
    .await?;
    Ok(seats > 0)
}

/// Only while held: a question's clock stopped at the first answer that is still there; without one it goes on.
pub async fn respond_anew(tx: &mut Tx, topic: TopicId) -> Result<Option<Timestamp>, StorageError> {
    sql("update topics set \
         first_response_at = (select s.at from posts s where s.topic_id = topics.id and s.author_id <> topics.author_id \
         and s.removed_at is null and s.author_role in ($list) order by s.number limit 1), \
         first_response_by = (select s.author_id from posts s where s.topic_id = topics.id and s.author_id <> topics.author_id \
         and s.removed_at is null and s.author_role in ($list) order by s.number limit 1) \
         where id = $1 returning first_response_at as value")
    .bind(topic)
    .bind_list(ANSWERERS.map(Role::word))
    .one(tx)
    .await
}

pub async fn pin(tx: &mut Tx, id: TopicId, pinned: bool) -> Result<Option<Placed<Topic>>, StorageError> {
    sql("update topics set pinned = $2 where id = $1 \
         returning id, class_id, training_id, task_id, author_id, \
         (select p.name from v_person_name p where p.person_id = topics.author_id) as author_name, kind, title, pinned, closed_at, \
         posts, last_post_at, asked_at, first_response_at, created_at, \
         (select r.state from v_training r where r.training_id = topics.training_id) as training_state, \
         (select r.org_path from v_training r where r.training_id = topics.training_id) as org_path, \
         (select c.published from v_class c where c.class_id = topics.class_id) as published")
    .bind(id)
    .bind(pinned)
    .opt(tx)
    .await
}

pub async fn close(
    tx: &mut Tx,
    id: TopicId,
    closed_at: Option<Timestamp>,
) -> Result<Option<Placed<Topic>>, StorageError> {
    sql("update topics set closed_at = $2 where id = $1 \
         returning id, class_id, training_id, task_id, author_id, \
         (select p.name from v_person_name p where p.person_id = topics.author_id) as author_name, kind, title, pinned, closed_at, \
         posts, last_post_at, asked_at, first_response_at, created_at, \
         (select r.state from v_training r where r.training_id = topics.training_id) as training_state, \
         (select r.org_path from v_training r where r.training_id = topics.training_id) as org_path, \
         (select c.published from v_class c where c.class_id = topics.class_id) as published")
    .bind(id)
    .bind(closed_at)
    .opt(tx)
    .await
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
