//! A learner says that a text was read, after having opened it.

use kernel::Ambient;
use storage::Tx;

use crate::access::OpenTask;
use crate::error::BoardError;
use crate::progress::finish;
use crate::store::progress;

pub(crate) async fn finish_reading(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
) -> Result<(), BoardError> {
    let person = open.actor.person;
    let claim = progress::step(tx, open.task, person).await?.ok_or(BoardError::NoSuchTask)?;
    let begun = progress::find(tx, open.task, person).await?.ok_or(BoardError::NotOpened)?;
    let now = ambient.now();
    let result = serde_json::json!({ "seconds_open": now.seconds_since(begun.started_at) });
    finish(tx, ambient, open.task, person, claim, now, result).await?;
    Ok(())
}
