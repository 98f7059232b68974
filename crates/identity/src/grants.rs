//! Giving and taking roles on scopes, in the transaction of the action that decides it.

use kernel::id::PersonId;
use kernel::{Ambient, Grant};
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
    store::grants::insert(tx, ambient.new_id(), person, grant, by, ambient.now()).await
}

/// Takes a role on a scope away. True when the person had it.
pub async fn take(tx: &mut Tx, person: PersonId, grant: Grant) -> Result<bool, StorageError> {
    store::grants::delete(tx, person, grant).await
}
