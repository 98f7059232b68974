//! What a file is called when it is given out: no more than a name, with the ending of what the file is.

use super::content_type::{DOCX, PPTX, XLSX};

/// In bytes, since that is what file systems count; a little less than they take, as browsers add to it.
const MOST_BYTES: usize = 200;

/// The name under which a file of this type is given out, for whatever somebody called it.
///
/// Invariant: its ending is that of the type, so that a system that goes by endings opens nothing but what the bytes were found to be.
pub fn file_name(name: &str, content_type: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !is_unseen(*c)).map(allowed).collect();
    let clean = clean.trim_start_matches(is_edge).trim_end_matches(is_edge);
    let endings = endings(content_type);
    let (base, ending) = split(clean);
    let ending = endings.iter().copied().find(|own| ending.eq_ignore_ascii_case(own)).unwrap_or(endings[0]);
    let base = base.trim_end_matches(is_edge);
    let base = if base.is_empty() { "file" } else { base };
    let mark = if is_device(base) { "_" } else { "" };
    let base = cut(base, MOST_BYTES - mark.len() - 1 - ending.len());
    format!("{mark}{}.{ending}", base.trim_end_matches(is_edge))
}

/// The endings of a type, without the dot; the first is the usual one.
fn endings(content_type: &str) -> &'static [&'static str] {
    match content_type {
        "application/pdf" => &["pdf"],
        DOCX => &["docx"],
        XLSX => &["xlsx"],
        PPTX => &["pptx"],
        "application/zip" => &["zip"],
        "application/vc+jwt" => &["jwt"],
        "image/jpeg" => &["jpg", "jpeg"],
        "image/png" => &["png"],
        "image/webp" => &["webp"],
        "image/gif" => &["gif"],
        "audio/mpeg" => &["mp3"],
        "audio/m4a" => &["m4a"],
        "video/mp4" => &["mp4"],
        "text/vtt" => &["vtt"],
        "text/plain" => &["txt"],
        // Which no system opens by itself.
        _ => &["bin"],
    }
}

/// Before and after the last dot. What does not look like an ending belongs to the name: `1.5` and `第3.5周` lose nothing.
fn split(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((base, ending))
            if ending.len() <= 10
                && ending.starts_with(|c: char| c.is_ascii_alphabetic())
                && ending.chars().all(|c| c.is_ascii_alphanumeric()) =>
        {
            (base, ending)
        }
        _ => (name, ""),
    }
}

/// The start of a text, at most so many bytes and no half character.
fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// What is not seen and yet tells names apart or turns them around: control characters, marks of direction, of no width and of tags.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Signs that Windows gives a meaning: a colon would name another stream of the file.
fn allowed(c: char) -> char {
    if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c }
}

/// Windows takes dots and spaces off the end of a name; one at its start hides the file elsewhere.
fn is_edge(c: char) -> bool {
    c == '.' || c.is_whitespace()
}

/// Names that Windows keeps for devices, whatever follows their first dot.
fn is_device(base: &str) -> bool {
    let stem = base.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered.is_some_and(|rest| {
            let mut rest = rest.chars();
            let number = rest.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'));
            number && rest.next().is_none()
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_only_names_and_end_as_what_they_are() {
        for (sent, content_type, kept) in [
            ("教案.docx", DOCX, "教案.docx"),
            ("照片.JPEG", "image/jpeg", "照片.jpeg"),
            ("作业.hta", "application/pdf", "作业.pdf"),
            ("a.bat", "text/plain", "a.txt"),
            ("a.html", "text/plain", "a.txt"),
            ("a.js", "image/png", "a.png"),
            ("a.lnk", DOCX, "a.docx"),
            ("作业.jar", "application/zip", "作业.zip"),
            ("a.pdf.exe. .", "application/pdf", "a.pdf.pdf"),
            ("a.png", "application/x-strange", "a.bin"),
            ("第3.5周", "text/plain", "第3.5周.txt"),
            ("1.5", "text/plain", "1.5.txt"),
            ("../../etc/passwd", "text/plain", "passwd.txt"),
            ("C:\\Users\\li\\photo.jpg", "image/jpeg", "photo.jpg"),
            ("a.txt:b.pdf", "application/pdf", "a.txt_b.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "application/pdf", "aSet-Cookie_ x.pdf"),
            ("invoice\u{202e}fdp.exe", "application/pdf", "invoicefdp.pdf"),
            ("n\0\u{200b}\u{2066}.png", "image/png", "n.png"),
            (".htaccess", "text/plain", "htaccess.txt"),
            ("教案 .. .pdf", "application/pdf", "教案.pdf"),
            ("CON", "text/plain", "_CON.txt"),
            ("nul.tar.png", "image/png", "_nul.tar.png"),
            ("Lpt1 .pdf", "application/pdf", "_Lpt1.pdf"),
            ("com²", "application/pdf", "_com².pdf"),
            ("company.pdf", "application/pdf", "company.pdf"),
            ("  ", "text/plain", "file.txt"),
            ("..", "text/plain", "file.txt"),
            ("", "application/pdf", "file.pdf"),
        ] {
            assert_eq!(file_name(sent, content_type), kept, "{sent:?}");
        }
    }

    #[test]
    fn long_names_keep_whole_characters_and_their_ending() {
        let long = file_name(&format!("{}.docx", "课".repeat(300)), DOCX);
        assert_eq!(long, format!("{}.docx", "课".repeat(65)));
        assert_eq!(file_name(&"x".repeat(5000), "text/plain").len(), MOST_BYTES);
    }

    proptest! {
        #[test]
        fn whatever_it_was_called_it_is_a_name_and_stays_it(name in "\\PC{0,80}", dots in "[a-zA-Z. /:\\\\]{0,300}") {
            for sent in [&name, &dots, &format!("{dots}{name}")] {
                let given = file_name(sent, DOCX);
                let ending = given.rsplit('.').next();
                prop_assert_eq!(ending, Some("docx"));
                prop_assert!(given.len() <= MOST_BYTES);
                prop_assert!(!given.contains(['/', '\\', ':']) && !given.starts_with('.'));
                prop_assert_eq!(file_name(&given, DOCX), given);
            }
        }
    }
}
