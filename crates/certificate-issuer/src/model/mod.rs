//! What a certificate is and which rules it obeys; no database, no HTTP, no clock.

mod batch;
mod certificate;
mod change;
mod credits;
mod document_identifier;
mod frozen;
mod reason;
mod revocation;
mod serial;
mod typed;
mod verify_key;

pub use batch::{BatchEntry, BatchError, BatchStage, CertificateBatch, Decision, Submitted};
pub use certificate::{Certificate, CertificateError, Field, Grade, Printed};
pub use change::{About, Change, ChangeRule, Fault, Outcome, Wanted};
pub use credits::{CreditEntry, CreditError, CreditKind, CreditStanding, Credits, Ledger};
pub use document_identifier::{DocumentIdentifier, DocumentIdentifierError, SocialCreditCode};
pub use frozen::Frozen;
pub use reason::{Reason, ReasonError};
pub use revocation::{Revocation, RevocationCause, RevocationError};
pub use serial::{SerialError, SerialNumber, TrainingCode};
pub use verify_key::VerifyKey;
