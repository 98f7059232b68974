//! What people do with batches, certificates and the ledger: one action, one transaction.

pub(crate) mod change_draft;
pub(crate) mod check;
pub(crate) mod decide_batch;
pub(crate) mod issue_batch;
pub(crate) mod make_batch;
pub(crate) mod reissue;
pub(crate) mod reserve;
pub(crate) mod revoke;
pub(crate) mod submit_batch;

use kernel::Ambient;
use kernel::id::{PersonId, TrainingId};
use storage::{StorageError, Tx, audit};

/// The last write of an action in a training.
async fn note(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    by: Option<PersonId>,
    action: &str,
    object: String,
    detail: serde_json::Value,
) -> Result<(), StorageError> {
    let entry = audit::Entry { chain: training.to_string(), person: by, action, object, detail };
    audit::append(tx, ambient, entry).await
}
