//! How a browser is told to treat a file: show it or save it, and under which name.

use serde::{Deserialize, Serialize};

use super::file_name::file_name;

/// Whether a file is shown where it is asked for, or saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Disposition {
    #[default]
    Inline,
    Attachment,
}

impl Disposition {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Inline => "inline",
            Self::Attachment => "attachment",
        }
    }

    /// Only what cannot act in a page is shown; everything else is saved, whatever was asked.
    pub fn for_type(self, content_type: &str) -> Self {
        let passive = [
            "image/png",
            "image/jpeg",
            "image/webp",
            "image/gif",
            "application/pdf",
            "text/vtt",
            "text/plain",
        ];
        let shown = content_type.starts_with("video/")
            || content_type.starts_with("audio/")
            || passive.contains(&content_type);
        if shown { self } else { Self::Attachment }
    }

    /// The value of `Content-Disposition` (RFC 6266): an ASCII name for old clients, then the real one in UTF-8. Whatever the file is
    /// called, it is given out under a [`file_name`] of its type.
    pub fn header(self, name: &str, content_type: &str) -> String {
        use std::fmt::Write as _;
        let file_name = file_name(name, content_type);
        let ascii: String = file_name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' })
            .collect();
        let mut header = format!("{}; filename=\"{ascii}\"; filename*=UTF-8''", self.word());
        for byte in file_name.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
                header.push(char::from(byte));
            } else {
                // A String takes all that is written to it.
                let _ = write!(header, "%{byte:02X}");
            }
        }
        header
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_holds_both_forms_of_a_name() {
        assert_eq!(
            Disposition::Attachment.header("教案 1.exe", "application/pdf"),
            "attachment; filename=\"___1.pdf\"; filename*=UTF-8''%E6%95%99%E6%A1%88%201.pdf"
        );
        assert!(!Disposition::Inline.header("a\"; x=\"y", "text/plain").contains("x=\"y"));
    }

    #[test]
    fn what_could_act_in_a_page_is_never_shown() {
        for shown in ["video/mp4", "image/png", "application/pdf", "text/vtt"] {
            assert_eq!(Disposition::Inline.for_type(shown), Disposition::Inline, "{shown}");
        }
        for saved in ["text/html", "image/svg+xml", "application/zip", "text/xml"] {
            assert_eq!(Disposition::Inline.for_type(saved), Disposition::Attachment, "{saved}");
        }
    }
}
