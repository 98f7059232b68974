//! A learner says that a text was read, after having opened it.

use kernel::Ambient;
use storage::Tx;

use crate::access::OpenTask;
use crate::error::BoardError;
use crate::progress::done;

pub(crate) async fn finish_reading(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
) -> Result<(), BoardError> {
    let started_at = open.started_at.ok_or(BoardError::NotOpened)?;
    let now = ambient.now();
    let result = serde_json::json!({ "seconds_open": now.seconds_since(started_at) });
    done(tx, ambient, open.did(now, result), None).await?;
    Ok(())
}
