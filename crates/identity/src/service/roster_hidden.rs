//! The rows that a sheet hides: left out of an import until somebody takes them, and then checked like all others.

use kernel::Ambient;
use kernel::id::RosterImportId;
use storage::Tx;

use super::roster_again::ask_again;
use super::rosters;
use crate::access::Overseer;
use crate::error::RosterError;
use crate::identity::Identity;
use crate::model::roster::SheetError;
use crate::store;

/// Takes the hidden rows or leaves them out, and checks the roster anew: a row may repeat one that was not in.
#[tracing::instrument(name = "identity.choose_hidden_rows", skip_all, fields(roster_import.id = %id))]
pub(crate) async fn choose(
    tx: &mut Tx,
    ambient: &Ambient,
    identity: &Identity,
    overseer: &Overseer,
    id: RosterImportId,
    taken: bool,
) -> Result<(), RosterError> {
    let import = rosters::find(tx, overseer, id).await?;
    if taken && !import.can_take_hidden() {
        return Err(SheetError::TooManyRows.into());
    }
    if !store::rosters::choose_hidden(tx, id, taken).await? {
        return Err(RosterError::AlreadyApplied);
    }
    let hidden = ask_again(tx, ambient, identity, overseer, id).await?;
    rosters::tell_of_elsewhere(tx, ambient, identity, overseer, id, hidden.iter()).await
}
