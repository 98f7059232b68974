//! An error with all that stands behind it, as one text.

use std::error::Error;
use std::fmt;

/// For log lines: what writes them as JSON tells only the outermost error by itself.
pub struct Causes<'e>(pub &'e (dyn Error + 'static));

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut told = self.0;
        while let Some(cause) = told.source() {
            write!(f, ": {cause}")?;
            told = cause;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_is_told_too() {
        let inner = std::io::Error::other("the disk is full");
        let outer = std::io::Error::other(Wrapped(inner));
        assert_eq!(Causes(&outer).to_string(), "it was not written: the disk is full");
    }

    #[derive(Debug)]
    struct Wrapped(std::io::Error);

    impl fmt::Display for Wrapped {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("it was not written")
        }
    }

    impl Error for Wrapped {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }
}
