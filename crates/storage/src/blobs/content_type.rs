//! What a file is, decided from its bytes and never from the sender's word.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::shares::Share;

/// How much of the start of a file is looked at.
pub const HEAD_BYTES: usize = 64 * 1024;

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

pub(super) const TEXT: &str = "text/plain";
pub(super) const ZIP: &str = "application/zip";

/// What Office and WPS wrote before their files were archives (`.doc`, `.wps`, `.xls`, `.et`, `.ppt`, `.dps`). Never accepted.
pub const OLD_OFFICE: &str = "application/x-ole-storage";
/// Texts in another encoding than UTF-8: taken where texts are, as UTF-8.
pub const GB_TEXT: &str = "text/plain; charset=gb18030";
pub const UTF16_TEXT: &str = "text/plain; charset=utf-16";

/// The content type of a file that starts with `head`; nothing when it is none that we know. An archive is told from an office document
/// by its end alone.
pub fn content_type(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"PK\x03\x04") {
        return Some(ZIP);
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(OLD_OFFICE);
    }
    let known = infer::get(head).map(|t| t.mime_type());
    match known {
        // Two letters are enough for some kinds (`BM` for a picture), and no file of such a kind is text throughout.
        Some(known) if !is_written(known) && text_type(head).is_some() => text_type(head),
        Some(known) => Some(known),
        None if head.get(4..10) == Some(b"ftyp3g") => Some("video/3gpp"),
        None => text_type(head),
    }
}

/// Whether files of a kind consist of signs that can be read, at least at their start.
fn is_written(content_type: &str) -> bool {
    let written = ["application/pdf", "application/postscript", "application/rtf"];
    content_type.starts_with("text/") || written.contains(&content_type)
}

fn text_type(head: &[u8]) -> Option<&'static str> {
    if is_text(head) {
        let is_vtt = head.strip_prefix(MARK).unwrap_or(head).starts_with(b"WEBVTT");
        return Some(if is_vtt { "text/vtt" } else { TEXT });
    }
    if is_utf16_text(head) {
        return Some(UTF16_TEXT);
    }
    is_gb_text(head).then_some(GB_TEXT)
}

/// How a text is written whose first character beyond ASCII stands at the beginning.
pub(super) fn encoding_of(head: &[u8]) -> &'static Encoding {
    if !is_text(head) && is_gb_text(head) { GB18030 } else { UTF_8 }
}

/// What some editors put before a text in UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether a text of Windows' own editor begins with the mark of its encoding.
fn is_utf16_text(head: &[u8]) -> bool {
    let unit: fn([u8; 2]) -> u16 = match head {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return false,
    };
    let (mut pairs, rest) = head[2..].as_chunks::<2>();
    // The head may end in the middle of a character.
    if let [.., last] = pairs
        && head.len() == HEAD_BYTES
        && (0xD800..0xDC00).contains(&unit(*last))
    {
        pairs = &pairs[..pairs.len() - 1];
    }
    let mut signs = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    !pairs.is_empty() && rest.is_empty() && signs.all(|sign| sign.is_ok_and(|sign| !bars_text(sign)))
}

/// Whether bytes have the form of a text in GBK or GB 18030: characters of two bytes, or of four with digits between.
fn is_gb_text(head: &[u8]) -> bool {
    let (mut rest, mut has_han) = (head, false);
    loop {
        rest = match rest {
            [] => return has_han,
            [byte, after @ ..] if byte.is_ascii() && !bars_text(char::from(*byte)) => after,
            // The head may end in the middle of a character.
            [0x81..=0xFE] | [0x81..=0xFE, b'0'..=b'9'] | [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE] => {
                return has_han;
            }
            [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, after @ ..]
            | [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', after @ ..] => {
                has_han = true;
                after
            }
            _ => return false,
        };
    }
}

fn bars_text(sign: char) -> bool {
    sign.is_control() && !matches!(sign, '\t' | '\n' | '\r')
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
    !text.is_empty() && !text.chars().any(bars_text)
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
            (&"周".as_bytes()[..1], None),
            (b"<!DOCTYPE html><script>alert(1)</script>", Some("text/html")),
            (b"<?xml version=\"1.0\"?><svg/>", Some("text/xml")),
            (b"MZ\x90\0", Some("application/vnd.microsoft.portable-executable")),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0", Some(OLD_OFFICE)),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Some("image/heif")),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", Some("video/quicktime")),
            (b"\0\0\0\x18ftyp3gp4\0\0\0\0isom3gp4", Some("video/3gpp")),
            (b"\xCE\xD2\xB5\xC4\xB7\xB4\xCB\xBC\xA3\xAC2026\r\n", Some(GB_TEXT)),
            (b"\xCE\xD2\x81\x30\x81\x30\xB5", Some(GB_TEXT)),
            (b"\xCE\xD2\x00\xB5", None),
            (b"\xCE\x20\xB5\xC4", None),
            (b"\xFF\xFE\x11\x62\x84\x76", Some(UTF16_TEXT)),
            (b"\xFF\xFE\x11\x62\x00\x00", None),
            (b"plain but \0 not", None),
            (b"BM25 is a ranking function\r\n", Some(TEXT)),
            (b"BM\xCE\xD2\xB5\xC4\r\n", Some(GB_TEXT)),
            (b"II*MMGIF89a ID3 OggS \xe5\x91\xa8", Some(TEXT)),
            (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00", Some("image/bmp")),
            (b"{\\rtf1\\ansi hello}", Some("application/rtf")),
            (b"\xEF\xBB\xBFWEBVTT\n\n00:00.000 --> 00:02.000\n", Some("text/vtt")),
            (b"\xff\xfe\xfd", None),
            (b"", None),
        ] {
            assert_eq!(content_type(head), expected, "{}", String::from_utf8_lossy(head));
        }
    }
}
