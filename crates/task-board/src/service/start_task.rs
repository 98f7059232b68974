//! A learner opens a task for the first time.

use kernel::{Ambient, Verb};
use storage::Tx;

use crate::access::OpenTask;
use crate::error::BoardError;
use crate::progress::keep;
use crate::store::progress::{self, ClaimRow};

/// Opening again changes nothing. The claim stays held for what follows in the same action.
pub(crate) async fn start_task(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
) -> Result<ClaimRow, BoardError> {
    let person = open.actor.person;
    let claim = progress::step(tx, open.task, person).await?.ok_or(BoardError::NoSuchTask)?;
    let now = ambient.now();
    if progress::start(tx, open.task, person, claim, now).await? {
        let result = serde_json::json!({ "kind": open.kind.word() });
        keep(tx, ambient, Verb::Launched, open.task, person, claim, now, result).await?;
    }
    Ok(claim)
}
