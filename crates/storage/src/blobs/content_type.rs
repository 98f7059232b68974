//! What a file is, decided from its bytes and never from the sender's word.

use super::shares::Share;

/// How much of the start of a file is looked at.
pub(super) const HEAD_BYTES: usize = 64 * 1024;

/// What one use of files accepts. Each area states its own as a constant.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Whose files these are, such as `course_library`.
    pub area: &'static str,
    pub most_bytes: u64,
    /// What one person may send of it in a day.
    pub share: Share,
    /// Content types, such as `video/mp4`. `text/plain` stands for any UTF-8 text without control characters that
    /// is not markup; nothing that a browser would run may be listed.
    pub content_types: &'static [&'static str],
}

impl Limits {
    pub(super) fn accepts(&self, content_type: &str) -> bool {
        self.content_types.contains(&content_type)
    }

    pub(super) fn accepts_documents(&self) -> bool {
        [DOCX, XLSX, PPTX].iter().any(|document| self.accepts(document))
    }
}

pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

pub(super) const ZIP: &str = "application/zip";

/// The content type of a file that starts with `head`; nothing when it is none that we know. An archive is told from an office document
/// by its end alone.
pub(super) fn content_type(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"PK\x03\x04") {
        return Some(ZIP);
    }
    match infer::get(head).map(|t| t.mime_type()) {
        Some(known) => Some(known),
        None if head.starts_with(b"WEBVTT") && is_text(head) => Some("text/vtt"),
        None => is_text(head).then_some("text/plain"),
    }
}

fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end in the middle of a character; a wrong byte before that is another matter.
        Err(e) if e.error_len().is_none() => {
            std::str::from_utf8(&head[..e.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty() && text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_what_a_file_is() {
        let mp4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41";
        for (head, expected) in [
            (&mp4[..], Some("video/mp4")),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some("image/png")),
            (b"%PDF-1.7\n", Some("application/pdf")),
            (b"PK\x03\x04..........................word/document.xml", Some(ZIP)),
            (b"WEBVTT\n\n00:00.000 --> 00:02.000\n", Some("text/vtt")),
            ("本周任务：复式教学\n".as_bytes(), Some("text/plain")),
            (&"周".as_bytes()[..2], None),
            (b"<!DOCTYPE html><script>alert(1)</script>", Some("text/html")),
            (b"<?xml version=\"1.0\"?><svg/>", Some("text/xml")),
            (b"MZ\x90\0", Some("application/vnd.microsoft.portable-executable")),
            (b"plain but \0 not", None),
            (b"\xff\xfe\xfd", None),
            (b"", None),
        ] {
            assert_eq!(content_type(head), expected, "{}", String::from_utf8_lossy(head));
        }
    }
}
