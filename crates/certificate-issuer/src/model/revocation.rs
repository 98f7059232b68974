//! A revocation: a certificate stops being valid, for a stated reason, and never becomes valid again.

use kernel::Timestamp;
use kernel::id::{CertificateId, PersonId};
use serde::{Deserialize, Serialize};

use super::{Reason, SerialNumber};

/// The end of a certificate. The reason is shown to everybody who verifies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    pub certificate: CertificateId,
    pub cause: RevocationCause,
    pub reason: Reason,
    pub revoked_by: PersonId,
    pub revoked_at: Timestamp,
}

/// What kind of fault ended the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RevocationCause {
    /// A printed field was wrong; the certificate with this serial number takes its place.
    Replaced { by: SerialNumber },
    /// It should not have been issued.
    IssuedInError,
    /// It was obtained by cheating.
    Misconduct,
}

impl RevocationCause {
    /// The word in the database and on the wire.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Replaced { .. } => "replaced",
            Self::IssuedInError => "issued_in_error",
            Self::Misconduct => "misconduct",
        }
    }
}

/// Why a certificate is not revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RevocationError {
    #[error("the certificate is already revoked")]
    AlreadyRevoked,
    #[error("a certificate cannot be replaced by itself")]
    ReplacedByItself,
}

impl Revocation {
    /// Revokes `certificate`; `earlier` is its revocation if there is one.
    pub fn of(
        (certificate, serial): (CertificateId, &SerialNumber),
        earlier: Option<&Self>,
        cause: RevocationCause,
        reason: Reason,
        (revoked_by, revoked_at): (PersonId, Timestamp),
    ) -> Result<Self, RevocationError> {
        if earlier.is_some() {
            return Err(RevocationError::AlreadyRevoked);
        }
        if matches!(&cause, RevocationCause::Replaced { by } if by == serial) {
            return Err(RevocationError::ReplacedByItself);
        }
        Ok(Self { certificate, cause, reason, revoked_by, revoked_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn certificate_is_revoked_once_and_replaced_only_by_another() {
        let id = sample::id(1);
        let serial = sample::printed().serial;
        let by = (sample::id(2), Timestamp::from_micros(0));
        let reason = || Reason::parse("姓名有误").expect("a reason");
        let revoke = |earlier, cause| Revocation::of((id, &serial), earlier, cause, reason(), by);

        let first = revoke(None, RevocationCause::IssuedInError).expect("first revocation");
        assert_eq!(revoke(Some(&first), RevocationCause::Misconduct), Err(RevocationError::AlreadyRevoked));
        let itself = RevocationCause::Replaced { by: serial.clone() };
        assert_eq!(revoke(None, itself), Err(RevocationError::ReplacedByItself));
    }
}
