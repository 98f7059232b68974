//! The short random key in a certificate's QR code: serial numbers can be guessed, this cannot.

use std::fmt;
use std::str::FromStr;

use super::typed::{folded, plain};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Nothing longer is looked at.
const LONGEST: usize = 64;

/// Forty random bits, written as eight characters. Who knows it holds the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifyKey([u8; 5]);

impl VerifyKey {
    pub const fn from_random(bytes: [u8; 5]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for VerifyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for place in (0..8).rev() {
            let digit = (bits >> (5 * place)) & 31;
            write!(f, "{}", char::from(ALPHABET[digit as usize]))?;
        }
        Ok(())
    }
}

impl FromStr for VerifyKey {
    type Err = NotAVerifyKey;
    /// Reads what a person typed off the paper, in whatever width, with blanks or hyphens between.
    fn from_str(text: &str) -> Result<Self, NotAVerifyKey> {
        if text.len() > LONGEST {
            return Err(NotAVerifyKey);
        }
        let typed = folded(&plain(text)).replace('-', "");
        if typed.len() != 8 {
            return Err(NotAVerifyKey);
        }
        let mut bits = 0_u64;
        for byte in typed.bytes() {
            let digit = ALPHABET.iter().position(|a| *a == byte.to_ascii_lowercase()).ok_or(NotAVerifyKey)?;
            bits = bits << 5 | digit as u64;
        }
        let [_, _, _, key @ ..] = bits.to_be_bytes();
        Ok(Self(key))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a verification key has eight letters and digits")]
pub struct NotAVerifyKey;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn key_survives_paper(bytes: [u8; 5]) {
            let key = VerifyKey::from_random(bytes);
            prop_assert_eq!(key.to_string().to_uppercase().parse(), Ok(key));
        }
    }

    #[test]
    fn what_is_meant_is_read() {
        let key = "04106105".parse::<VerifyKey>();
        assert!(key.is_ok());
        for typed in [
            "０４１０６１０５",
            "0410 6105",
            "o41o6lO5",
            "0410-6105",
            "\u{feff}04I06105\n",
            "0 4 1 0 6 1 0 5",
        ] {
            assert_eq!(typed.parse(), key, "{typed}");
        }
    }

    #[test]
    fn other_texts_are_no_keys() {
        for wrong in ["", "0000000", "000000000", "0000000u", "00000 00", "0000000零", &"0 ".repeat(100)] {
            assert_eq!(wrong.parse::<VerifyKey>(), Err(NotAVerifyKey), "{wrong}");
        }
    }
}
