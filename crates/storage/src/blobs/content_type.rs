//! What a file is, decided from its bytes and never from the sender's word.

/// How much of the start of a file is looked at.
pub(super) const HEAD_BYTES: usize = 64 * 1024;

/// What one use of files accepts. Each area states its own as a constant.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Whose files these are, such as `course_library`.
    pub area: &'static str,
    pub most_bytes: u64,
    /// Content types, such as `video/mp4`. `text/plain` stands for any UTF-8 text without control characters that
    /// is not markup; nothing that a browser would run may be listed.
    pub content_types: &'static [&'static str],
}

pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

/// The content type of a file that starts with `head`; nothing when it is none that we know.
pub(super) fn content_type(head: &[u8]) -> Option<&'static str> {
    match infer::get(head).map(|t| t.mime_type()) {
        Some("application/zip") => Some(office_document(head).unwrap_or("application/zip")),
        Some(known) => Some(known),
        None if head.starts_with(b"WEBVTT") && is_text(head) => Some("text/vtt"),
        None => is_text(head).then_some("text/plain"),
    }
}

/// Office documents are zip files; writers differ in which entry comes first, so every entry of the head is asked.
fn office_document(head: &[u8]) -> Option<&'static str> {
    const NAME_OFFSET: usize = 30;
    head.windows(4).enumerate().filter(|(_, signature)| signature == b"PK\x03\x04").find_map(|(at, _)| {
        let name = head.get(at + NAME_OFFSET..)?;
        [(&b"word/"[..], DOCX), (b"xl/", XLSX), (b"ppt/", PPTX)]
            .into_iter()
            .find_map(|(folder, content_type)| name.starts_with(folder).then_some(content_type))
    })
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

    fn zip_entry(name: &str) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.resize(30, 0);
        bytes.extend_from_slice(name.as_bytes());
        bytes
    }

    #[test]
    fn bytes_decide_what_a_file_is() {
        let mp4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41";
        let odd_order = [zip_entry("customXml/item1.xml"), zip_entry("xl/workbook.xml")].concat();
        for (head, expected) in [
            (&mp4[..], Some("video/mp4")),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some("image/png")),
            (b"%PDF-1.7\n", Some("application/pdf")),
            (&odd_order, Some(XLSX)),
            (&zip_entry("notes.txt"), Some("application/zip")),
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
