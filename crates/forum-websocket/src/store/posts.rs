//! Posts.

use kernel::id::{ClassId, PersonId, PostId, TopicId};
use kernel::{Role, Timestamp};
use storage::{Conn, StorageError, Tx, sql};

use crate::model::{ANSWERERS, Post, Topic};

storage::from_row! {
    struct PostRow {
        id: PostId, topic_id: TopicId, number: i64, version: i64, author_id: PersonId, author_name: String, author_role: Role,
        client_id: String, body_source: String, body_html: String, at: Timestamp, edited_at: Option<Timestamp>, removed_at: Option<Timestamp>,
    }
}

storage::from_row! {
    struct AnswerRow { author_id: PersonId, at: Timestamp }
}

impl From<PostRow> for Post {
    fn from(row: PostRow) -> Self {
        Self {
            id: row.id,
            topic: row.topic_id,
            number: row.number,
            version: row.version,
            author: row.author_id,
            author_name: row.author_name,
            author_role: row.author_role,
            client_id: row.client_id,
            body_source: row.body_source,
            body_html: row.body_html,
            at: row.at,
            edited_at: row.edited_at,
            removed_at: row.removed_at,
        }
    }
}

pub async fn insert(tx: &mut Tx, class: ClassId, post: &Post) -> Result<(), StorageError> {
    sql("insert into posts (id, topic_id, class_id, author_id, author_role, number, version, client_id, body_source, body_html, at) \
         values (:id, :topic_id, :class_id, :author_id, :author_role, :number, :version, :client_id, :body_source, :body_html, :at)")
    .set("id", post.id)
    .set("topic_id", post.topic)
    .set("class_id", class)
    .set("author_id", post.author)
    .set("author_role", post.author_role.word())
    .set("number", post.number)
    .set("version", post.version)
    .set("client_id", &post.client_id)
    .set("body_source", &post.body_source)
    .set("body_html", &post.body_html)
    .set("at", post.at)
    .exec(tx)
    .await?;
    Ok(())
}

/// The post that an author already made under this client id.
pub async fn find_retry(
    conn: &mut Conn,
    topic: TopicId,
    author: PersonId,
    client_id: &str,
) -> Result<Option<Post>, StorageError> {
    let row: Option<PostRow> = sql(
        "select s.id, s.topic_id, s.number, s.version, s.author_id, p.name as author_name, s.author_role, s.client_id, \
         s.body_source, s.body_html, s.at, s.edited_at, s.removed_at \
         from posts s join v_person p on p.person_id = s.author_id \
         where s.topic_id = $1 and s.author_id = $2 and s.client_id = $3",
    )
    .bind(topic)
    .bind(author)
    .bind(client_id)
    .opt(conn)
    .await?;
    Ok(row.map(Post::from))
}

pub async fn find(conn: &mut Conn, id: PostId) -> Result<Option<Post>, StorageError> {
    let row: Option<PostRow> = sql(
        "select s.id, s.topic_id, s.number, s.version, s.author_id, p.name as author_name, s.author_role, s.client_id, \
         s.body_source, s.body_html, s.at, s.edited_at, s.removed_at \
         from posts s join v_person p on p.person_id = s.author_id where s.id = $1",
    )
    .bind(id)
    .opt(conn)
    .await?;
    Ok(row.map(Post::from))
}

/// The post as it is now, taken for a change: whoever changes it at the same time waits here.
pub async fn hold(tx: &mut Tx, id: PostId) -> Result<Option<Post>, StorageError> {
    sql("update posts set number = number where id = $1").bind(id).exec(tx).await?;
    find(tx, id).await
}

/// Who answered a question first, of the answers that are still there, and when.
pub async fn first_answer(
    conn: &mut Conn,
    topic: &Topic,
) -> Result<Option<(PersonId, Timestamp)>, StorageError> {
    let row: Option<AnswerRow> = sql("select author_id, at from posts \
         where topic_id = $1 and author_id <> $2 and removed_at is null and author_role in ($list) order by number limit 1")
    .bind(topic.id)
    .bind(topic.author)
    .bind_list(ANSWERERS.map(Role::word))
    .opt(conn)
    .await?;
    Ok(row.map(|row| (row.author_id, row.at)))
}

/// Posts after a number, in order.
pub async fn page(
    conn: &mut Conn,
    topic: TopicId,
    after: i64,
    limit: i64,
) -> Result<Vec<Post>, StorageError> {
    // SQLite plans a statement anew for every value of a bare `limit $3`; a sum it takes as it comes.
    let rows: Vec<PostRow> = sql(
        "select s.id, s.topic_id, s.number, s.version, s.author_id, p.name as author_name, s.author_role, s.client_id, \
         s.body_source, s.body_html, s.at, s.edited_at, s.removed_at \
         from posts s join v_person p on p.person_id = s.author_id \
         where s.topic_id = $1 and s.number > $2 order by s.number limit $3 + 0",
    )
    .bind(topic)
    .bind(after)
    .bind(limit)
    .all(conn)
    .await?;
    Ok(rows.into_iter().map(Post::from).collect())
}

/// Only while held: nobody else counts the version meanwhile.
pub async fn edit(tx: &mut Tx, post: &Post, at: Timestamp) -> Result<(), StorageError> {
    sql("update posts set body_source = $2, body_html = $3, version = $4, edited_at = $5 where id = $1")
        .bind(post.id)
        .bind(&post.body_source)
        .bind(&post.body_html)
        .bind(post.version)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

/// Only while held.
pub async fn remove(tx: &mut Tx, post: &Post, by: PersonId, at: Timestamp) -> Result<(), StorageError> {
    sql("update posts set removed_at = $2, removed_by = $3, version = $4 where id = $1")
        .bind(post.id)
        .bind(at)
        .bind(by)
        .bind(post.version)
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn author_name(conn: &mut Conn, person: PersonId) -> Result<String, StorageError> {
    sql("select name as value from v_person where person_id = $1").bind(person).one(conn).await
}
