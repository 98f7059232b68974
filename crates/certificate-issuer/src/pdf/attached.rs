//! Takes the signed credential out of a PDF again. The file may be anything: it is looked through, never trusted.
//!
//! Budget: the file is walked through once, from its first byte to its last. Each byte is compared at most once for each keyword and
//! given at most once to a decoder; of at most [`MOST_ATTACHMENTS`] streams at most [`LONGEST`] bytes come out.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// A credential has some 3 kB; nothing longer than this is read.
const LONGEST: usize = 64 * 1024;
/// A certificate has one attachment; a file with more than this is not one of ours.
const MOST_ATTACHMENTS: usize = 16;

/// The first embedded file of a PDF that reads as a compact JWT.
pub fn attached(pdf: &[u8]) -> Option<String> {
    Search::new(pdf).token()
}

/// One walk through a file.
struct Search<'a> {
    pdf: &'a [u8],
    at: usize,
    /// What the dictionary says that is open here.
    dictionary: Dictionary,
    attachments: usize,
    /// Bytes looked at or brought forth so far: what the budget is about.
    steps: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Dictionary {
    embeds: bool,
    deflates: bool,
}

impl<'a> Search<'a> {
    fn new(pdf: &'a [u8]) -> Self {
        Self { pdf, at: 0, dictionary: Dictionary::default(), attachments: 0, steps: 0 }
    }

    fn token(&mut self) -> Option<String> {
        while self.at < self.pdf.len() && self.attachments < MOST_ATTACHMENTS {
            if let Some(bytes) = self.step()
                && let Ok(text) = String::from_utf8(bytes)
                && is_compact_token(text.trim())
            {
                return Some(text.trim().to_owned());
            }
        }
        None
    }

    /// Goes one keyword or one byte on; the content of an embedded file, if one begins here.
    fn step(&mut self) -> Option<Vec<u8>> {
        if self.skip(b"endstream") || self.skip(b"obj") {
            // `endobj` ends a dictionary as well as `obj` begins one.
            self.dictionary = Dictionary::default();
        } else if self.skip(b"/EmbeddedFile") {
            self.dictionary.embeds = true;
        } else if self.skip(b"/FlateDecode") {
            self.dictionary.deflates = true;
        } else if self.skip(b"stream") {
            let said = std::mem::take(&mut self.dictionary);
            return said.embeds.then(|| self.content(said.deflates));
        } else {
            self.at += 1;
            self.steps += 1;
        }
        None
    }

    fn skip(&mut self, keyword: &[u8]) -> bool {
        let found = self.pdf[self.at..].starts_with(keyword);
        if found {
            self.at += keyword.len();
            self.steps += keyword.len();
        }
        found
    }

    /// The stream that begins here, up to the limit. The walk goes on behind what was read, so that no byte is read for two streams.
    fn content(&mut self, deflates: bool) -> Vec<u8> {
        self.attachments += 1;
        let rest = &self.pdf[self.at..];
        let line_end = if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n")) };
        let rest = &rest[line_end..];
        let window = &rest[..rest.len().min(LONGEST)];
        let window = &window[..find(window, b"endstream").unwrap_or(window.len())];
        self.at += line_end + window.len();
        let bytes = if deflates { inflate(window) } else { window.to_vec() };
        self.steps += line_end + window.len() + bytes.len();
        bytes
    }
}

/// What can be inflated, up to the limit; rubbish behind it does not matter.
fn inflate(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let _broken_end = ZlibDecoder::new(data).take(LONGEST as u64).read_to_end(&mut out);
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
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use proptest::prelude::*;
    use std::io::Write;

    const TOKEN: &str = "eyJ0eXAiOiJKV1QifQ.eyJ9.c2ln";

    /// What a file may cost: its length once, and what few streams may bring forth.
    fn budget(pdf: &[u8]) -> usize {
        pdf.len() + MOST_ATTACHMENTS * LONGEST
    }
    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(bytes).expect("in memory");
        zlib.finish().expect("in memory")
    }
    fn object(dictionary: &str, content: &[u8]) -> Vec<u8> {
        let mut object = format!("1 0 obj\n<< {dictionary} >>\nstream\n").into_bytes();
        object.extend_from_slice(content);
        object.extend_from_slice(b"\nendstream\nendobj\n");
        object
    }

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

    #[test]
    fn credential_is_found_behind_other_attachments_but_not_behind_endlessly_many() {
        let other = object("/Type /EmbeddedFile /Filter /FlateDecode", &deflated(&vec![b'x'; 200_000]));
        let ours = object("/Type /EmbeddedFile /Filter /FlateDecode", &deflated(TOKEN.as_bytes()));
        let behind = |others: usize| [other.repeat(others), ours.clone()].concat();
        assert_eq!(attached(&behind(MOST_ATTACHMENTS - 1)).as_deref(), Some(TOKEN));
        assert_eq!(attached(&behind(MOST_ATTACHMENTS)), None);
    }

    #[test]
    fn a_file_made_of_keywords_costs_its_length() {
        let most = 2 * 1024 * 1024;
        let bomb = object("/EmbeddedFile /FlateDecode", &deflated(&vec![0; 10_000_000]));
        for shape in [
            &b"obj /EmbeddedFile stream "[..],
            b"obj /EmbeddedFile/FlateDecode stream\n",
            b"stream ",
            b"/EmbeddedFile ",
            b"/EmbeddedFil",
            b"endstrea",
            b"obj\n",
            &bomb,
        ] {
            let pdf: Vec<u8> = shape.iter().copied().cycle().take(most).collect();
            let mut search = Search::new(&pdf);
            assert_eq!(search.token(), None);
            assert!(search.steps <= budget(&pdf), "{} steps", search.steps);
        }
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

        /// Whatever keywords stand in whatever order, with whatever between them: linear work.
        #[test]
        fn every_file_stays_within_its_budget(
            pieces in prop::collection::vec(0..10_usize, 1..40), repeated in 1..400_usize, noise: u8,
        ) {
            let bomb = deflated(&vec![noise; 100_000]);
            let words: [&[u8]; 10] = [
                b"obj ", b"endobj ", b"stream\n", b"endstream ", b"/EmbeddedFile ", b"/FlateDecode ", b"<<", b"\r\n", &[noise], &bomb,
            ];
            let round: Vec<u8> = pieces.iter().flat_map(|piece| words[*piece].iter().copied()).collect();
            let pdf = round.repeat(repeated);
            let mut search = Search::new(&pdf);
            let _found = search.token();
            prop_assert!(search.steps <= budget(&pdf), "{} steps for {} bytes", search.steps, pdf.len());
            prop_assert!(search.attachments <= MOST_ATTACHMENTS);
        }
    }
}
