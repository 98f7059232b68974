//! A learner opens a task for the first time.

use kernel::{Ambient, Verb};
use storage::{StorageError, Tx, learning_records};

use crate::access::OpenTask;
use crate::progress::record;
use crate::store::progress;

/// Opening again changes nothing.
pub(crate) async fn start_task(tx: &mut Tx, ambient: &Ambient, open: &OpenTask) -> Result<(), StorageError> {
    open.step(tx).await?;
    // What is begun stays so.
    if open.started_at.is_some() {
        return Ok(());
    }
    let now = ambient.now();
    if progress::start(tx, open, now).await? {
        let (place, result) = ((open.class, open.training), serde_json::json!({ "kind": open.kind.word() }));
        let record = record(Verb::Launched, open.task, open.actor.person, place, now, result);
        learning_records::keep(tx, ambient, record).await?;
    }
    Ok(())
}
