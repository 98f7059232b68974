//! Wire types that several resources share.

use garde::Validate;
use kernel::id::{CertificateId, PersonId, TrainingId};
use kernel::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{Frozen, Grade, RevocationCause};
use crate::service::check::Paper;
use crate::store::certificates::Recorded;

/// The body of a POST that says everything by its address.
#[derive(Debug, Deserialize, Validate)]
pub(super) struct Nothing {}

/// How well the learner did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CertificateGrade {
    Pass,
    Good,
    Excellent,
}

impl From<Grade> for CertificateGrade {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Pass => Self::Pass,
            Grade::Good => Self::Good,
            Grade::Excellent => Self::Excellent,
        }
    }
}

impl From<CertificateGrade> for Grade {
    fn from(grade: CertificateGrade) -> Self {
        match grade {
            CertificateGrade::Pass => Self::Pass,
            CertificateGrade::Good => Self::Good,
            CertificateGrade::Excellent => Self::Excellent,
        }
    }
}

/// Every field that is printed, except number and day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct PrintedFields {
    pub learner_name: String,
    pub training_title: String,
    pub starts_on: Date,
    pub ends_on: Date,
    /// Class hours.
    pub hours: u16,
    /// A decimal with at most one digit after the point, such as `6.5`.
    pub credits: String,
    pub grade: CertificateGrade,
    pub assessed_by: String,
    pub issuer_name: String,
}

impl From<&Frozen> for PrintedFields {
    fn from(frozen: &Frozen) -> Self {
        Self {
            learner_name: frozen.learner_name.clone(),
            training_title: frozen.training_title.clone(),
            starts_on: frozen.starts_on,
            ends_on: frozen.ends_on,
            hours: frozen.hours,
            credits: frozen.credits.to_string(),
            grade: frozen.grade.into(),
            assessed_by: frozen.assessed_by.clone(),
            issuer_name: frozen.issuer_name.clone(),
        }
    }
}

/// Whether a certificate is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CertificateStatus {
    /// It has its number; signing and printing are under way.
    Preparing,
    Valid,
    Revoked,
}

impl From<&Recorded> for CertificateStatus {
    fn from(recorded: &Recorded) -> Self {
        match (&recorded.issued, &recorded.revocation) {
            (None, None) => Self::Preparing,
            (Some(_), None) => Self::Valid,
            (_, Some(_)) => Self::Revoked,
        }
    }
}

/// Why a certificate is no longer valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RevocationKind {
    Replaced,
    IssuedInError,
    Misconduct,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct RevocationView {
    pub revoked_at: Timestamp,
    pub cause: RevocationKind,
    pub reason: String,
    /// The serial number of the certificate that takes its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

/// What a stranger sees: the printed fields and the status, nothing else of the person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct PublicCertificateView {
    pub serial: String,
    pub status: CertificateStatus,
    pub printed: PrintedFields,
    pub issued_on: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation: Option<RevocationView>,
    /// Of a PDF that was sent: how it compares with the file that was issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper: Option<PaperView>,
    /// The moment of this answer.
    pub checked_at: Timestamp,
}

/// How a PDF compares with the file that was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum PaperView {
    /// Byte for byte the same.
    AsIssued,
    /// The same but for blanks behind its end.
    OtherEnd,
    /// Another file with the same signed credential: its page may say anything, what is answered here is what was signed.
    Differs,
}

impl From<Paper> for PaperView {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::AsIssued => Self::AsIssued,
            Paper::OtherEnd => Self::OtherEnd,
            Paper::Differs => Self::Differs,
        }
    }
}

/// A certificate for its holder and for the office.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct CertificateView {
    pub id: CertificateId,
    pub training_id: TrainingId,
    pub person_id: PersonId,
    pub serial: String,
    pub status: CertificateStatus,
    pub printed: PrintedFields,
    pub issued_on: Date,
    pub issued_at: Timestamp,
    /// The page where anybody can check it; this is what the QR code holds.
    pub verify_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation: Option<RevocationView>,
}

impl PublicCertificateView {
    pub(super) fn of(recorded: &Recorded, now: Timestamp) -> Self {
        Self {
            serial: recorded.serial.to_string(),
            status: recorded.into(),
            printed: PrintedFields::from(&recorded.frozen),
            issued_on: recorded.issued_on,
            revocation: revocation(recorded),
            paper: None,
            checked_at: now,
        }
    }
}

impl From<&Recorded> for CertificateView {
    fn from(recorded: &Recorded) -> Self {
        Self {
            id: recorded.id,
            training_id: recorded.frozen.training,
            person_id: recorded.learner,
            serial: recorded.serial.to_string(),
            status: recorded.into(),
            printed: PrintedFields::from(&recorded.frozen),
            issued_on: recorded.issued_on,
            issued_at: recorded.issued_at,
            verify_url: recorded.addresses.verify(&recorded.serial, recorded.verify_key),
            revocation: revocation(recorded),
        }
    }
}

fn revocation(recorded: &Recorded) -> Option<RevocationView> {
    let revocation = recorded.revocation.as_ref()?;
    let (cause, replaced_by) = match &revocation.cause {
        RevocationCause::Replaced { by } => (RevocationKind::Replaced, Some(by.to_string())),
        RevocationCause::IssuedInError => (RevocationKind::IssuedInError, None),
        RevocationCause::Misconduct => (RevocationKind::Misconduct, None),
    };
    Some(RevocationView {
        revoked_at: revocation.revoked_at,
        cause,
        reason: revocation.reason.to_string(),
        replaced_by,
    })
}
