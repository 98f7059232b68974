//! Making accounts without a desk: the first administrator, the demo's people.

use kernel::Ambient;
use kernel::id::PersonId;
use realtime::Hub;
use storage::{Conn, StorageError, Tx, jobs};

use super::people::columns;
use crate::error::PersonError;
use crate::model::person::Particulars;
use crate::phone_changed::{PHONE_CHANGED, PhoneChanged};
use crate::store::{self, accounts, first_use, former_sign_ins, sessions};
use crate::vault::Vault;

/// Enters a person. Without an account name they get a new one (`lx` and seven digits).
pub(crate) async fn enter(
    tx: &mut Tx,
    ambient: &Ambient,
    vault: &Vault,
    particulars: Particulars,
    account_name: Option<&str>,
) -> Result<PersonId, PersonError> {
    let id: PersonId = ambient.new_id();
    let account_name = match account_name {
        Some(name) => name.to_owned(),
        None => free_account_name(tx, ambient).await?,
    };
    let columns = columns(ambient, vault, id, particulars);
    store::people::insert(tx, &account_name, columns, ambient.now()).await?;
    Ok(id)
}

/// What becomes of the phone by which somebody signs in, and what was findable of the one before.
pub(super) struct OtherPhone {
    pub changed: PhoneChanged,
    pub former_hash: Option<Vec<u8>>,
}

/// Another phone may be another person's: the password of the one before does not open the account for whoever has it. So it is with a
/// phone that is taken away, as the next one would find the password there, and with a first one. Sessions and links end, a new link lets
/// the right one in, and they are told; what opened the account until now is kept for a while, so that its owner is told at the door
/// (`sign_in`). The person is held by the caller.
pub(super) async fn change_phone(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    OtherPhone { changed, former_hash }: OtherPhone,
) -> Result<(), StorageError> {
    let (person, now) = (changed.person, ambient.now());
    former_sign_ins::keep(tx, ambient.new_id(), person, former_hash, now).await?;
    accounts::forget_password(tx, person).await?;
    first_use::void(tx, person).await?;
    sessions::end_all(tx, person, "password", now).await?;
    jobs::enqueue(tx, ambient, PHONE_CHANGED, &changed, now).await?;
    let hub = hub.clone();
    tx.on_commit(move || hub.close_person(person));
    Ok(())
}

/// A constraint decides should two people get the same name at once; ten million names make that rare.
async fn free_account_name(conn: &mut Conn, ambient: &Ambient) -> Result<String, StorageError> {
    loop {
        let number = u32::from_be_bytes(ambient.random_bytes()) % 10_000_000;
        let name = format!("lx{number:07}");
        if !store::people::account_name_is_taken(conn, &name).await? {
            return Ok(name);
        }
    }
}
