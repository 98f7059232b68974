//! Sessions, their refresh tokens, and the one query behind every request.

use kernel::id::{PersonId, SessionId};
use kernel::{Actor, Grant, Timestamp};
use storage::idempotency::Key;
use storage::{Conn, Row, StorageError, Tx, from_row, sql};
use uuid::Uuid;

use super::grants::grant_of;

pub(crate) async fn insert(
    tx: &mut Tx,
    id: SessionId,
    person: PersonId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into sessions (id, person_id, created_at, renewed_at, expires_at) values ($1, $2, $3, $3, $4)")
        .bind(id)
        .bind(person)
        .bind(now)
        .bind(expires_at)
        .exec(tx)
        .await?;
    Ok(())
}

/// Inserting the same successor again changes nothing.
pub(crate) async fn insert_token(
    tx: &mut Tx,
    digest: Vec<u8>,
    session: SessionId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into refresh_tokens (digest, session_id, issued_at, expires_at) values ($1, $2, $3, $4) \
         on conflict (digest) do nothing")
    .bind(digest)
    .bind(session)
    .bind(now)
    .bind(expires_at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Marks a token as used when it was issued before an instant; true for the first to do so. Others wait here until the first has
/// committed.
pub(crate) async fn use_token(
    tx: &mut Tx,
    digest: &[u8],
    now: Timestamp,
    issued_before: Timestamp,
) -> Result<bool, StorageError> {
    let changed = sql("update refresh_tokens set used_at = $2 \
         where digest = $1 and used_at is null and issued_at <= $3")
    .bind(digest)
    .bind(now)
    .bind(issued_before)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// Notes that a session is in use. Where something is being done in it at this moment, that is left for the next time: nobody waits to be
/// let in for what they have under way.
pub(crate) async fn set_renewed(tx: &mut Tx, id: SessionId, now: Timestamp) -> Result<u64, StorageError> {
    let text = tx.pick(
        "update sessions set renewed_at = $2 where id = $1",
        "update sessions set renewed_at = $2 where id in \
         (select s.id from sessions s where s.id = $1 for no key update skip locked)",
    );
    sql(text).bind(id).bind(now).exec(tx).await
}

from_row! {
    /// A refresh token with its session and person.
    pub(crate) struct TokenRow {
        pub session_id: SessionId, pub used_at: Option<Timestamp>, pub expires_at: Timestamp, pub session_expires_at: Timestamp,
        pub revoked_at: Option<Timestamp>, pub person_id: PersonId, pub disabled_at: Option<Timestamp>,
    }
}

pub(crate) async fn find_token(conn: &mut Conn, digest: &[u8]) -> Result<Option<TokenRow>, StorageError> {
    sql("select t.session_id, t.used_at, t.expires_at, s.expires_at as session_expires_at, s.revoked_at, \
                s.person_id, p.disabled_at \
         from refresh_tokens t join sessions s on s.id = t.session_id join people p on p.id = s.person_id \
         where t.digest = $1")
    .bind(digest)
    .opt(conn)
    .await
}

/// Waits for what a session is doing, and lets nothing more begin in it until the end of the transaction.
///
/// On PostgreSQL those who hold a row together are joined by whoever comes later: the session's row alone would not be free for the one
/// who wants to end something for as long as its person goes on. This lock is given in the order in which it was asked for.
async fn stand_in_line(tx: &mut Tx, id: SessionId) -> Result<(), StorageError> {
    // SQLite has one writer, behind a fair queue.
    if tx.is_sqlite() {
        return Ok(());
    }
    sql("select cast(1 as bigint) as value from pg_advisory_xact_lock(uuid_hash_extended($1, 0))")
        .bind(id)
        .one::<i64>(tx)
        .await
        .map(drop)
}

/// The same of all living sessions of a person, always in one order.
async fn stand_in_line_of_all(tx: &mut Tx, person: PersonId) -> Result<(), StorageError> {
    if tx.is_sqlite() {
        return Ok(());
    }
    sql("select count(*) as value from (select pg_advisory_xact_lock(uuid_hash_extended(s.id, 0)) from \
         (select id from sessions where person_id = $1 and revoked_at is null order by id) s) held")
    .bind(person)
    .one::<i64>(tx)
    .await
    .map(drop)
}

/// Ends one session; true when it was alive.
pub(crate) async fn end(tx: &mut Tx, id: SessionId, why: &str, now: Timestamp) -> Result<bool, StorageError> {
    stand_in_line(tx, id).await?;
    let changed =
        sql("update sessions set revoked_at = $2, revoked_why = $3 where id = $1 and revoked_at is null")
            .bind(id)
            .bind(now)
            .bind(why)
            .exec(tx)
            .await?;
    Ok(changed == 1)
}

/// Ends all sessions of a person; how many were alive.
pub(crate) async fn end_all(
    tx: &mut Tx,
    person: PersonId,
    why: &str,
    now: Timestamp,
) -> Result<u64, StorageError> {
    stand_in_line_of_all(tx, person).await?;
    sql("update sessions set revoked_at = $2, revoked_why = $3 where person_id = $1 and revoked_at is null")
        .bind(person)
        .bind(now)
        .bind(why)
        .exec(tx)
        .await
}

/// Ends all sessions of a person but one; those that were alive.
pub(crate) async fn end_others(
    tx: &mut Tx,
    person: PersonId,
    but: SessionId,
    why: &str,
    now: Timestamp,
) -> Result<Vec<SessionId>, StorageError> {
    stand_in_line_of_all(tx, person).await?;
    sql("update sessions set revoked_at = $3, revoked_why = $4 \
         where person_id = $1 and id <> $2 and revoked_at is null returning id as value")
    .bind(person)
    .bind(but)
    .bind(now)
    .bind(why)
    .all(tx)
    .await
}

/// Ends the sessions of a person that were longest unused, until so many are left; those that ended.
pub(crate) async fn make_room(
    tx: &mut Tx,
    person: PersonId,
    left: i64,
    now: Timestamp,
) -> Result<Vec<SessionId>, StorageError> {
    sql("update sessions set revoked_at = $3, revoked_why = 'made_room' where id in \
         (select s.id from sessions s where s.person_id = $1 and s.revoked_at is null and s.expires_at > $3 \
          order by s.renewed_at desc, s.id desc limit 1000 offset $2) returning id as value")
    .bind(person)
    .bind(left)
    .bind(now)
    .all(tx)
    .await
}

/// Ends every session of everybody; how many were open.
pub(crate) async fn end_every_one(tx: &mut Tx, now: Timestamp) -> Result<u64, StorageError> {
    sql("update sessions set revoked_at = $1, revoked_why = 'everywhere' where revoked_at is null")
        .bind(now)
        .exec(tx)
        .await
}

/// What the person of a living session may do at this moment.
pub(crate) struct Living {
    pub grants: Vec<Grant>,
    /// How often something was taken from them since the session began.
    pub rights_taken: i64,
}

/// Everything granted to the person of a living session; nothing when the session or the person is not alive.
pub(crate) async fn living(
    conn: &mut Conn,
    session: SessionId,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<Living>, StorageError> {
    let mut living = None;
    let read = |row: &Row<'_>| {
        let living =
            living.get_or_insert(Living { grants: Vec::new(), rights_taken: row.get("rights_taken")? });
        // One row without a role is a person without grants.
        if let Some(role) = row.get::<Option<String>>("role")? {
            let grant = grant_of(&role, &row.get::<String>("scope_kind")?, row.get::<Uuid>("scope_id")?);
            living.grants.extend(grant);
        }
        Ok(())
    };
    sql("select s.rights_taken, g.role, g.scope_kind, g.scope_id \
         from sessions s join people p on p.id = s.person_id left join grants g on g.person_id = p.id \
         where s.id = $1 and s.person_id = $2 and s.revoked_at is null and s.expires_at > $3 and p.disabled_at is null")
    .bind(session)
    .bind(person)
    .bind(now)
    .all_by(conn, read)
    .await?;
    Ok(living)
}

/// Holds a session until the end of the transaction, beside others who do: how often something was taken from its person; none when it has
/// ended. Whoever disables a person ends their sessions. Who waits to take something ([`stand_in_line`]) is not passed.
pub(crate) async fn hold_beside(
    tx: &mut Tx,
    id: SessionId,
    person: PersonId,
) -> Result<Option<i64>, StorageError> {
    let text = tx.pick(
        "select rights_taken as value from sessions where id = $1 and person_id = $2 and revoked_at is null",
        "select rights_taken as value from sessions where id = $1 and person_id = $2 and revoked_at is null \
         and 1 = (select 1 from pg_advisory_xact_lock_shared(uuid_hash_extended($1, 0))) for share",
    );
    sql(text).bind(id).bind(person).opt(tx).await
}

/// The same in one statement with the row that reserves an idempotency key, as [`storage::idempotency::reserve`] writes it: almost every action
/// begins with both. False when the session is not held as the actor was read, or the key was used before.
pub(crate) async fn hold_beside_and_reserve(
    tx: &mut Tx,
    actor: &Actor,
    key: &Key,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let text = tx.pick(
        "insert into idempotency_keys (person_id, key, request_hash, status, location, body, at) \
         select $2, $4, $5, 0, null, $6, $7 from sessions \
         where id = $1 and person_id = $2 and revoked_at is null and rights_taken = $3 \
         on conflict (person_id, key) do nothing",
        "insert into idempotency_keys (person_id, key, request_hash, status, location, body, at) \
         select $2, $4, $5, 0, null, $6, $7 from sessions \
         where id = $1 and person_id = $2 and revoked_at is null and rights_taken = $3 \
         and 1 = (select 1 from pg_advisory_xact_lock_shared(uuid_hash_extended($1, 0))) for share \
         on conflict (person_id, key) do nothing",
    );
    let inserted = sql(text)
        .bind(actor.session)
        .bind(key.person)
        .bind(actor.rights_taken)
        .bind(&key.key)
        .bind(key.request_hash.clone())
        .bind(Vec::new())
        .bind(now)
        .exec(tx)
        .await?;
    Ok(inserted == 1)
}

/// The same with nobody beside, in this session or another: for what may take something from this very person.
pub(crate) async fn hold_alone(
    tx: &mut Tx,
    id: SessionId,
    person: PersonId,
) -> Result<Option<i64>, StorageError> {
    hold_all(tx, person).await?;
    sql("select rights_taken as value from sessions where id = $1 and person_id = $2 and revoked_at is null")
        .bind(id)
        .bind(person)
        .opt(tx)
        .await
}

/// Holds all living sessions of a person: what is done in them is done, or waits.
pub(crate) async fn hold_all(tx: &mut Tx, person: PersonId) -> Result<(), StorageError> {
    stand_in_line_of_all(tx, person).await?;
    let text = tx.pick(
        "select id as value from sessions where person_id = $1 and revoked_at is null",
        "select id as value from sessions where person_id = $1 and revoked_at is null order by id for no key update",
    );
    sql(text).bind(person).all::<SessionId>(tx).await.map(drop)
}

/// Notes in the living sessions of a person that something granted to them was taken.
pub(crate) async fn note_taken(tx: &mut Tx, person: PersonId) -> Result<(), StorageError> {
    sql("update sessions set rights_taken = rights_taken + 1 where person_id = $1 and revoked_at is null")
        .bind(person)
        .exec(tx)
        .await
        .map(drop)
}

/// Deletes tokens whose time is over: whoever shows one is refused with or without its row. At most so many, as all below.
pub(crate) async fn forget_tokens(
    tx: &mut Tx,
    expired_before: Timestamp,
    most: i64,
) -> Result<u64, StorageError> {
    sql("delete from refresh_tokens where digest in \
         (select digest from refresh_tokens where expires_at < $1 order by expires_at limit $2)")
    .bind(expired_before)
    .bind(most)
    .exec(tx)
    .await
}

/// The same of the tokens of sessions that have ended.
pub(crate) async fn forget_tokens_of_ended(
    tx: &mut Tx,
    ended_before: Timestamp,
    most: i64,
) -> Result<u64, StorageError> {
    sql("delete from refresh_tokens where digest in \
         (select t.digest from refresh_tokens t where t.session_id in \
          (select s.id from sessions s where s.expires_at < $1 or s.revoked_at < $1) limit $2)")
    .bind(ended_before)
    .bind(most)
    .exec(tx)
    .await
}

/// Deletes ended sessions of which no token is left.
pub(crate) async fn forget(tx: &mut Tx, ended_before: Timestamp, most: i64) -> Result<u64, StorageError> {
    sql("delete from sessions where id in \
         (select s.id from sessions s where (s.expires_at < $1 or s.revoked_at < $1) \
          and not exists (select 1 from refresh_tokens t where t.session_id = s.id) limit $2)")
    .bind(ended_before)
    .bind(most)
    .exec(tx)
    .await
}
