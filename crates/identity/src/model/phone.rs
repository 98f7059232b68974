//! What is a mobile number, however it was typed?

use kernel::spelling;

/// An 11-digit mobile number of mainland China.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// Takes spaces, hyphens, full-width forms and the country's prefix away.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = spelling::number(text).chars().filter(|sign| !stands_between(*sign)).collect();
        let local = ["+86", "0086"].iter().find_map(|p| plain.strip_prefix(p)).unwrap_or(&plain);
        let local = if local.len() == 13 { local.strip_prefix("86").unwrap_or(local) } else { local };
        let bytes = local.as_bytes();
        let good = bytes.len() == 11
            && bytes[0] == b'1'
            && (b'3'..=b'9').contains(&bytes[1])
            && bytes.iter().all(u8::is_ascii_digit);
        good.then(|| Self(local.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// `138****5678`
    pub fn masked(&self) -> String {
        format!("{}****{}", &self.0[..3], &self.0[7..])
    }
}

/// Personal data does not reach a log by accident.
impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

/// What people put between digits.
const fn stands_between(sign: char) -> bool {
    matches!(sign, '-' | '—' | '–' | '‐' | '‑' | '−' | '(' | ')' | '.' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_many_spellings() {
        for spelling in [
            "13812345678",
            " 138 1234 5678 ",
            "138-1234-5678",
            "+86 13812345678",
            "8613812345678",
            "008613812345678",
            "１３８１２３４５６７８",
            "\u{202d}13812345678\u{202c}",
            "\u{feff}138\u{200b}12345678\u{200e}",
            "'13812345678",
            "’138－1234－5678",
            "（＋86）138‑1234‑5678",
        ] {
            let phone = Phone::parse(spelling).unwrap_or_else(|| panic!("{spelling}"));
            assert_eq!(phone.as_str(), "13812345678");
            assert_eq!(format!("{phone:?}"), "138****5678");
        }
    }

    #[test]
    fn what_is_no_mobile_number_is_refused() {
        for wrong in ["", "1381234567", "138123456789", "12812345678", "23812345678", "wang", "1381234567a"] {
            assert_eq!(Phone::parse(wrong), None, "{wrong}");
        }
    }
}
