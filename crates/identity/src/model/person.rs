//! What is known of a person, as it is entered.

use kernel::id::OrgUnitId;
use storage::words;

use super::identity_number::IdentityNumber;
use super::phone::Phone;

words! {
    pub enum Gender {
        Female = "female",
        Male = "male",
    }
}

/// Everything about a person but their account. Numbers that are absent in a change stay as they are stored.
#[derive(Debug, Clone, Default)]
pub struct Particulars {
    pub name: String,
    pub phone: Option<Phone>,
    pub identity_number: Option<IdentityNumber>,
    pub org_unit: Option<OrgUnitId>,
    pub gender: Option<Gender>,
    pub subject: Option<String>,
    pub professional_title: Option<String>,
    pub teaching_since: Option<i64>,
}

/// Which of a person's numbers a change takes away.
#[derive(Debug, Clone, Copy, Default)]
pub struct Removed {
    pub phone: bool,
    pub identity_number: bool,
}

/// An account name: what somebody may type instead of a phone number. It is never mistaken for one.
pub fn is_account_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    (3..=40).contains(&bytes.len())
        && bytes[0].is_ascii_lowercase()
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(b))
}

/// First and last years that somebody may have started to teach in.
pub const EARLIEST_YEAR: i64 = 1950;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_names_are_never_phone_numbers() {
        assert!(is_account_name("lx1234567") && is_account_name("wang.xiaoming"));
        for wrong in ["", "ab", "13812345678", "Wang", "王小明", "a b c", "-abc"] {
            assert!(!is_account_name(wrong), "{wrong}");
        }
    }
}
