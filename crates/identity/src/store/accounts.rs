//! What signing in needs of a person: password, names, whether they may.

use kernel::Timestamp;
use kernel::id::PersonId;
use storage::{Conn, StorageError, Tx, from_row, sql};

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

/// Disables or enables; true when that is a change.
pub(crate) async fn set_disabled(
    tx: &mut Tx,
    id: PersonId,
    at: Option<Timestamp>,
) -> Result<bool, StorageError> {
    let changed = match at {
        Some(at) => {
            sql("update people set disabled_at = $2 where id = $1 and disabled_at is null")
                .bind(id)
                .bind(at)
                .exec(tx)
                .await?
        }
        None => {
            sql("update people set disabled_at = null where id = $1 and disabled_at is not null")
                .bind(id)
                .exec(tx)
                .await?
        }
    };
    Ok(changed == 1)
}
