//! Giving and taking roles on scopes, in the transaction of the action that decides it.

use kernel::id::{OrgUnitId, PersonId};
use kernel::{Ambient, Grant, Scope};
use realtime::Hub;
use storage::{StorageError, Tx, idempotency};

use crate::store;

/// Gives a role on a scope; giving it again changes nothing. True when it is new.
///
/// The person's next request has it: grants are loaded with every request. Who may decide this is the caller's rule. Whoever gives to
/// several people calls [`hold`] before the first.
pub async fn give(
    tx: &mut Tx,
    ambient: &Ambient,
    person: PersonId,
    grant: Grant,
    by: Option<PersonId>,
) -> Result<bool, StorageError> {
    // Whoever makes a link at this moment sees the grant, or is seen here.
    store::accounts::hold(tx, person).await?;
    let is_new = store::grants::insert(tx, ambient.new_id(), person, grant, by, ambient.now()).await?;
    if is_new {
        // Whoever holds a link to the account was trusted with less than it may do from now on.
        store::first_use::void(tx, person).await?;
    }
    Ok(is_new)
}

/// Lets nothing more be done by somebody until the end of the transaction: what their sessions are doing is done before this comes
/// back, what they ask for from now on waits, and is asked anew.
///
/// Whoever takes a role calls it first of all, before the training is held and the time is read. So nothing that somebody did by a
/// right has a time after its end, and nobody waits who holds what the other needs.
pub async fn still(tx: &mut Tx, person: PersonId) -> Result<(), StorageError> {
    store::sessions::hold_all(tx, person).await
}

/// Takes a role on a scope away, on open sockets too. True when the person had it. Whatever they are doing by what was read before
/// does not happen, and the answers that are kept for them are not given again.
pub async fn take(tx: &mut Tx, hub: &Hub, person: PersonId, grant: Grant) -> Result<bool, StorageError> {
    store::accounts::hold(tx, person).await?;
    let had = store::grants::delete(tx, person, grant).await?;
    if had {
        store::sessions::note_taken(tx, person).await?;
        idempotency::void(tx, person).await?;
        // What they handed out as the one they were leads nowhere.
        store::first_use::void_issued_by(tx, person).await?;
        let hub = hub.clone();
        tx.on_commit(move || hub.rights_changed(person));
    }
    Ok(had)
}

/// Holds several people until the end of the transaction, always in one order: two who name the same people never wait for each other.
pub async fn hold(tx: &mut Tx, people: Vec<PersonId>) -> Result<(), StorageError> {
    store::accounts::hold_all(tx, people).await
}

/// Notes in which unit a training or a class lies, when it is made: whoever leads there stands above everybody who does not
/// oversee that unit. Where it is not told, above everybody but the administrator.
pub async fn place_scope(tx: &mut Tx, scope: Scope, unit: OrgUnitId) -> Result<(), StorageError> {
    store::grants::place_scope(tx, scope, unit).await
}
