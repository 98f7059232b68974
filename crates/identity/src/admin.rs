//! People who come in without a desk: the first administrator (`lingxue admin create`), and the demo's people.

use kernel::id::{OrgUnitId, PersonId};
use kernel::{Ambient, Grant, Role, Scope};
use storage::{StorageError, Tx};

use crate::error::{OrgUnitError, PersonError};
use crate::service::account;
use crate::service::first_use::{self, FirstUseLink};
use crate::service::org_units::{self, Details};
use crate::service::session::entry;
use crate::store;
use crate::vault::Vault;

pub use crate::model::identity_number::IdentityNumber;
pub use crate::model::org_unit::Level;
pub use crate::model::person::{Gender, Particulars, is_account_name};
pub use crate::model::phone::Phone;

/// Makes an administrator of the whole system and the link by which they set their password. With an account name that exists, that
/// person becomes administrator and gets a new link.
pub async fn create(
    tx: &mut Tx,
    ambient: &Ambient,
    vault: &Vault,
    account_name: &str,
    name: &str,
) -> Result<FirstUseLink, PersonError> {
    let known = store::accounts::by_account_name(tx, account_name).await?;
    let person = if let Some(known) = known {
        known.id
    } else {
        let particulars = Particulars { name: name.to_owned(), ..Particulars::default() };
        enter(tx, ambient, vault, particulars, Some(account_name)).await?
    };
    let grant = Grant { role: Role::Administrator, scope: Scope::System };
    crate::grants::give(tx, ambient, person, grant, None).await?;
    let link = first_use::issue(tx, ambient, person, None).await?;
    entry(tx, ambient, None, "identity.administrator_created", person, serde_json::json!({})).await?;
    Ok(link)
}

/// Enters a person; without an account name they get a new one.
pub async fn enter(
    tx: &mut Tx,
    ambient: &Ambient,
    vault: &Vault,
    particulars: Particulars,
    account_name: Option<&str>,
) -> Result<PersonId, PersonError> {
    account::enter(tx, ambient, vault, particulars, account_name).await
}

/// Gives a person a password that was hashed by [`crate::Passwords::hash`].
pub async fn set_password(tx: &mut Tx, person: PersonId, hash: &str) -> Result<(), StorageError> {
    store::accounts::set_password(tx, person, hash).await
}

/// Makes a unit below another, or a province.
pub async fn add_org_unit(
    tx: &mut Tx,
    ambient: &Ambient,
    parent: Option<OrgUnitId>,
    level: Level,
    name: &str,
    code: Option<&str>,
) -> Result<OrgUnitId, OrgUnitError> {
    let above = match parent {
        Some(parent) => {
            let row = store::org_units::find(tx, parent).await?.ok_or(OrgUnitError::NoSuchUnit)?;
            Some((parent, row.path, row.level))
        }
        None => None,
    };
    if !level.may_stand_below(above.as_ref().map(|(_, _, level)| *level)) {
        return Err(OrgUnitError::WrongLevel);
    }
    let parent = above.as_ref().map(|(id, path, _)| (*id, path.as_str()));
    Ok(org_units::make(tx, ambient, parent, level, Details { name, code }).await?)
}
