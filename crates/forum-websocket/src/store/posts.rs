//! Posts.

use kernel::id::{ClassId, PersonId, PostId, TopicId};
use kernel::{Role, Timestamp};
use storage::{Conn, FromRow, Row, StorageError, Tx, sql};

use super::{Place, Placed};
use crate::model::Post;

storage::from_row! {
    struct PostRow {
        id: PostId, topic_id: TopicId, number: i64, version: i64, author_id: PersonId, author_name: String, author_role: Role,
        client_id: String, body_source: String, body_html: String, at: Timestamp, edited_at: Option<Timestamp>, removed_at: Option<Timestamp>,
    }
}

impl FromRow for Post {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        let row = PostRow::from_row(row)?;
        Ok(Self {
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
        })
    }
}

/// Keeps a post; its author's name. None when they made one under this client id already.
pub async fn insert(tx: &mut Tx, class: ClassId, post: &Post) -> Result<Option<String>, StorageError> {
    sql("insert into posts (id, topic_id, class_id, author_id, author_role, number, version, client_id, body_source, body_html, at) \
         values (:id, :topic_id, :class_id, :author_id, :author_role, :number, :version, :client_id, :body_source, :body_html, :at) \
         on conflict (topic_id, author_id, client_id) do nothing \
         returning (select p.name from v_person_name p where p.person_id = posts.author_id) as value")
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
    .opt(tx)
    .await
}

/// The post that an author already made under this client id.
pub async fn find_retry(
    conn: &mut Conn,
    topic: TopicId,
    author: PersonId,
    client_id: &str,
) -> Result<Option<Post>, StorageError> {
    sql(
        "select s.id, s.topic_id, s.number, s.version, s.author_id, p.name as author_name, s.author_role, s.client_id, \
         s.body_source, s.body_html, s.at, s.edited_at, s.removed_at \
         from posts s join v_person_name p on p.person_id = s.author_id \
         where s.topic_id = $1 and s.author_id = $2 and s.client_id = $3",
    )
    .bind(topic)
    .bind(author)
    .bind(client_id)
    .opt(conn)
    .await
}

pub async fn find(conn: &mut Conn, id: PostId) -> Result<Option<Post>, StorageError> {
    sql(
        "select s.id, s.topic_id, s.number, s.version, s.author_id, p.name as author_name, s.author_role, s.client_id, \
         s.body_source, s.body_html, s.at, s.edited_at, s.removed_at \
         from posts s join v_person_name p on p.person_id = s.author_id where s.id = $1",
    )
    .bind(id)
    .opt(conn)
    .await
}

/// The place of a post's class.
pub async fn place_of(conn: &mut Conn, id: PostId) -> Result<Option<Place>, StorageError> {
    sql("select s.class_id, c.training_id, r.org_path, c.published from posts s join v_class c on c.class_id = s.class_id \
         join v_training r on r.training_id = c.training_id where s.id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// Posts after a number, in order.
pub async fn page(
    conn: &mut Conn,
    topic: TopicId,
    after: i64,
    limit: i64,
) -> Result<Vec<Post>, StorageError> {
    // SQLite plans a statement anew for every value of a bare `limit $3`; a sum it takes as it comes.
    sql(
        "select s.id, s.topic_id, s.number, s.version, s.author_id, p.name as author_name, s.author_role, s.client_id, \
         s.body_source, s.body_html, s.at, s.edited_at, s.removed_at \
         from posts s join v_person_name p on p.person_id = s.author_id \
         where s.topic_id = $1 and s.number > $2 order by s.number limit $3 + 0",
    )
    .bind(topic)
    .bind(after)
    .bind(limit)
    .all(conn)
    .await
}

/// Writes another text into a post and counts its version: whoever changes it at the same time waits, and whether this may stand is told by
/// the post that comes back.
pub async fn edit(
    tx: &mut Tx,
    id: PostId,
    body_source: &str,
    body_html: &str,
    at: Timestamp,
) -> Result<Option<Placed<Post>>, StorageError> {
    sql("update posts set body_source = $2, body_html = $3, version = version + 1, edited_at = $4 where id = $1 \
         returning id, topic_id, number, version, author_id, (select p.name from v_person_name p where p.person_id = posts.author_id) as author_name, \
         author_role, client_id, body_source, body_html, at, edited_at, removed_at, class_id, \
         (select c.training_id from v_class c where c.class_id = posts.class_id) as training_id, \
         (select r.org_path from v_class c join v_training r on r.training_id = c.training_id where c.class_id = posts.class_id) as org_path, \
         (select c.published from v_class c where c.class_id = posts.class_id) as published")
    .bind(id)
    .bind(body_source)
    .bind(body_html)
    .bind(at)
    .opt(tx)
    .await
}

/// Takes a post away, once its topic is held, and counts its version. None when it was removed before.
pub async fn remove(
    tx: &mut Tx,
    id: PostId,
    by: PersonId,
    at: Timestamp,
) -> Result<Option<Post>, StorageError> {
    sql("update posts set removed_at = $2, removed_by = $3, version = version + 1 where id = $1 and removed_at is null \
         returning id, topic_id, number, version, author_id, (select p.name from v_person_name p where p.person_id = posts.author_id) as author_name, \
         author_role, client_id, body_source, body_html, at, edited_at, removed_at")
    .bind(id)
    .bind(at)
    .bind(by)
    .opt(tx)
    .await
}
