//! Serial numbers: short enough to read out over the phone, with a check character that catches a slip.

use std::fmt;
use std::str::FromStr;

use kernel::id::TrainingId;
use serde::{Deserialize, Serialize};

use super::typed::{folded, folded_sign, plain, spaced};

/// The part of a serial number that names the training, such as `2026-K3M8Q`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TrainingCode(String);

impl TrainingCode {
    /// The year and a mark that no other training has.
    pub fn new(year: i16, mark: &str) -> Self {
        Self(format!("{year:04}-{mark}"))
    }

    /// The code with the shortest mark, as long as no other training has it.
    pub fn of(training: TrainingId, year: i16) -> Self {
        let [shortest, ..] = Self::marks(training);
        Self::new(year, &shortest)
    }

    /// Marks for a training, in the order in which they are tried: the last 5 to 8 characters of its id. Five are 25 random bits, which
    /// are easy to read out and which two of some thousand trainings may share; then the second takes a longer one.
    pub fn marks(training: TrainingId) -> [String; 4] {
        let id = training.to_string().to_ascii_uppercase();
        [5, 6, 7, 8].map(|length| id[id.len() - length..].to_owned())
    }

    /// A mark for a training all of whose own are taken.
    pub fn drawn_mark(random: [u8; 8]) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
    }

    /// A code that an office has given: the year, a hyphen, and 2 to 8 capitals and digits.
    pub fn parse(text: &str) -> Result<Self, SerialError> {
        let (year, mark) = text.split_once('-').ok_or(SerialError::Form)?;
        let well_formed = year.len() == 4
            && year.bytes().all(|b| b.is_ascii_digit())
            && (2..=8).contains(&mark.len())
            && mark.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        if well_formed { Ok(Self(text.to_owned())) } else { Err(SerialError::Form) }
    }
}

/// The number of one certificate, such as `2026-K3M8Q-0042-R`: training, running number, check character.
/// Unique in its training because the running number is, and with the training's code everywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SerialNumber(String);

impl SerialNumber {
    /// Nothing longer is looked at; a number has at most 25 characters, a full-width one of three bytes.
    const LONGEST: usize = 160;

    /// The serial number of the `ordinal`-th certificate (1 is the first) of a training.
    pub fn new(training: &TrainingCode, ordinal: u32) -> Self {
        let body = format!("{}-{ordinal:04}", training.0);
        let check = check_character(&body);
        Self(format!("{body}-{check}"))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A part of a number as somebody searches for it, in the form without hyphens in which signs that look alike are one; none where it is part of no number.
    pub fn sought(text: &str) -> Option<String> {
        let sought = folded(&plain(text)).replace('-', "");
        let is_part = !sought.is_empty() && sought.bytes().all(|b| b.is_ascii_alphanumeric());
        is_part.then_some(sought)
    }

    /// The number of four parts: as it stands, or with letters for the digits that they look like.
    fn assembled([year, mark, ordinal, check]: [&str; 4], signs: Signs) -> Result<Self, SerialError> {
        let read = |part: &str| match signs {
            Signs::Exact => part.to_owned(),
            Signs::AlikeAreOne => folded(part),
        };
        let code = TrainingCode::parse(&format!("{}-{}", read(year), read(mark)))?;
        let ordinal = read(ordinal);
        if !(4..=9).contains(&ordinal.len()) || !ordinal.bytes().all(|b| b.is_ascii_digit()) {
            return Err(SerialError::Form);
        }
        let mut check = check.chars();
        let (Some(check), None) = (check.next(), check.next()) else { return Err(SerialError::Form) };
        if !check.is_ascii_alphanumeric() {
            return Err(SerialError::Form);
        }
        let serial = Self::new(&code, ordinal.parse().map_err(|_| SerialError::Form)?);
        let has_leading_zeros = ordinal.len() > 4 && ordinal.starts_with('0');
        let fits = serial.0.chars().next_back().is_some_and(|own| match signs {
            Signs::Exact => own == check,
            Signs::AlikeAreOne => folded_sign(own) == folded_sign(check),
        });
        if fits && !has_leading_zeros { Ok(serial) } else { Err(SerialError::CheckCharacter) }
    }
}

/// How the signs of a typed number are read.
#[derive(Clone, Copy)]
enum Signs {
    Exact,
    AlikeAreOne,
}

impl FromStr for SerialNumber {
    type Err = SerialError;
    /// Reads what a person typed: full width, small letters, blanks, other dashes or none, and letters for the digits that they look like
    /// are forgiven, a wrong character is not. Where parts are not told from each other, the running number is the last four digits.
    fn from_str(text: &str) -> Result<Self, SerialError> {
        if text.len() > Self::LONGEST {
            return Err(SerialError::Form);
        }
        let of_parts = |typed: &str| {
            let parts: Vec<&str> = typed.split('-').filter(|part| !part.is_empty()).collect();
            let parts = <[&str; 4]>::try_from(parts).ok()?;
            Some(Self::assembled(parts, Signs::Exact).or_else(|_| Self::assembled(parts, Signs::AlikeAreOne)))
        };
        // Blanks stand for hyphens or mean nothing: whichever makes a number.
        if let Some(Ok(serial)) = of_parts(&spaced(text)) {
            return Ok(serial);
        }
        let typed = plain(text);
        if let Some(read) = of_parts(&typed) {
            return read;
        }
        let parts: Vec<&str> = typed.split('-').collect();
        let signs = parts.concat();
        if !signs.is_ascii() || !(4 + 2 + 4 + 1..=4 + 8 + 4 + 1).contains(&signs.len()) {
            return Err(SerialError::Form);
        }
        let (body, check) = signs.split_at(signs.len() - 1);
        let (code, ordinal) = body.split_at(body.len() - 4);
        let (year, mark) = code.split_at(4);
        Self::assembled([year, mark, ordinal, check], Signs::AlikeAreOne)
    }
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl From<SerialNumber> for String {
    fn from(serial: SerialNumber) -> Self {
        serial.0
    }
}
impl TryFrom<String> for SerialNumber {
    type Error = SerialError;
    fn try_from(text: String) -> Result<Self, SerialError> {
        text.parse()
    }
}

/// Why a text is no serial number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SerialError {
    #[error("a serial number looks like 2026-K3M8Q-0042-R")]
    Form,
    #[error("the check character does not fit: one of the characters is wrong")]
    CheckCharacter,
}

/// ISO 7064 MOD 37,36 over the letters and digits of a text; separators do not count.
pub(super) fn check_character(text: &str) -> char {
    const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut product = 36;
    for byte in text.bytes() {
        if let Some(value) = ALPHABET.iter().position(|a| *a == byte) {
            let sum = (product + value) % 36;
            product = if sum == 0 { 36 } else { sum } * 2 % 37;
        }
    }
    char::from(ALPHABET[(37 - product) % 36])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn serial_number_names_training_and_order() {
        let training = crate::sample::printed().training;
        let code = TrainingCode::of(training, 2026);
        let serial = SerialNumber::new(&code, 42).to_string();
        assert!(serial.starts_with("2026-") && serial.contains("-0042-"), "{serial}");
        assert_eq!(serial.to_lowercase().parse::<SerialNumber>().map(|s| s.to_string()), Ok(serial));
    }

    #[test]
    fn texts_of_another_form_are_refused() {
        for wrong in [
            "",
            "2026-K3M8Q",
            "2026-K3M8Q-42-R",
            "2026-K3M8Q-0042",
            "2026-K3M8Q-0042-RR",
            "2026-K3M8Q-00x2-R",
            "2026-K3M8Q-004二-R",
            "2026-K3M8Q-0042-国",
            "a-b-c-d",
            "国培-0042-R",
            &"2026-K3M8Q-0042-R".repeat(100_000),
        ] {
            assert_eq!(wrong.parse::<SerialNumber>(), Err(SerialError::Form), "{wrong}");
        }
    }

    #[test]
    fn what_is_meant_is_read() {
        // With each of the letters that look like digits where a digit stands, and a check character that is one of them.
        let numbers = (1..200).map(|n| SerialNumber::new(&TrainingCode::new(2026, "K0M1Q"), n).to_string());
        let (mut seen, mut confusable) = (0, 0);
        for number in numbers {
            let wide: String =
                number.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).expect("full width")).collect();
            for typed in [
                wide,
                number.replace('-', ""),
                number.replace('-', " "),
                number.replace('-', "—"),
                number.replace('-', "－"),
                number.replace('-', " - "),
                number.replace('-', "--"),
                number.replacen('-', "", 2),
                number.replace('0', "O"),
                number.replace('0', "o").replace('1', "l"),
                number.replace('1', "I"),
                number.replace('O', "0").replace(['I', 'L'], "1"),
                format!("\u{feff}\u{202d}{}\u{202c} \n", number.to_lowercase()),
            ] {
                assert_eq!(typed.parse::<SerialNumber>().map(String::from), Ok(number.clone()), "{typed}");
                seen += 1;
            }
            confusable += usize::from(number.ends_with(['O', 'I', 'L']));
        }
        assert!(seen > 2000 && confusable > 5);
        // A running number of more than four digits needs its parts told from each other, however.
        let long = SerialNumber::new(&TrainingCode::new(2026, "K3M8Q"), 12_345);
        assert_eq!(long.as_str().replace('0', "O").parse(), Ok(long.clone()));
        for between in [" ", "\u{3000}", " - ", "\t", "\u{a0}", "\u{2003}", "－ "] {
            assert_eq!(long.as_str().replace('-', between).parse(), Ok(long.clone()), "{between:?}");
        }
    }

    #[test]
    fn every_dash_of_a_phone_is_a_hyphen() {
        let number = SerialNumber::new(&TrainingCode::new(2026, "K3M8Q"), 12_345);
        for dash in [
            "-", "－", "—", "——", "–", "‐", "‑", "‒", "―", "⁃", "−", "─", "━", "┄", "┈", "╌", "╴", "➖", "⸺",
            "ー", "ｰ", "ㅡ", "一", "﹣", "﹘", "＿", "_", "~", "～", "〜", "〰", "¯", "ˉ", "￣", "‾", "﹉",
            "⁓", "⁻", "₋", "˗",
        ] {
            for typed in [dash.to_owned(), format!(" {dash} "), dash.repeat(2)] {
                let typed = number.as_str().replace('-', &typed);
                assert_eq!(
                    typed.parse(),
                    Ok(number.clone()),
                    "{dash} U+{:04X}",
                    u32::from(dash.chars().next().expect("a sign"))
                );
            }
        }
    }

    #[test]
    fn parts_of_numbers_are_sought_as_they_are_typed() {
        for (typed, sought) in [
            ("２０２６－k3m8q", Some("2026K3M8Q")),
            (" 0042 - r", Some("0042R")),
            ("oo42", Some("0042")),
            ("王晓兰", None),
            (" - ", None),
        ] {
            assert_eq!(SerialNumber::sought(typed).as_deref(), sought, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_always_caught(
            code in "20[0-9]{2}-[A-Z0-9]{2,8}", ordinal in 1_u32..100_000, place: prop::sample::Index, other in "[A-Z0-9]",
        ) {
            let serial = SerialNumber::new(&TrainingCode::parse(&code).expect("a code"), ordinal).to_string();
            prop_assert_eq!(serial.parse::<SerialNumber>().map(String::from), Ok(serial.clone()));
            let place = place.index(serial.len());
            let mut wrong = serial.clone();
            wrong.replace_range(place..=place, &other);
            // Two signs that look alike are one, also the check character: what is read then is the number itself, or one whose check
            // character looks like the one that was typed.
            if let Ok(read) = wrong.parse::<SerialNumber>() {
                let check = |number: &str| number.chars().next_back().map(folded_sign);
                let alike = folded(&wrong) == folded(&serial);
                prop_assert!(alike || (read.as_str() != wrong && check(read.as_str()) == check(&wrong)), "{} for {}", wrong, serial);
            }
        }
    }
}
