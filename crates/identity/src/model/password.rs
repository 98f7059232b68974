//! Which passwords are too easy to guess for this person?

/// Fewest and most characters.
pub const SHORTEST: usize = 10;
pub const LONGEST: usize = 128;
const FEWEST_DIFFERENT: usize = 5;

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    #[error("shorter than {SHORTEST} characters")]
    TooShort,
    #[error("longer than {LONGEST} characters")]
    TooLong,
    #[error("among the first that are tried")]
    Common,
    #[error("made of what is known about the person")]
    Personal,
}

/// What others know of a person, and so try.
#[derive(Debug, Clone, Default)]
pub struct Known<'a> {
    pub name: &'a str,
    pub account_name: &'a str,
    pub phone: Option<&'a str>,
    pub identity_number: Option<&'a str>,
}

const COMMON: [&str; 24] = [
    "1234567890",
    "12345678910",
    "123456789a",
    "a123456789",
    "0123456789",
    "0987654321",
    "9876543210",
    "1122334455",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "qwertyuiop",
    "qwerty12345",
    "asdfghjkl",
    "abcdefghij",
    "abc1234567",
    "password",
    "passw0rd",
    "iloveyou",
    "woaini1314",
    "5201314",
    "lingxue",
    "admin12345",
    "administrator",
    "letmein",
];

/// Length, a list of the most tried, and what is known of the person; no rules of composition.
pub fn check(password: &str, known: &Known<'_>) -> Result<(), WeakPassword> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(WeakPassword::TooShort);
    }
    if length > LONGEST {
        return Err(WeakPassword::TooLong);
    }
    let lower = password.to_lowercase();
    let different = lower.chars().collect::<std::collections::BTreeSet<_>>().len();
    if different < FEWEST_DIFFERENT || rest_is_short(&lower, COMMON.iter().copied()) || is_a_run(&lower) {
        return Err(WeakPassword::Common);
    }
    let mut personal: Vec<String> = vec![known.account_name.to_lowercase(), known.name.to_lowercase()];
    for number in [known.phone, known.identity_number].into_iter().flatten() {
        personal.push(number.to_lowercase());
        // "The last six or eight" is what first passwords used to be.
        personal.extend(
            [8, 6].iter().filter_map(|n| number.len().checked_sub(*n)).map(|at| number[at..].to_lowercase()),
        );
    }
    if rest_is_short(&lower, personal.iter().map(String::as_str)) {
        return Err(WeakPassword::Personal);
    }
    Ok(())
}

/// What is left when the known words are cut out is all that must be guessed; fewer than six characters are too few.
fn rest_is_short<'a>(password: &str, words: impl Iterator<Item = &'a str>) -> bool {
    let mut rest = password.to_owned();
    let mut found = false;
    for word in words.filter(|word| word.chars().count() >= 2) {
        if rest.contains(word) {
            found = true;
            rest = rest.replace(word, "");
        }
    }
    found && rest.chars().count() < 6
}

/// Each character follows the one before by the same small step: `2345678901`, `ihgfedcba…`.
fn is_a_run(password: &str) -> bool {
    let codes: Vec<i64> = password.chars().map(|c| i64::from(u32::from(c))).collect();
    let steps: Vec<i64> = codes.windows(2).map(|pair| (pair[1] - pair[0]).rem_euclid(10)).collect();
    steps.windows(2).all(|pair| pair[0] == pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Known<'_> = Known {
        name: "王小明",
        account_name: "lx1234567",
        phone: Some("13812345678"),
        identity_number: Some("629900198005010021"),
    };

    #[test]
    fn what_is_tried_first_is_refused() {
        for (password, why) in [
            ("short", WeakPassword::TooShort),
            ("1234567890", WeakPassword::Common),
            ("Password123", WeakPassword::Common),
            ("aaaaaaaaaaaa", WeakPassword::Common),
            ("3456789012", WeakPassword::Common),
            ("13812345678", WeakPassword::Personal),
            ("lx1234567!!", WeakPassword::Personal),
            ("王小明13812345678", WeakPassword::Personal),
            ("010021abcde", WeakPassword::Personal),
        ] {
            assert_eq!(check(password, &KNOWN), Err(why), "{password}");
        }
        assert_eq!(check(&"长".repeat(129), &KNOWN), Err(WeakPassword::TooLong));
    }

    #[test]
    fn a_sentence_is_welcome() {
        for good in [
            "山里的孩子也能看见大海",
            "correct horse battery",
            "zuotian-xiayu-le",
            "王小明 teaches two grades",
        ] {
            assert_eq!(check(good, &KNOWN), Ok(()), "{good}");
        }
    }
}
