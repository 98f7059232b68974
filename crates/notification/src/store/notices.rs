//! Notices of a person.

use kernel::id::{NoticeId, PersonId};
use kernel::{Text, Timestamp};
use storage::{Conn, Json, StorageError, Tx, sql};

use crate::notice::{Happened, Notice};
use crate::words;

/// A notice as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct StoredNotice {
    pub id: NoticeId,
    pub kind: String,
    pub text: Text,
    pub link: String,
    pub at: Timestamp,
    pub read_at: Option<Timestamp>,
}

storage::from_row! {
    struct NoticeRow {
        id: NoticeId, kind: String, params: Json<serde_json::Value>, link: String, at: Timestamp, read_at: Option<Timestamp>,
    }
}

impl From<NoticeRow> for StoredNotice {
    fn from(row: NoticeRow) -> Self {
        let happened = serde_json::json!({"kind": row.kind, "params": row.params.0});
        // A newer version may have written it: its page must not fail for one word.
        let text = serde_json::from_value(happened)
            .map_or_else(|_| words::of_unknown(), |known: Happened| known.text());
        Self { id: row.id, kind: row.kind, text, link: row.link, at: row.at, read_at: row.read_at }
    }
}

/// Keeps a notice for a person; what is returned is as the list shows it.
pub async fn insert(
    tx: &mut Tx,
    id: NoticeId,
    person: PersonId,
    notice: &Notice,
    at: Timestamp,
) -> Result<StoredNotice, StorageError> {
    let (kind, params) = kept(notice)?;
    sql("insert into person_notices (id, person_id, kind, params, link, at) values ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(person)
        .bind(&kind)
        .bind(params)
        .bind(&notice.link)
        .bind(at)
        .exec(tx)
        .await?;
    let (text, link) = (notice.happened.text(), notice.link.clone());
    Ok(StoredNotice { id, kind, text, link, at, read_at: None })
}

/// Whether a person has an unread notice of the same words and page that is no older.
pub async fn is_waiting(
    conn: &mut Conn,
    person: PersonId,
    notice: &Notice,
    since: Timestamp,
) -> Result<bool, StorageError> {
    let (kind, params) = kept(notice)?;
    sql("select exists (select 1 from person_notices \
         where person_id = $1 and kind = $2 and link = $3 and at >= $4 and read_at is null and params = $5) as value")
    .bind(person)
    .bind(kind)
    .bind(&notice.link)
    .bind(since)
    .bind(params)
    .one(conn)
    .await
}

/// The kind of a notice, and the words of its sentence.
fn kept(notice: &Notice) -> Result<(String, serde_json::Value), StorageError> {
    let wrong = |why: &str| StorageError::Decode(format!("notice: {why}"));
    let mut happened = serde_json::to_value(&notice.happened).map_err(|e| wrong(&e.to_string()))?;
    let params = happened["params"].take();
    let kind = happened["kind"].as_str().ok_or_else(|| wrong("no kind"))?;
    Ok((kind.to_owned(), params))
}

/// Newest first, those before a notice.
pub async fn page(
    conn: &mut Conn,
    person: PersonId,
    before: NoticeId,
    limit: i64,
) -> Result<Vec<StoredNotice>, StorageError> {
    let rows: Vec<NoticeRow> = sql("select id, kind, params, link, at, read_at from person_notices \
         where person_id = $1 and id < $2 order by id desc limit $3")
    .bind(person)
    .bind(before)
    .bind(limit)
    .all(conn)
    .await?;
    Ok(rows.into_iter().map(StoredNotice::from).collect())
}

pub async fn count_unread(conn: &mut Conn, person: PersonId) -> Result<i64, StorageError> {
    sql("select count(*) as value from person_notices where person_id = $1 and read_at is null")
        .bind(person)
        .one(conn)
        .await
}

/// Marks one notice; how many were unread (0 or 1), `None` when the person has no such notice.
pub async fn mark_read(
    tx: &mut Tx,
    person: PersonId,
    notice: NoticeId,
    at: Timestamp,
) -> Result<Option<u64>, StorageError> {
    let marked =
        sql("update person_notices set read_at = $3 where id = $2 and person_id = $1 and read_at is null")
            .bind(person)
            .bind(notice)
            .bind(at)
            .exec(tx)
            .await?;
    if marked > 0 {
        return Ok(Some(marked));
    }
    let mine: Option<NoticeId> =
        sql("select id as value from person_notices where id = $2 and person_id = $1")
            .bind(person)
            .bind(notice)
            .opt(tx)
            .await?;
    Ok(mine.map(|_| 0))
}

pub async fn mark_all_read(tx: &mut Tx, person: PersonId, at: Timestamp) -> Result<u64, StorageError> {
    sql("update person_notices set read_at = $2 where person_id = $1 and read_at is null")
        .bind(person)
        .bind(at)
        .exec(tx)
        .await
}
