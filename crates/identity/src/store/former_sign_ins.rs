//! What accounts were opened with before a desk or a roster changed their phone.

use kernel::Timestamp;
use kernel::id::{FormerSignInId, PersonId};
use storage::{Conn, StorageError, Tx, from_row, sql};

from_row! {
    pub(crate) struct FormerRow {
        pub id: FormerSignInId, pub person_id: PersonId, pub name: String, pub org_path: Option<String>, pub password_hash: String,
        pub changed_at: Timestamp, pub told_at: Option<Timestamp>, pub disabled_at: Option<Timestamp>,
    }
}

/// Keeps a person's password with the phone that they had; nothing when they have no password.
pub(crate) async fn keep(
    tx: &mut Tx,
    id: FormerSignInId,
    person: PersonId,
    phone_hash: Option<Vec<u8>>,
    now: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into former_sign_ins (id, person_id, phone_hash, password_hash, changed_at) \
         select $1, p.id, $4, p.password_hash, $3 from people p where p.id = $2 and p.password_hash is not null")
    .bind(id)
    .bind(person)
    .bind(now)
    .bind(phone_hash)
    .exec(tx)
    .await?;
    Ok(())
}

/// The newest by a phone.
pub(crate) async fn by_phone(
    conn: &mut Conn,
    phone_hash: &[u8],
    changed_after: Timestamp,
) -> Result<Option<FormerRow>, StorageError> {
    sql("select f.id, f.person_id, p.name, o.path as org_path, f.password_hash, f.changed_at, f.told_at, p.disabled_at \
         from former_sign_ins f join people p on p.id = f.person_id left join org_units o on o.id = p.org_unit_id \
         where f.phone_hash = $1 and f.changed_at > $2 order by f.changed_at desc, f.id desc limit 1")
    .bind(phone_hash)
    .bind(changed_after)
    .opt(conn)
    .await
}

/// The newest by the name of the account, which stays.
pub(crate) async fn by_account_name(
    conn: &mut Conn,
    name: &str,
    changed_after: Timestamp,
) -> Result<Option<FormerRow>, StorageError> {
    sql("select f.id, f.person_id, p.name, o.path as org_path, f.password_hash, f.changed_at, f.told_at, p.disabled_at \
         from people p join former_sign_ins f on f.person_id = p.id left join org_units o on o.id = p.org_unit_id \
         where p.account_name = $1 and f.changed_at > $2 order by f.changed_at desc, f.id desc limit 1")
    .bind(name)
    .bind(changed_after)
    .opt(conn)
    .await
}

/// Notes that it was told of; true for the one who did.
pub(crate) async fn note_told(tx: &mut Tx, id: FormerSignInId, now: Timestamp) -> Result<bool, StorageError> {
    let changed = sql("update former_sign_ins set told_at = $2 where id = $1 and told_at is null")
        .bind(id)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn forget(tx: &mut Tx, changed_before: Timestamp, most: i64) -> Result<u64, StorageError> {
    sql("delete from former_sign_ins where id in \
         (select id from former_sign_ins where changed_at <= $1 order by changed_at limit $2)")
    .bind(changed_before)
    .bind(most)
    .exec(tx)
    .await
}
