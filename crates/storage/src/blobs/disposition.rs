//! How a browser is told to treat a file: show it or save it, and under which name.

use serde::{Deserialize, Serialize};

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

    /// The value of `Content-Disposition` (RFC 6266): an ASCII name for old clients, then the real one in UTF-8.
    pub fn header(self, file_name: &str) -> String {
        use std::fmt::Write as _;
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

/// The last part of what a sender called a file, without control characters, at most 120 characters.
pub(super) fn tidy_file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control() && !is_direction_mark(*c)).collect();
    let clean = clean.trim().trim_start_matches('.');
    let long = clean.chars().count().saturating_sub(MOST_CHARS);
    // The end of a long name goes on: it says what kind of file it is.
    let kept: String = clean.chars().skip(long).collect();
    if kept.is_empty() { "file".to_owned() } else { kept }
}

const MOST_CHARS: usize = 120;

/// Marks that turn the direction of writing can make `exe` look like another ending.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_only_names() {
        for (sent, kept) in [
            ("教案.docx", "教案.docx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\li\\photo.jpg", "photo.jpg"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            (".htaccess", "htaccess"),
            ("  ", "file"),
            ("", "file"),
        ] {
            assert_eq!(tidy_file_name(sent), kept, "{sent:?}");
        }
        let long = format!("{}.docx", "课".repeat(300));
        let tidy = tidy_file_name(&long);
        assert!(tidy.ends_with("课.docx") && tidy.chars().count() == MOST_CHARS);
    }

    #[test]
    fn header_holds_both_forms_of_a_name() {
        assert_eq!(
            Disposition::Attachment.header("教案 1.pdf"),
            "attachment; filename=\"___1.pdf\"; filename*=UTF-8''%E6%95%99%E6%A1%88%201.pdf"
        );
        assert!(!Disposition::Inline.header("a\"; x=\"y").contains("x=\"y"));
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
