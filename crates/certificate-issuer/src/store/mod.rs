//! SQL of batches, certificates, status lists and the ledger.

pub(crate) mod batches;
pub(crate) mod certificates;
pub(crate) mod changes;
pub(crate) mod credits;
pub(crate) mod entries;
pub(crate) mod people;
pub(crate) mod results;
pub(crate) mod status_lists;
pub(crate) mod words;
