//! One-time links.

use kernel::Timestamp;
use kernel::id::PersonId;
use storage::{Conn, StorageError, Tx, from_row, sql};

pub(crate) async fn insert(
    tx: &mut Tx,
    digest: Vec<u8>,
    person: PersonId,
    by: Option<PersonId>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into first_use_links (digest, person_id, issued_by, issued_at, expires_at) values ($1, $2, $3, $4, $5)")
        .bind(digest)
        .bind(person)
        .bind(by)
        .bind(now)
        .bind(expires_at)
        .exec(tx)
        .await?;
    Ok(())
}

from_row! {
    /// Whose link it is, and who made it; nobody did when it came from the machine's own command.
    pub(crate) struct LinkRow { pub person_id: PersonId, pub issued_by: Option<PersonId> }
}

/// A link, as long as it can be used.
pub(crate) async fn find(
    conn: &mut Conn,
    digest: &[u8],
    now: Timestamp,
) -> Result<Option<LinkRow>, StorageError> {
    sql("select l.person_id, l.issued_by from first_use_links l join people p on p.id = l.person_id \
         where l.digest = $1 and l.used_at is null and l.expires_at > $2 and p.disabled_at is null")
    .bind(digest)
    .bind(now)
    .opt(conn)
    .await
}

/// Uses a link up; true for the one who did.
pub(crate) async fn take(
    tx: &mut Tx,
    digest: &[u8],
    key: Option<Vec<u8>>,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let changed = sql("update first_use_links set used_at = $2, used_key = $3 \
                       where digest = $1 and used_at is null and expires_at > $2")
    .bind(digest)
    .bind(now)
    .bind(key)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// Whose link was used up under this key.
pub(crate) async fn used(
    conn: &mut Conn,
    digest: &[u8],
    key: &[u8],
    now: Timestamp,
) -> Result<Option<PersonId>, StorageError> {
    sql("select l.person_id as value from first_use_links l join people p on p.id = l.person_id \
         where l.digest = $1 and l.used_key = $2 and l.expires_at > $3 and p.disabled_at is null")
    .bind(digest)
    .bind(key)
    .bind(now)
    .opt(conn)
    .await
}

/// Earlier links of a person lead nowhere from now on.
pub(crate) async fn void(tx: &mut Tx, person: PersonId) -> Result<(), StorageError> {
    sql("delete from first_use_links where person_id = $1 and used_at is null").bind(person).exec(tx).await?;
    Ok(())
}

/// The same for several people.
pub(crate) async fn void_all(tx: &mut Tx, people: Vec<PersonId>) -> Result<(), StorageError> {
    if people.is_empty() {
        return Ok(());
    }
    sql("delete from first_use_links where person_id in ($list) and used_at is null")
        .bind_list(people)
        .exec(tx)
        .await?;
    Ok(())
}

/// What somebody handed out leads nowhere from now on.
pub(crate) async fn void_issued_by(tx: &mut Tx, issuer: PersonId) -> Result<(), StorageError> {
    sql("delete from first_use_links where issued_by = $1 and used_at is null").bind(issuer).exec(tx).await?;
    Ok(())
}

pub(crate) async fn forget(tx: &mut Tx, expired_before: Timestamp, most: i64) -> Result<u64, StorageError> {
    sql("delete from first_use_links where digest in \
         (select digest from first_use_links where expires_at < $1 order by expires_at limit $2)")
    .bind(expired_before)
    .bind(most)
    .exec(tx)
    .await
}

/// Voids every link that was not used; how many there were.
pub(crate) async fn void_every_one(tx: &mut Tx) -> Result<u64, StorageError> {
    sql("delete from first_use_links where used_at is null").exec(tx).await
}
