//! The stored answers of idempotency keys: the same request sent twice has one effect and one answer.

use futures_util::future::BoxFuture;
use kernel::Timestamp;
use kernel::id::PersonId;

use crate::attempt;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::query::sql;

/// What a person's key stands for.
#[derive(Debug, Clone)]
pub struct Key {
    pub person: PersonId,
    pub key: String,
    /// SHA-256 over method, path and body: another request under the same key is a mistake.
    pub request_hash: Vec<u8>,
}

/// An answer as it was given the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    pub status: u16,
    pub location: Option<String>,
    pub body: Vec<u8>,
}

/// What is known of a key at the start of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reserved {
    /// It is new; who reserved it now holds it.
    Fresh,
    /// It was answered before.
    Answered(StoredAnswer),
    /// It was used for another request.
    OtherRequest,
    /// It was answered before, and the answer is not for this person any more.
    Voided,
}

/// The status of an answer that is not given again.
const GONE: u16 = 410;

/// Says that the attempt under way has a key; whoever writes the row elsewhere than here says it too.
pub fn keyed() {
    attempt::keyed();
}

/// Holds the key for this transaction. A second request with the same key waits here until the first is done.
///
/// Commit before giving out a stored answer: on SQLite it may be of a transaction that shares its commit with this one, and
/// an answer must not be given before its effect is durable.
pub fn reserve<'f>(
    tx: &'f mut Tx,
    key: &'f Key,
    now: Timestamp,
) -> BoxFuture<'f, Result<Reserved, StorageError>> {
    Box::pin(async move {
        keyed();
        let inserted =
            sql("insert into idempotency_keys (person_id, key, request_hash, status, location, body, at) \
         values ($1, $2, $3, 0, $4, $5, $6) on conflict (person_id, key) do nothing")
            .bind(key.person)
            .bind(&key.key)
            .bind(key.request_hash.clone())
            .bind(None::<String>)
            .bind(Vec::new())
            .bind(now)
            .exec(tx)
            .await?;
        if inserted == 1 { Ok(Reserved::Fresh) } else { look(tx, key).await }
    })
}

/// What was committed under the key, without holding it: two who look at once may both find it new.
pub fn look<'f>(conn: &'f mut Conn, key: &'f Key) -> BoxFuture<'f, Result<Reserved, StorageError>> {
    Box::pin(async move {
        let row: Option<KeyRow> = sql(
        "select request_hash, status, location, body from idempotency_keys where person_id = $1 and key = $2",
    )
    .bind(key.person)
    .bind(&key.key)
    .opt(conn)
    .await?;
        Ok(match row {
            None => Reserved::Fresh,
            Some(row) if row.request_hash != key.request_hash => Reserved::OtherRequest,
            Some(row) if row.status == GONE => Reserved::Voided,
            Some(KeyRow { status, location, body, .. }) => {
                Reserved::Answered(StoredAnswer { status, location, body })
            }
        })
    })
}

/// Whether a person used a key before.
pub fn is_known<'f>(
    conn: &'f mut Conn,
    person: PersonId,
    key: &'f str,
) -> BoxFuture<'f, Result<bool, StorageError>> {
    Box::pin(async move {
        let found: i64 =
            sql("select count(*) as value from idempotency_keys where person_id = $1 and key = $2")
                .bind(person)
                .bind(key)
                .one(conn)
                .await?;
        Ok(found > 0)
    })
}

/// Keeps the answer with the effect, in the same transaction.
pub fn answer<'f>(
    tx: &'f mut Tx,
    key: &'f Key,
    answer: &'f StoredAnswer,
) -> BoxFuture<'f, Result<(), StorageError>> {
    Box::pin(async move {
        sql(
        "update idempotency_keys set status = $3, location = $4, body = $5 where person_id = $1 and key = $2",
    )
    .bind(key.person)
    .bind(&key.key)
    .bind(answer.status)
    .bind(answer.location.as_deref())
    .bind(answer.body.clone())
    .exec(tx)
    .await?;
        Ok(())
    })
}

/// Gives no answer again that somebody was given until now: it may show what they no longer see. What is being answered in this very
/// transaction is not among them. That the keys were used stays known.
pub fn void(tx: &mut Tx, person: PersonId) -> BoxFuture<'_, Result<(), StorageError>> {
    Box::pin(async move {
        sql("update idempotency_keys set status = $2, location = null, body = $3 where person_id = $1 and status <> 0")
        .bind(person)
        .bind(GONE)
        .bind(Vec::new())
        .exec(tx)
        .await
        .map(drop)
    })
}

/// Forgets answers from before an instant, the oldest first, at most so many.
pub async fn forget(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, StorageError> {
    sql("delete from idempotency_keys where (person_id, key) in \
         (select person_id, key from idempotency_keys where at < $1 order by at limit $2)")
    .bind(before)
    .bind(most)
    .exec(tx)
    .await
}

crate::from_row! {
    struct KeyRow { request_hash: Vec<u8>, status: u16, location: Option<String>, body: Vec<u8> }
}
