//! Office documents are ZIP archives with certain parts. The archive's own directory, at its end, says which it has: any archive can be made
//! to look like one at its start.

use super::content_type::{DOCX, PPTX, XLSX};

/// The record that ends an archive lies within so many bytes of its end.
pub(super) const END_BYTES: u64 = 22 + 65_535;
/// A directory that is larger belongs to no document.
pub const MOST_DIRECTORY_BYTES: u64 = 2 * 1024 * 1024;

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";

/// Where an archive's directory begins and how long it is, read from the last bytes of a file of `size` bytes.
pub(super) fn directory(size: u64, tail: &[u8]) -> Option<(u64, u64)> {
    let at = tail.windows(END.len()).rposition(|four| four == END)?;
    let number = |offset: usize| {
        let four = tail.get(at + offset..at + offset + 4)?;
        Some(u64::from(u32::from_le_bytes(four.try_into().ok()?)))
    };
    let (length, start) = (number(12)?, number(16)?);
    let fits = start.checked_add(length).is_some_and(|end| end <= size);
    (fits && length > 0 && length <= MOST_DIRECTORY_BYTES).then_some((start, length))
}

/// What the parts that a directory names make of the archive; nothing when it is no document that we know.
pub fn document(directory: &[u8]) -> Option<&'static str> {
    let mut has_types = false;
    let mut found = None;
    let mut rest = directory;
    while rest.starts_with(ENTRY) {
        let short = |offset: usize| {
            let two = rest.get(offset..offset + 2)?;
            Some(usize::from(u16::from_le_bytes(two.try_into().ok()?)))
        };
        let (name, extra, comment) = (short(28)?, short(30)?, short(32)?);
        match rest.get(46..46 + name)? {
            b"[Content_Types].xml" => has_types = true,
            name => found = found.or_else(|| main_part(name)),
        }
        rest = rest.get(46 + name + extra + comment..)?;
    }
    found.filter(|_| has_types)
}

/// What a document's main part is called; some writers number it (`word/document2.xml`).
fn main_part(name: &[u8]) -> Option<&'static str> {
    let name = name.strip_suffix(b".xml")?;
    let name = &name[..name.len() - name.iter().rev().take_while(|byte| byte.is_ascii_digit()).count()];
    match name {
        b"word/document" => Some(DOCX),
        b"xl/workbook" => Some(XLSX),
        b"ppt/presentation" => Some(PPTX),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(names: &[&str]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for name in names {
            let mut entry = ENTRY.to_vec();
            entry.resize(46, 0);
            entry[28..30].copy_from_slice(&u16::try_from(name.len()).expect("short").to_le_bytes());
            entry.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(&entry);
        }
        bytes
    }

    #[test]
    fn real_parts_make_a_document() {
        const TYPES: &str = "[Content_Types].xml";
        for (names, expected) in [
            (&[TYPES, "_rels/.rels", "word/document.xml"][..], Some(DOCX)),
            (&["customXml/item1.xml", "xl/workbook.xml", TYPES], Some(XLSX)),
            (&[TYPES, "ppt/presentation.xml"], Some(PPTX)),
            (&[TYPES, "word/document2.xml", "word/styles2.xml"], Some(DOCX)),
            (&[TYPES, "word/documents.xml", "word/2.xml", "word/document.xml.exe"], None),
            (&["word/x", "META-INF/MANIFEST.MF"], None),
            (&["word/document.xml"], None),
            (&[TYPES, "word/x"], None),
            (&[], None),
        ] {
            assert_eq!(document(&entries(names)), expected, "{names:?}");
        }
        assert_eq!(document(&entries(&[TYPES, "word/document.xml"])[..60]), None, "it is cut");
    }

    #[test]
    fn directory_lies_where_the_end_says_and_within_the_file() {
        let end = |length: u32, start: u32| {
            let mut bytes = END.to_vec();
            bytes.resize(22, 0);
            bytes[12..16].copy_from_slice(&length.to_le_bytes());
            bytes[16..20].copy_from_slice(&start.to_le_bytes());
            bytes
        };
        assert_eq!(directory(1000, &end(100, 800)), Some((800, 100)));
        for (size, tail) in
            [(1000, end(300, 800)), (1000, end(0, 0)), (u64::MAX, end(u32::MAX, 0)), (1000, Vec::new())]
        {
            assert_eq!(directory(size, &tail), None);
        }
        assert_eq!(directory(1000, &end(100, 800)[..18]), None, "it is cut");
    }
}
