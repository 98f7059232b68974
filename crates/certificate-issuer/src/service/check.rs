//! A stranger asks: is this certificate real? By its number and key, or by the file itself.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use encoding_rs::UTF_8;
use kernel::Timestamp;
use ring::digest::{Context, Digest, SHA256};
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
    /// What tells the file itself from the one that was issued, if it is a PDF.
    paper: Option<Digests>,
}

/// How a PDF compares with the file that was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    /// Byte for byte the same.
    AsIssued,
    /// The same but for a blank or a line's end behind it, as mail programs leave them: nothing of the page is touched.
    OtherEnd,
    /// Saved anew by a viewer, or repainted: of its page nothing is known.
    Differs,
}

/// Of a PDF as it came, and of it with each end that the issued one may have had.
struct Digests {
    whole: Digest,
    other_ends: Vec<Digest>,
}

impl Digests {
    fn of(pdf: &[u8]) -> Self {
        let body = pdf.trim_ascii_end();
        let mut hashed = Context::new(&SHA256);
        hashed.update(body);
        let ending_in = |end: &[u8]| {
            let mut hashed = hashed.clone();
            hashed.update(end);
            hashed.finish()
        };
        let other_ends = [&b""[..], b"\n", b"\r\n", b"\r"].map(ending_in).into();
        Self { whole: ending_in(&pdf[body.len()..]), other_ends }
    }

    fn compared(&self, issued: &[u8]) -> Paper {
        if self.whole.as_ref() == issued {
            Paper::AsIssued
        } else if self.other_ends.iter().any(|digest| digest.as_ref() == issued) {
            Paper::OtherEnd
        } else {
            Paper::Differs
        }
    }
}

impl Presented {
    /// Takes the token out of a PDF, or takes the file as a token. Linear in the file, and nothing long is parsed.
    pub(crate) fn read(file: &[u8]) -> Result<Self, CheckError> {
        // Blanks before the header are no sign of another kind.
        let is_pdf = file.trim_ascii_start().starts_with(b"%PDF-");
        let token = if is_pdf {
            pdf::attached(file).ok_or(CheckError::NoCredential)?
        } else if file.len() <= credential::LONGEST_TOKEN {
            written(file).ok_or(CheckError::Unreadable)?
        } else {
            return Err(CheckError::Unreadable);
        };
        let claimed = claimed_serial(&token);
        Ok(Self { token, claimed, paper: is_pdf.then(|| Digests::of(file)) })
    }
}

/// A token as editors and mail programs leave it: with a mark before it, in the encoding that the mark names, wrapped into lines, in quotation
/// marks.
fn written(file: &[u8]) -> Option<String> {
    let (text, _, has_errors) = UTF_8.decode(file);
    let is_nothing =
        |sign: char| sign.is_whitespace() || sign.is_control() || "\"\u{feff}\u{200b}".contains(sign);
    // What a mail program writes where it breaks a line.
    let text = text.replace("=\r\n", "").replace("=\n", "");
    (!has_errors).then(|| text.chars().filter(|sign| !is_nothing(*sign)).collect())
}

/// The certificate that a file is, once its signature and its fields agree with the register; and whether a PDF is the one that was issued.
pub(crate) async fn presented(
    conn: &mut Conn,
    issuing: &Issuing,
    now: Timestamp,
    Presented { token, claimed, paper }: Presented,
) -> Result<(Recorded, Option<Paper>), CheckError> {
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
    // A page can be repainted while the attachment stays, and a viewer writes an honest file anew: nobody can tell which they are, so the
    // signed content is what is judged, and of the page it is said that it is not the one that was issued.
    let paper = paper.map(|digests| digests.compared(&issued.pdf_sha256));
    Ok((recorded, paper))
}

fn claimed_serial(token: &str) -> Option<SerialNumber> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let payload: Value = serde_json::from_slice(&payload).ok()?;
    payload["credentialSubject"]["licenseNumber"].as_str()?.parse().ok()
}

fn refused(error: VerifyError) -> CheckError {
    match error {
        // What is signed well and is no certificate of ours, such as a status list, was not altered.
        VerifyError::NotAToken | VerifyError::Malformed(_) | VerifyError::List(_) => CheckError::Unreadable,
        VerifyError::UnknownKey => CheckError::UnknownIssuer,
        VerifyError::FromTheFuture => CheckError::FromTheFuture,
        VerifyError::Altered => CheckError::Altered,
    }
}
