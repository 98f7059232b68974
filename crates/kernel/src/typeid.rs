//! How an id looks outside: `cls_01h2xcejqtf2nbrexx3vqjhp41` (prefix, underscore, 128 bits in Crockford base 32).
//! The TypeID specification 0.3 names the form; the alphabet leaves out i, l, o and u.

use uuid::Uuid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What was wrong with a text that should have been an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypeIdError {
    #[error("the id should start with {expected}_")]
    Prefix { expected: &'static str },
    #[error("the id should end with 26 characters of the TypeID alphabet")]
    Suffix,
}

/// Writes the 26 characters of the suffix.
pub fn encode(uuid: Uuid) -> String {
    let mut bits = uuid.as_u128();
    let mut out = [0_u8; 26];
    for slot in out.iter_mut().rev() {
        *slot = ALPHABET[(bits & 31) as usize];
        bits >>= 5;
    }
    out.iter().map(|&b| char::from(b)).collect()
}

/// Reads the 26 characters of the suffix; refuses capitals, look-alikes and numbers over 128 bits.
pub fn decode(suffix: &str) -> Option<Uuid> {
    let bytes = suffix.as_bytes();
    if bytes.len() != 26 || bytes[0] > b'7' {
        return None;
    }
    let mut bits = 0_u128;
    for byte in bytes {
        let digit = ALPHABET.iter().position(|a| a == byte)?;
        bits = (bits << 5) | digit as u128;
    }
    Some(Uuid::from_u128(bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_example_round_trips() {
        let uuid = Uuid::parse_str("01890a5d-ac96-774b-bcce-b302099a8057").expect("a valid uuid");
        assert_eq!(encode(uuid), "01h455vb4pex5vsknk084sn02q");
        assert_eq!(decode("01h455vb4pex5vsknk084sn02q"), Some(uuid));
    }

    #[test]
    fn refuses_what_is_not_a_suffix() {
        for wrong in [
            "",
            "01h455vb4pex5vsknk084sn02",
            "81h455vb4pex5vsknk084sn02q",
            "01H455VB4PEX5VSKNK084SN02Q",
            "0ih455vb4pex5vsknk084sn02q",
        ] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
