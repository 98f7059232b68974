//! A stranger asks: is this certificate real? By its number and key, or by the file itself.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::Timestamp;
use ring::digest::{SHA256, digest};
use serde_json::Value;
use storage::{Conn, StorageError};

use crate::credential::{self, VerifyError};
use crate::error::CheckError;
use crate::issuing::Issuing;
use crate::model::{SerialNumber, VerifyKey};
use crate::pdf;
use crate::store::{self, certificates::Recorded};

/// The certificate with this number, for somebody who has its key.
pub(crate) async fn by_serial(
    conn: &mut Conn,
    serial: &SerialNumber,
    key: VerifyKey,
) -> Result<Option<Recorded>, StorageError> {
    let recorded = store::certificates::find_by_serial(conn, serial).await?;
    Ok(recorded.filter(|recorded| recorded.issued.is_some() && recorded.verify_key == key))
}

/// A file that somebody presents, looked through: nothing of it is believed yet.
pub(crate) struct Presented {
    token: String,
    /// The number that the token claims to be of; believed only after its signature was checked.
    claimed: Option<SerialNumber>,
    /// The digest of the PDF, if it is one.
    pdf_sha256: Option<Vec<u8>>,
}

impl Presented {
    /// Takes the token out of a PDF, or takes the file as a token. Linear in the file, and nothing long is parsed.
    pub(crate) fn read(file: &[u8]) -> Result<Self, CheckError> {
        let is_pdf = file.starts_with(b"%PDF-");
        let token = if is_pdf {
            pdf::attached(file).ok_or(CheckError::NoCredential)?
        } else if file.len() <= credential::LONGEST_TOKEN {
            // Some editors put a mark before a text.
            let text = std::str::from_utf8(file).map_err(|_| CheckError::Unreadable)?;
            text.trim_start_matches('\u{feff}').trim().to_owned()
        } else {
            return Err(CheckError::Unreadable);
        };
        let claimed = claimed_serial(&token);
        Ok(Self { token, claimed, pdf_sha256: is_pdf.then(|| digest(&SHA256, file).as_ref().to_vec()) })
    }
}

/// The certificate that a file is, once its signature, its bytes and its fields agree with the register.
pub(crate) async fn presented(
    conn: &mut Conn,
    issuing: &Issuing,
    now: Timestamp,
    Presented { token, claimed, pdf_sha256 }: Presented,
) -> Result<Recorded, CheckError> {
    let recorded = match claimed {
        Some(serial) => store::certificates::find_by_serial(conn, &serial).await?,
        None => None,
    };
    // An installation that has moved still knows the address that it signed.
    let addresses = recorded.as_ref().map_or(issuing.addresses(), |recorded| &recorded.addresses);
    let verified = match credential::verify(&token, addresses, issuing.keys().public(), now) {
        // Another process may have signed with a key that came since.
        Err(VerifyError::UnknownKey) if issuing.looked_again() => {
            credential::verify(&token, addresses, issuing.keys().public(), now)
        }
        verified => verified,
    };
    let badge = verified.map_err(refused)?;
    let recorded = recorded.ok_or(CheckError::NotRegistered)?;
    let issued = recorded.issued.as_ref().ok_or(CheckError::NotRegistered)?;
    let registered = recorded.badge().map_err(|error| StorageError::Decode(error.to_string()))?;
    if registered != badge {
        return Err(CheckError::Altered);
    }
    // A page can be repainted while the attachment stays, and a viewer writes an honest file anew: only the very file that was issued
    // is genuine, and of the others nobody can tell which they are.
    if pdf_sha256.is_some_and(|sha256| sha256 != issued.pdf_sha256) {
        return Err(CheckError::SavedAnew);
    }
    Ok(recorded)
}

fn claimed_serial(token: &str) -> Option<SerialNumber> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let payload: Value = serde_json::from_slice(&payload).ok()?;
    payload["credentialSubject"]["licenseNumber"].as_str()?.parse().ok()
}

fn refused(error: VerifyError) -> CheckError {
    match error {
        VerifyError::NotAToken => CheckError::Unreadable,
        VerifyError::UnknownKey => CheckError::UnknownIssuer,
        VerifyError::FromTheFuture => CheckError::FromTheFuture,
        VerifyError::Altered | VerifyError::Malformed(_) | VerifyError::List(_) => CheckError::Altered,
    }
}
