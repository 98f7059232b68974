//! What is a resident identity number (GB 11643: six digits of place, birth date, order, check character)?

use kernel::{Date, spelling};

/// An 18-character resident identity number whose check character is right.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityNumber(String);

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

impl IdentityNumber {
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = spelling::number(text)
            .chars()
            .map(|sign| match sign {
                'x' | '×' | 'х' | 'Х' => 'X',
                sign => sign,
            })
            .collect();
        let bytes = plain.as_bytes();
        if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
            return None;
        }
        let sum: u32 = bytes[..17].iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
        let born = birth_date(&plain);
        (CHECKS[(sum % 11) as usize] == bytes[17] && born.is_some()).then_some(Self(plain))
    }
    /// Whether somebody with this number may be among us: born by now, and not longer ago than people work.
    pub fn is_of_our_time(&self, today: Date) -> bool {
        birth_date(&self.0)
            .is_some_and(|born| born <= today && i32::from(today.year()) - i32::from(born.year()) <= OLDEST)
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// `6201**********1234`
    pub fn masked(&self) -> String {
        format!("{}**********{}", &self.0[..4], &self.0[14..])
    }
}

/// Years since the birth of the oldest who are entered.
const OLDEST: i32 = 100;

fn birth_date(plain: &str) -> Option<Date> {
    Date::new(plain[6..10].parse().ok()?, plain[10..12].parse().ok()?, plain[12..14].parse().ok()?)
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
    fn harmless_shapes_of_a_number_are_read_as_meant() {
        let with_x = (1..1_000)
            .map(|order| format!("62990019800501{order:03}X"))
            .find(|number| IdentityNumber::parse(number).is_some())
            .expect("one in eleven ends so");
        for sign in ["x", "Ｘ", "ｘ", "×", "х", "Х"] {
            let typed = format!("'{}", with_x.replace('X', sign));
            assert_eq!(IdentityNumber::parse(&typed).map(|number| number.0), Some(with_x.clone()), "{typed}");
        }
    }

    #[test]
    fn nobody_is_born_tomorrow_or_before_living_memory() {
        let of = |born: &str| {
            CHECKS
                .iter()
                .find_map(|check| IdentityNumber::parse(&format!("629900{born}002{}", char::from(*check))))
                .expect("one check character fits")
        };
        let today = Date::new(2026, 11, 28).expect("a date");
        for (born, may_be) in [
            ("20301128", false),
            ("20261129", false),
            ("20261128", true),
            ("19800501", true),
            ("19260101", true),
            ("19251231", false),
            ("18000101", false),
        ] {
            assert_eq!(of(born).is_of_our_time(today), may_be, "{born}");
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
