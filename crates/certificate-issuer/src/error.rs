//! What can go wrong with batches, certificates and their verification, in the words of the domain.

use kernel::id::BatchEntryId;
use storage::StorageError;

use crate::checking::Busy;
use crate::credential::{SignError, VerifyError};
use crate::issuing::{Flaw, NoFont};
use crate::model::{BatchError, CertificateError, ChangeRule, ReasonError, RevocationError};
use crate::pdf::PrintError;

/// A batch is not made, changed, submitted or decided.
#[derive(Debug, thiserror::Error)]
pub enum BatchActionError {
    #[error("no such batch")]
    NoSuchBatch,
    #[error("no learner of this training is waiting for a certificate")]
    NobodyWaiting,
    /// Until it is closed its results may still be computed anew.
    #[error("the training is not closed yet")]
    TrainingRuns,
    #[error("the batch is not what the caller read")]
    Stale,
    #[error("another batch holds one of these learners")]
    HeldElsewhere,
    #[error("some entries cannot be printed")]
    Flaws(Vec<(BatchEntryId, String, Flaw)>),
    /// The learners whose final result is no longer what the entry was made from.
    #[error("some results have changed since the batch was made")]
    ResultsChanged(Vec<(BatchEntryId, String)>),
    #[error(transparent)]
    Rule(#[from] BatchError),
    #[error(transparent)]
    Reason(#[from] ReasonError),
    #[error(transparent)]
    NoFont(#[from] NoFont),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A certificate is not signed, printed or stored. The job is tried again.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    #[error("the stored fields make no certificate")]
    Fields(#[from] CertificateError),
    #[error("the text to be signed does not say what the certificate says")]
    OtherFields,
    /// A newer release reserved it; its processes finish it.
    #[error("the text to be signed has the form {0}, which this release does not know")]
    NewerClaims(u32),
    #[error("our own signature does not verify")]
    OwnSignature(#[from] VerifyError),
    #[error(transparent)]
    Sign(#[from] SignError),
    #[error(transparent)]
    Print(#[from] PrintError),
    #[error("the PDF was not stored")]
    File(#[from] storage::blobs::PutError),
    #[error("the thread that signs and prints died")]
    Thread(#[from] tokio::task::JoinError),
    #[error("there is no free place in a status list")]
    NoPlace,
    #[error("there is no free mark for the training's serial numbers")]
    NoMark,
    #[error(transparent)]
    Payload(#[from] serde_json::Error),
    #[error(transparent)]
    Address(#[from] crate::credential::AddressError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A change to a certificate is not proposed, confirmed, refused or withdrawn.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    #[error("no such certificate")]
    NoSuchCertificate,
    #[error("no such change")]
    NoSuchChange,
    #[error("another change of this certificate waits to be decided")]
    AlreadyProposed,
    #[error("the change is not what the caller read")]
    Stale,
    #[error("the new certificate says the same as the old one")]
    NothingCorrected,
    #[error("credits are a number with at most one decimal")]
    Credits,
    #[error("the new certificate cannot be printed")]
    Flaw(Flaw),
    #[error(transparent)]
    Rule(#[from] ChangeRule),
    #[error(transparent)]
    Ended(#[from] RevocationError),
    #[error(transparent)]
    Reason(#[from] ReasonError),
    #[error(transparent)]
    NoFont(#[from] NoFont),
    #[error(transparent)]
    Issue(#[from] IssueError),
}

impl From<StorageError> for ChangeError {
    fn from(error: StorageError) -> Self {
        Self::Issue(error.into())
    }
}

/// A file is not accepted as a certificate of ours.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    #[error("the file is neither a credential nor a PDF")]
    Unreadable,
    #[error("the PDF carries no credential")]
    NoCredential,
    #[error("signed by a key that is not ours")]
    UnknownIssuer,
    #[error("the certificate was altered")]
    Altered,
    #[error("dated in the future by our clock")]
    FromTheFuture,
    #[error("the signature is ours, but the certificate is not in the register")]
    NotRegistered,
    #[error("the file is larger than any certificate")]
    TooLarge,
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Storage(#[from] StorageError),
}
