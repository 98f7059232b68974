//! A reason that the person concerned can read: never blank, never endless.

use std::fmt;
use std::str::FromStr;

use http_kit::wording::says_something;

/// Why an entry was returned or a certificate revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    pub const MOST_CHARACTERS: usize = 500;

    pub fn parse(text: &str) -> Result<Self, ReasonError> {
        let text = text.trim();
        if !says_something(text) {
            return Err(ReasonError::Empty);
        }
        if text.chars().count() > Self::MOST_CHARACTERS {
            return Err(ReasonError::TooLong);
        }
        Ok(Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reason {
    type Err = ReasonError;
    fn from_str(text: &str) -> Result<Self, ReasonError> {
        Self::parse(text)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReasonError {
    #[error("a reason is needed")]
    Empty,
    #[error("the reason has more than 500 characters")]
    TooLong,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reason_is_neither_blank_nor_endless() {
        assert_eq!(Reason::parse(" \n\u{3000}\u{200b}"), Err(ReasonError::Empty));
        assert_eq!(Reason::parse(&"由".repeat(501)), Err(ReasonError::TooLong));
        assert_eq!(Reason::parse(" 姓名有误 ").map(|r| r.to_string()), Ok("姓名有误".to_owned()));
    }
}
