//! What each key is for, and how its file is called.

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Seals phones and identity numbers.
    Personal,
    /// Finds them by a keyed hash. Its hashes are stored, so there is one for ever.
    Lookup,
    /// Signs addresses of files, which are good for days. There is one.
    Address,
    /// Signs access tokens.
    Token,
    /// Signs what the heads of the audit chains were.
    Audit,
}

impl Purpose {
    pub const ALL: [Self; 5] = [Self::Personal, Self::Lookup, Self::Address, Self::Token, Self::Audit];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Lookup => "lookup",
            Self::Address => "address",
            Self::Token => "token",
            Self::Audit => "audit",
        }
    }

    /// Whether a new key can take over from an older one.
    pub const fn rotates(self) -> bool {
        match self {
            Self::Personal | Self::Token | Self::Audit => true,
            Self::Lookup | Self::Address => false,
        }
    }

    pub(super) fn file_name(self, number: u8) -> String {
        if self.rotates() { format!("{}-{number}.key", self.name()) } else { format!("{}.key", self.name()) }
    }

    /// The number of a key by the name of its file.
    pub(super) fn number(self, file_name: &str) -> Option<u8> {
        let name = file_name.strip_suffix(".key")?;
        if !self.rotates() {
            return (name == self.name()).then_some(1);
        }
        let digits = name.strip_prefix(self.name())?.strip_prefix('-')?;
        digits.parse().ok().filter(|number: &u8| *number > 0 && number.to_string() == digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_agree() {
        for purpose in Purpose::ALL {
            assert_eq!(purpose.number(&purpose.file_name(1)), Some(1), "{purpose:?}");
            for name in [
                "",
                ".key",
                "x-1.key",
                "personal-0.key",
                "personal-01.key",
                "token-+1.key",
                "audit-256.key",
                "lookup-1.key",
            ] {
                assert_eq!(purpose.number(name), None, "{purpose:?} {name}");
            }
        }
        assert_eq!(Purpose::Personal.number("personal-17.key"), Some(17));
    }
}
