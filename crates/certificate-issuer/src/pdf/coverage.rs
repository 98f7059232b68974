//! Which characters the certificate's fonts can show. A name with a missing glyph blocks issuing; an empty box is never
//! printed. Only the character maps of the fonts are read and kept, some 300 kB each.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use ttf_parser::cmap::Table;

use super::{FontError, FontFile, FontFiles};

/// The character maps of the fonts that certificates are printed with.
#[derive(Clone)]
pub struct Coverage {
    maps: Vec<Vec<u8>>,
}

impl Coverage {
    pub fn read(files: &FontFiles) -> Result<Self, FontError> {
        let mut maps = vec![character_map(&files.text)?];
        if files.display != files.text {
            maps.push(character_map(&files.display)?);
        }
        Ok(Self { maps })
    }

    /// The characters of a text that one of the fonts lacks, each once, in order.
    pub fn missing_glyphs(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for character in text.chars() {
            let shown = self.maps.iter().all(|map| shows(map, character));
            if !shown && !missing.contains(&character) {
                missing.push(character);
            }
        }
        missing
    }
}

fn shows(map: &[u8], character: char) -> bool {
    Table::parse(map).is_some_and(|table| {
        table
            .subtables
            .into_iter()
            .filter(ttf_parser::cmap::Subtable::is_unicode)
            .any(|subtable| subtable.glyph_index(character.into()).is_some_and(|glyph| glyph.0 != 0))
    })
}

fn character_map(file: &FontFile) -> Result<Vec<u8>, FontError> {
    let table = read_table(&file.path, file.face, *b"cmap")
        .map_err(|source| FontError::File { path: file.path.clone(), source })?;
    table
        .filter(|map| Table::parse(map).is_some())
        .ok_or_else(|| FontError::Face { path: file.path.clone(), face: file.face })
}

/// Reads one table of one face without reading the rest of the file.
fn read_table(path: &Path, face: u32, wanted: [u8; 4]) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    if length < 16 {
        return Ok(None);
    }
    let mut start = 0;
    if word(&mut file, 0)? == *b"ttcf" {
        if face >= u32::from_be_bytes(word(&mut file, 8)?) {
            return Ok(None);
        }
        start = u64::from(u32::from_be_bytes(word(&mut file, 12 + 4 * u64::from(face))?));
    } else if face != 0 {
        return Ok(None);
    }
    let [high, low, _, _] = word(&mut file, start + 4)?;
    for record in 0..u64::from(u16::from_be_bytes([high, low])) {
        let record = start + 12 + 16 * record;
        if word(&mut file, record)? == wanted {
            let offset = u32::from_be_bytes(word(&mut file, record + 8)?);
            let size = u32::from_be_bytes(word(&mut file, record + 12)?);
            if u64::from(offset) + u64::from(size) > length {
                return Ok(None);
            }
            let mut table = Vec::new();
            file.seek(SeekFrom::Start(offset.into()))?;
            file.take(size.into()).read_to_end(&mut table)?;
            return Ok(Some(table));
        }
    }
    Ok(None)
}

fn word(file: &mut File, at: u64) -> io::Result<[u8; 4]> {
    let mut word = [0; 4];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut word)?;
    Ok(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Certificate, Grade};
    use crate::sample;

    fn coverage() -> Coverage {
        let files = FontFiles::find(&[]).expect("a Chinese font: install fonts-noto-cjk");
        Coverage::read(&files).expect("a readable font")
    }

    #[test]
    fn rare_names_are_shown() {
        // Characters of real names outside the basic set, some beyond the basic plane.
        let coverage = coverage();
        for name in ["王晓兰", "㛃媛", "李䶮", "赵𬀩", "才仁·卓玛", "𠅤"] {
            assert!(coverage.missing_glyphs(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_shown_is_named_once() {
        assert_eq!(coverage().missing_glyphs("བཀྲ་王🙂བ🙂").len(), 5);
        assert_eq!(coverage().missing_glyphs("王🙂🙂"), ['🙂']);
        assert_eq!(coverage().missing_glyphs("\u{E000}"), ['\u{E000}']);
    }

    #[test]
    fn every_fixed_text_of_a_certificate_is_shown() {
        let certificate = sample::certificate();
        let coverage = coverage();
        for text in Certificate::texts(&certificate) {
            assert!(coverage.missing_glyphs(text).is_empty());
        }
        for grade in Grade::ALL {
            assert!(coverage.missing_glyphs(grade.zh()).is_empty());
        }
    }

    #[test]
    fn truncated_font_is_refused() {
        let files = FontFiles::find(&[]).expect("a Chinese font: install fonts-noto-cjk");
        let mut head = vec![0; 4096];
        File::open(&files.text.path).and_then(|mut file| file.read_exact(&mut head)).expect("a font");
        for size in [0, 3, 16, 64, 4096] {
            let cut = tempfile::NamedTempFile::new().expect("a file");
            std::fs::write(cut.path(), &head[..size]).expect("written");
            assert!(character_map(&FontFile { path: cut.path().to_owned(), face: files.text.face }).is_err());
        }
    }
}
