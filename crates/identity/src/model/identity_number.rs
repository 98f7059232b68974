//! What is a resident identity number (GB 11643: six digits of place, birth date, order, check character)?

use kernel::Date;

use super::spelling;

/// An 18-character resident identity number whose check character is right.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityNumber(String);

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

impl IdentityNumber {
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !spelling::is_unseen(*c))
            .map(|c| match spelling::plain_digit(c) {
                'x' | 'ｘ' | 'Ｘ' => 'X',
                c => c,
            })
            .collect();
        let bytes = plain.as_bytes();
        if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
            return None;
        }
        let sum: u32 = bytes[..17].iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
        let born =
            Date::new(plain[6..10].parse().ok()?, plain[10..12].parse().ok()?, plain[12..14].parse().ok()?);
        (CHECKS[(sum % 11) as usize] == bytes[17] && born.is_some()).then_some(Self(plain))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// `6201**********1234`
    pub fn masked(&self) -> String {
        format!("{}**********{}", &self.0[..4], &self.0[14..])
    }
}

/// Personal data does not reach a log by accident.
impl std::fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // 629900 was never a division, so these belong to nobody.
    const INVENTED: &str = "629900198005010021";

    #[test]
    fn check_character_and_birth_date_decide() {
        assert_eq!(IdentityNumber::parse(INVENTED).map(|n| n.masked()), Some("6299**********0021".into()));
        let copied = IdentityNumber::parse("\u{202d}６２9900 19800501 0021\u{202c}");
        assert_eq!(copied.as_ref().map(IdentityNumber::as_str), Some(INVENTED));
        for wrong in
            ["", "629900198005010022", "62990019800501002", "629900198013010021", "62990019800501002a"]
        {
            assert_eq!(IdentityNumber::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_single_wrong_digit_is_noticed() {
        for at in 0..18 {
            for digit in b'0'..=b'9' {
                let mut bytes = INVENTED.as_bytes().to_vec();
                if bytes[at] != digit {
                    bytes[at] = digit;
                    let altered = String::from_utf8(bytes).expect("digits");
                    assert_eq!(IdentityNumber::parse(&altered), None, "{altered}");
                }
            }
        }
    }
}
