//! The identifier of an electronic licence in the form of GB/T 36904, for offices that keep one for each certificate.

use std::fmt;
use std::str::FromStr;

use super::SerialNumber;
use super::serial::check_character;

/// The object identifier under which electronic licences are named.
const ROOT: &str = "1.2.156.3005.2";

/// An eighteen-character unified social credit code (GB 32100), with its check character verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocialCreditCode(String);

impl FromStr for SocialCreditCode {
    type Err = DocumentIdentifierError;
    fn from_str(text: &str) -> Result<Self, DocumentIdentifierError> {
        const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
        let digits: Option<Vec<usize>> =
            text.bytes().map(|byte| ALPHABET.iter().position(|a| *a == byte)).collect();
        let (Some(digits), 18) = (digits, text.len()) else {
            return Err(DocumentIdentifierError::CreditCode);
        };
        let mut weight = 1;
        let mut sum = 0;
        for digit in &digits[..17] {
            sum += digit * weight;
            weight = weight * 3 % 31;
        }
        if (31 - sum % 31) % 31 == digits[17] {
            Ok(Self(text.to_owned()))
        } else {
            Err(DocumentIdentifierError::CreditCode)
        }
    }
}

/// `1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check>`: the certificate's name in a provincial licence library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentIdentifier(String);

impl DocumentIdentifier {
    /// `kind` is the managing body's credit code with the three digits that it gave this type of document; `version`
    /// counts reissues from 1.
    pub fn new(
        kind: (&SocialCreditCode, u16),
        issuer: &SocialCreditCode,
        serial: &SerialNumber,
        version: u16,
    ) -> Result<Self, DocumentIdentifierError> {
        let (body, number) = kind;
        if number > 999 || !(1..=999).contains(&version) {
            return Err(DocumentIdentifierError::Number);
        }
        let serial = serial.as_str().replace('-', "");
        let name = format!("{}{number:03}.{}.{serial}.{version:03}", body.0, issuer.0);
        let check = check_character(&name);
        Ok(Self(format!("{ROOT}.{name}.{check}")))
    }
}

impl fmt::Display for DocumentIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentIdentifierError {
    #[error("a unified social credit code has eighteen characters, the last of which checks the others")]
    CreditCode,
    #[error("type number and version have three digits; versions start at 1")]
    Number,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_character_agrees_with_a_published_identifier() {
        // The parts of an identifier from a ministry's interface description; its last character is U.
        let published = "11100000000013338W011.11430000006122244L.20230000403.001";
        assert_eq!(check_character(published), 'U');
    }

    #[test]
    fn identifier_joins_its_parts() {
        let ministry: SocialCreditCode = "11100000000013338W".parse().expect("a credit code");
        let province: SocialCreditCode = "11430000006122244L".parse().expect("a credit code");
        let serial = crate::sample::printed().serial;
        let made = DocumentIdentifier::new((&ministry, 11), &province, &serial, 1).expect("an identifier");
        let bare = serial.as_str().replace('-', "");
        let expected = format!("{ROOT}.11100000000013338W011.11430000006122244L.{bare}.001.");
        assert!(made.to_string().starts_with(&expected), "{made}");
        assert_eq!(
            DocumentIdentifier::new((&ministry, 1000), &province, &serial, 1),
            Err(DocumentIdentifierError::Number)
        );
    }

    #[test]
    fn mistyped_credit_code_is_refused() {
        for wrong in ["", "11430000006122244M", "11430000006122244", "1143000000612224IL"] {
            assert_eq!(
                wrong.parse::<SocialCreditCode>(),
                Err(DocumentIdentifierError::CreditCode),
                "{wrong}"
            );
        }
    }
}
