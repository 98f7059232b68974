//! Giving and taking roles on scopes, in the transaction of the action that decides it.

use kernel::id::{OrgUnitId, PersonId};
use kernel::{Ambient, Grant, Scope};
use storage::{StorageError, Tx};

use crate::store;

/// Gives a role on a scope; giving it again changes nothing. True when it is new.
///
/// The person's next request has it: grants are loaded with every request. Who may decide this is the caller's rule.
pub async fn give(
    tx: &mut Tx,
    ambient: &Ambient,
    person: PersonId,
    grant: Grant,
    by: Option<PersonId>,
) -> Result<bool, StorageError> {
    let is_new = store::grants::insert(tx, ambient.new_id(), person, grant, by, ambient.now()).await?;
    if is_new {
        // Whoever makes a link at this moment sees the grant, or is seen here.
        store::accounts::hold(tx, person).await?;
        // Whoever holds a link to the account was trusted with less than it may do from now on.
        store::first_use::void(tx, person).await?;
    }
    Ok(is_new)
}

/// Takes a role on a scope away. True when the person had it.
pub async fn take(tx: &mut Tx, person: PersonId, grant: Grant) -> Result<bool, StorageError> {
    let had = store::grants::delete(tx, person, grant).await?;
    if had {
        store::accounts::hold(tx, person).await?;
        // What they handed out as the one they were leads nowhere.
        store::first_use::void_issued_by(tx, person).await?;
    }
    Ok(had)
}

/// Notes in which unit a training or a class lies, when it is made: whoever leads there stands above everybody who does not
/// oversee that unit. Where it is not told, above everybody but the administrator.
pub async fn place_scope(tx: &mut Tx, scope: Scope, unit: OrgUnitId) -> Result<(), StorageError> {
    store::grants::place_scope(tx, scope, unit).await
}
