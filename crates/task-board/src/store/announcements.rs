//! What staff tell their class.

use kernel::Timestamp;
use kernel::id::{AnnouncementId, ClassId, PersonId, TaskListId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct AnnouncementRow {
        pub id: AnnouncementId,
        pub list_id: Option<TaskListId>,
        pub week: Option<u16>,
        pub title: String,
        pub body_html: String,
        pub author_name: String,
        pub published_at: Timestamp,
    }
}

/// An announcement to be kept.
pub(crate) struct NewAnnouncement<'a> {
    pub id: AnnouncementId,
    pub class: ClassId,
    pub training: TrainingId,
    pub list: Option<TaskListId>,
    pub title: &'a str,
    pub body_markdown: &'a str,
    pub body_html: &'a str,
    pub author: PersonId,
    pub at: Timestamp,
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewAnnouncement<'_>) -> Result<(), StorageError> {
    sql("insert into announcements (id, class_id, training_id, list_id, title, body_markdown, body_html, author_id, published_at) \
         values (:id, :class_id, :training_id, :list_id, :title, :body_markdown, :body_html, :author_id, :published_at)")
    .set("id", new.id)
    .set("class_id", new.class)
    .set("training_id", new.training)
    .set("list_id", new.list)
    .set("title", new.title)
    .set("body_markdown", new.body_markdown)
    .set("body_html", new.body_html)
    .set("author_id", new.author)
    .set("published_at", new.at)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn find(
    conn: &mut Conn,
    id: AnnouncementId,
) -> Result<Option<AnnouncementRow>, StorageError> {
    sql("select a.id, a.list_id, l.week, a.title, a.body_html, p.name as author_name, a.published_at from announcements a \
         join v_person p on p.person_id = a.author_id left join task_lists l on l.id = a.list_id where a.id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// Newest first, those before an id.
pub(crate) async fn page(
    conn: &mut Conn,
    class: ClassId,
    before: AnnouncementId,
    limit: i64,
) -> Result<Vec<AnnouncementRow>, StorageError> {
    sql("select a.id, a.list_id, l.week, a.title, a.body_html, p.name as author_name, a.published_at from announcements a \
         join v_person p on p.person_id = a.author_id left join task_lists l on l.id = a.list_id \
         where a.class_id = $1 and a.id < $2 order by a.id desc limit $3")
    .bind(class)
    .bind(before)
    .bind(limit)
    .all(conn)
    .await
}

/// The learners of a class.
pub(crate) async fn learners(conn: &mut Conn, class: ClassId) -> Result<Vec<PersonId>, StorageError> {
    sql("select person_id as value from v_class_member where class_id = $1 and role = 'learner'")
        .bind(class)
        .all(conn)
        .await
}

storage::from_row! {
    /// An assistant of a training, and the first of their classes there.
    pub(crate) struct AssistantRow { pub person_id: PersonId, pub class_id: ClassId }
}

/// The assistants of a training's published classes, each once.
pub(crate) async fn assistants(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Vec<AssistantRow>, StorageError> {
    sql("select m.person_id, m.class_id from v_class_member m join v_class c on c.class_id = m.class_id \
         where m.training_id = $1 and m.role = 'assistant' and c.published and not exists (select 1 from v_class_member f \
         join v_class fc on fc.class_id = f.class_id where f.training_id = m.training_id and f.person_id = m.person_id \
         and f.role = 'assistant' and fc.published and fc.number < c.number) order by m.person_id")
    .bind(training)
    .all(conn)
    .await
}

pub(crate) async fn training_title(conn: &mut Conn, training: TrainingId) -> Result<String, StorageError> {
    sql("select title as value from v_training where training_id = $1").bind(training).one(conn).await
}

pub(crate) async fn class_name(conn: &mut Conn, class: ClassId) -> Result<String, StorageError> {
    sql("select name as value from v_class where class_id = $1").bind(class).one(conn).await
}
