//! The fonts: found by path, never bundled; without one there are no PDFs, and the program says so when it starts.

use std::path::PathBuf;
use std::sync::Arc;
use std::{fs, io};

use krilla::text::Font;

/// One face of a font file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFile {
    pub path: PathBuf,
    /// Which face of a collection; 0 for a file with one face.
    pub face: u32,
}

/// The two faces of a certificate: one for running text, a heavier one for title and name (it may be the same).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFiles {
    pub text: FontFile,
    pub display: FontFile,
}

/// Why there is no font.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    #[error("no Chinese font found: install fonts-noto-cjk or name a font file in the configuration")]
    None,
    #[error("the font file {path} cannot be read")]
    File { path: PathBuf, source: io::Error },
    #[error("{path} has no usable face {face}")]
    Face { path: PathBuf, face: u32 },
}

/// Where Debian puts fonts that show every name: text face, display face, number of the simplified Chinese face.
const KNOWN: [(&str, &str, u32); 2] = [
    (
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
        2,
    ),
    (
        "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf",
        0,
    ),
];

impl FontFiles {
    /// The configured files (text, then display), or else the first known font that is installed.
    pub fn find(configured: &[FontFile]) -> Result<Self, FontError> {
        if let Some(text) = configured.first() {
            let display = configured.get(1).unwrap_or(text);
            for file in [text, display] {
                fs::metadata(&file.path)
                    .map_err(|source| FontError::File { path: file.path.clone(), source })?;
            }
            return Ok(Self { text: text.clone(), display: display.clone() });
        }
        let installed = |path: &str, face| {
            let path = PathBuf::from(path);
            path.is_file().then_some(FontFile { path, face })
        };
        KNOWN
            .iter()
            .find_map(|(text, display, face)| {
                let text = installed(text, *face)?;
                let display = installed(display, *face).unwrap_or_else(|| text.clone());
                Some(Self { text, display })
            })
            .ok_or(FontError::None)
    }
}

/// A face with its bytes in memory.
#[derive(Clone)]
pub(super) struct Face {
    data: Arc<Vec<u8>>,
    number: u32,
    font: Font,
}

/// A face that is being drawn with.
pub(super) struct OpenFace<'a> {
    pub(super) glyphs: ttf_parser::Face<'a>,
    pub(super) font: Font,
}

impl Face {
    pub(super) fn load(file: &FontFile) -> Result<Self, FontError> {
        let data =
            fs::read(&file.path).map_err(|source| FontError::File { path: file.path.clone(), source })?;
        let data = Arc::new(data);
        let unusable = || FontError::Face { path: file.path.clone(), face: file.face };
        let font = Font::new(Arc::clone(&data).into(), file.face).ok_or_else(unusable)?;
        ttf_parser::Face::parse(&data, file.face).map_err(|_| unusable())?;
        Ok(Self { data, number: file.face, font })
    }

    pub(super) fn open(&self) -> OpenFace<'_> {
        let glyphs = ttf_parser::Face::parse(&self.data, self.number);
        OpenFace { glyphs: glyphs.expect("the face was parsed when it was loaded"), font: self.font.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configured_file_must_exist() {
        let file = FontFile { path: PathBuf::from("no/such/font.ttf"), face: 0 };
        assert!(matches!(FontFiles::find(&[file]), Err(FontError::File { .. })));
    }

    #[test]
    fn one_configured_file_serves_both_purposes() {
        let found = FontFiles::find(&[]).expect("a Chinese font: install fonts-noto-cjk");
        let one = FontFiles::find(std::slice::from_ref(&found.text)).expect("it exists");
        assert_eq!(one.display, found.text);
    }

    #[test]
    fn file_that_is_no_font_is_refused() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), b"not a font").expect("written");
        let file = FontFile { path: file.path().to_owned(), face: 0 };
        assert!(matches!(Face::load(&file), Err(FontError::Face { .. })));
    }
}
