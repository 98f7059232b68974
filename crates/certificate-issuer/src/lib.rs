//! Batches, signing, certificates, verification, revocation, credits ledger.
