//! What people do with batches, certificates and the ledger: one action, one transaction.

pub(crate) mod change_draft;
pub(crate) mod check;
pub(crate) mod decide_batch;
pub(crate) mod decide_change;
pub(crate) mod issue_batch;
pub(crate) mod make_batch;
pub(crate) mod propose_change;
pub(crate) mod reserve;
pub(crate) mod submit_batch;

use storage::audit::of_training as note;
