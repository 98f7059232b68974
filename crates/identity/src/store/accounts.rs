//! What signing in needs of a person: password, names, whether they may.

use kernel::id::PersonId;
use kernel::{Role, Timestamp};
use storage::{Conn, StorageError, Tx, from_row, sql};

use crate::model::reach::{Standing, Word};

from_row! {
    pub(crate) struct AccountRow {
        pub id: PersonId, pub name: String, pub account_name: String, pub password_hash: Option<String>,
        pub phone_cipher: Option<Vec<u8>>, pub identity_number_cipher: Option<Vec<u8>>, pub disabled_at: Option<Timestamp>,
    }
}

pub(crate) async fn by_phone(conn: &mut Conn, phone_hash: &[u8]) -> Result<Option<AccountRow>, StorageError> {
    sql("select id, name, account_name, password_hash, phone_cipher, identity_number_cipher, disabled_at \
         from people where phone_hash = $1")
    .bind(phone_hash)
    .opt(conn)
    .await
}

pub(crate) async fn by_account_name(conn: &mut Conn, name: &str) -> Result<Option<AccountRow>, StorageError> {
    sql("select id, name, account_name, password_hash, phone_cipher, identity_number_cipher, disabled_at \
         from people where account_name = $1")
    .bind(name)
    .opt(conn)
    .await
}

pub(crate) async fn by_id(conn: &mut Conn, id: PersonId) -> Result<Option<AccountRow>, StorageError> {
    sql("select id, name, account_name, password_hash, phone_cipher, identity_number_cipher, disabled_at \
         from people where id = $1")
    .bind(id)
    .opt(conn)
    .await
}

pub(crate) async fn set_password(tx: &mut Tx, id: PersonId, hash: &str) -> Result<(), StorageError> {
    sql("update people set password_hash = $2 where id = $1").bind(id).bind(hash).exec(tx).await?;
    Ok(())
}

/// Nobody signs in before a link sets another.
pub(crate) async fn forget_password(tx: &mut Tx, id: PersonId) -> Result<(), StorageError> {
    sql("update people set password_hash = null where id = $1").bind(id).exec(tx).await?;
    Ok(())
}

from_row! {
    /// The phone by which somebody signs in, findable and masked, if they have one.
    pub(crate) struct PhoneRow { pub phone_hash: Option<Vec<u8>>, pub phone_masked: Option<String>, pub has_password: bool }
}

pub(crate) async fn phone(conn: &mut Conn, id: PersonId) -> Result<Option<PhoneRow>, StorageError> {
    sql("select phone_hash, phone_masked, (password_hash is not null) as has_password from people where id = $1")
        .bind(id)
        .opt(conn)
        .await
}

from_row! {
    struct DisabledRow { disabled_as: Option<String>, place: Option<String> }
}

/// As what and where somebody disabled a person, unless they are not.
pub(crate) async fn disabled_as(conn: &mut Conn, id: PersonId) -> Result<Option<Standing>, StorageError> {
    let row: Option<DisabledRow> =
    sql("select p.disabled_as, o.path as place from people p left join org_units o on o.id = p.disabled_unit_id \
         where p.id = $1")
    .bind(id)
    .opt(conn)
    .await?;
    let Some(DisabledRow { disabled_as: Some(word), place }) = row else { return Ok(None) };
    let role = Role::from_word(&word).ok_or_else(|| StorageError::Decode(format!("disabled_as: {word}")))?;
    Ok(Some(Standing { role, place }))
}

/// Disables; who is disabled already stays so from when they were, by the higher word.
pub(crate) async fn disable(
    tx: &mut Tx,
    id: PersonId,
    by: PersonId,
    word: &Word,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update people set disabled_at = coalesce(disabled_at, $2), disabled_by = $3, disabled_as = $4, \
         disabled_unit_id = $5 where id = $1")
    .bind(id)
    .bind(at)
    .bind(by)
    .bind(word.standing.role.word())
    .bind(word.unit)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn enable(tx: &mut Tx, id: PersonId) -> Result<(), StorageError> {
    sql("update people set disabled_at = null, disabled_by = null, disabled_as = null, disabled_unit_id = null \
         where id = $1")
    .bind(id)
    .exec(tx)
    .await?;
    Ok(())
}

/// Holds a person until the end of the transaction: their password, links and roles, and whether they may come in, change one after
/// the other. True when there is such a person.
///
/// Lock order: whoever hands out a link before those who get it, those by id; people before their sessions, links and grants.
pub(crate) async fn hold(tx: &mut Tx, id: PersonId) -> Result<bool, StorageError> {
    let text = tx.pick(
        "select id as value from people where id = $1",
        "select id as value from people where id = $1 for no key update",
    );
    Ok(sql(text).bind(id).opt::<PersonId>(tx).await?.is_some())
}

/// The same for several people, by id, so that two who hold some of the same do not wait for each other.
pub(crate) async fn hold_all(tx: &mut Tx, people: Vec<PersonId>) -> Result<(), StorageError> {
    if people.is_empty() {
        return Ok(());
    }
    let text = tx.pick(
        "select id as value from people where id in ($list) order by id",
        "select id as value from people where id in ($list) order by id for no key update",
    );
    sql(text).bind_list(people).all::<PersonId>(tx).await?;
    Ok(())
}

/// The same beside others who do no more than rely on it: true when the person is not disabled.
pub(crate) async fn rely_on(tx: &mut Tx, id: PersonId) -> Result<bool, StorageError> {
    let text = tx.pick(
        "select id as value from people where id = $1 and disabled_at is null",
        "select id as value from people where id = $1 and disabled_at is null for share",
    );
    Ok(sql(text).bind(id).opt::<PersonId>(tx).await?.is_some())
}

/// Holds the row of somebody who is not disabled and has this password's hash still: true when that is so.
pub(crate) async fn rely_on_password(tx: &mut Tx, id: PersonId, hash: &str) -> Result<bool, StorageError> {
    let text = tx.pick(
        "select id as value from people where id = $1 and password_hash = $2 and disabled_at is null",
        "select id as value from people where id = $1 and password_hash = $2 and disabled_at is null for no key update",
    );
    Ok(sql(text).bind(id).bind(hash).opt::<PersonId>(tx).await?.is_some())
}
