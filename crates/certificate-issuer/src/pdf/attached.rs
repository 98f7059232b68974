//! Takes the signed credential out of a PDF again. The file may be anything: it is looked through, never trusted.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// A credential has some 3 kB; nothing longer than this is read.
const LONGEST: u64 = 64 * 1024;
/// How far before its stream an object's dictionary may begin.
const DICTIONARY: usize = 2048;

/// The first embedded file of a PDF that reads as a compact JWT.
pub fn attached(pdf: &[u8]) -> Option<String> {
    let mut from = 0;
    while let Some(at) = find(&pdf[from..], b"stream").map(|at| from + at) {
        from = at + b"stream".len();
        if pdf[..at].ends_with(b"end") {
            continue;
        }
        let dictionary = dictionary_before(pdf, at);
        if find(dictionary, b"/EmbeddedFile").is_none() {
            continue;
        }
        let data = stream_after(pdf, from);
        let bytes = if find(dictionary, b"/FlateDecode").is_some() {
            inflate(data)
        } else {
            data.iter().copied().take(usize::try_from(LONGEST).unwrap_or(0)).collect()
        };
        if let Some(token) = String::from_utf8(bytes).ok().map(|text| text.trim().to_owned())
            && is_compact_token(&token)
        {
            return Some(token);
        }
    }
    None
}

/// The text between the last `obj` and the keyword `stream`.
fn dictionary_before(pdf: &[u8], at: usize) -> &[u8] {
    let start = at.saturating_sub(DICTIONARY);
    let window = &pdf[start..at];
    let object = window.windows(4).rposition(|four| four == b"obj\n" || four == b"obj\r" || four == b"obj ");
    &window[object.unwrap_or(0)..]
}

fn stream_after(pdf: &[u8], from: usize) -> &[u8] {
    let rest = &pdf[from..];
    let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    &rest[..find(rest, b"endstream").unwrap_or(rest.len())]
}

/// What can be inflated, up to the limit; rubbish behind it does not matter.
fn inflate(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let _broken_end = ZlibDecoder::new(data).take(LONGEST).read_to_end(&mut out);
    out
}

fn is_compact_token(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    text.split('.').count() == 3 && text.split('.').all(is_part)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::Addresses;
    use crate::model::VerifyKey;
    use crate::pdf::{FontFiles, Printer};
    use crate::sample;
    use proptest::prelude::*;

    const TOKEN: &str = "eyJ0eXAiOiJKV1QifQ.eyJ9.c2ln";

    #[test]
    fn our_own_paper_gives_its_credential_back() {
        let certificate = sample::certificate();
        let addresses = Addresses::below("https://lingxue.example.org").expect("a base");
        let address = addresses.verify(&certificate.serial, VerifyKey::from_random([1, 2, 3, 4, 5]));
        let files = FontFiles::find(&[]).expect("a Chinese font: install fonts-noto-cjk");
        let printer = Printer::open(&files).expect("a usable font");
        let pdf = printer.print(&certificate, &address, TOKEN).expect("printed");
        assert_eq!(attached(&pdf).as_deref(), Some(TOKEN));
    }

    #[test]
    fn plain_stream_is_read_and_other_streams_are_passed_over() {
        let pdf = format!(
            "%PDF-1.7\n1 0 obj\n<< /Length 3 >>\nstream\na.b\nendstream\nendobj\n\
             2 0 obj\n<< /Type /EmbeddedFile /Length 28 >>\nstream\r\n{TOKEN}\nendstream\nendobj\n"
        );
        assert_eq!(attached(pdf.as_bytes()).as_deref(), Some(TOKEN));
        assert_eq!(attached(b"%PDF-1.7\n1 0 obj\n<<>>\nstream\na.b.c\nendstream"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400), cut in 0..400_usize) {
            let mut pdf = b"%PDF-1.7\n1 0 obj<</Type/EmbeddedFile/Filter/FlateDecode>>stream\n".to_vec();
            pdf.extend(&bytes);
            pdf.extend(b"endstream");
            pdf.truncate(cut.min(pdf.len()).max(1));
            prop_assert!(attached(&pdf).is_none_or(|token| is_compact_token(&token)));
        }
    }
}
