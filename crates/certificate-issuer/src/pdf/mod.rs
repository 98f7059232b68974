//! The certificate on paper: one A4 page in Song type, the same bytes for the same certificate every time.

mod attached;
mod coverage;
mod draw;
mod fonts;
mod ornament;
mod page;
mod qr;
mod seal;
mod typeset;

use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};

pub use attached::attached;
pub use coverage::Coverage;
pub use fonts::{FontError, FontFile, FontFiles};

use self::draw::Ink;
use self::fonts::Face;
use crate::model::Certificate;

/// The attachment in the PDF that holds the signed credential.
pub const ATTACHMENT: &str = "credential.jwt";

/// The largest PDF that is kept, and so the largest file that is checked.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

/// Prints certificates. It keeps its fonts in memory (some 50 MB with Noto Serif), so open one for a batch and let it
/// go, and ask [`Coverage`] when only glyphs are in question. Cloning is cheap.
#[derive(Clone)]
pub struct Printer {
    text: Face,
    display: Face,
}

/// Why nothing was printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    #[error("the font cannot show {}", .0.iter().collect::<String>())]
    MissingGlyphs(Vec<char>),
    #[error("the address is too long for a QR code")]
    AddressTooLong,
    #[error("the page could not be written: {0}")]
    NotWritten(String),
}

impl Printer {
    pub fn open(files: &FontFiles) -> Result<Self, FontError> {
        let text = Face::load(&files.text)?;
        let display = if files.display == files.text { text.clone() } else { Face::load(&files.display)? };
        Ok(Self { text, display })
    }

    /// A PDF/A-3 file with `credential` attached and `verify_address` in its QR code.
    pub fn print(
        &self,
        certificate: &Certificate,
        verify_address: &str,
        credential: &str,
    ) -> Result<Vec<u8>, PrintError> {
        let written = |what: &str| PrintError::NotWritten(what.to_owned());
        let configuration = ConfigurationBuilder::new()
            .with_archival_validator(Archival::A3_U)
            .finish()
            .map_err(|_| written("configuration"))?;
        let mut document = Document::new_with(SerializeSettings {
            configuration,
            enable_tagging: false,
            ..SerializeSettings::default()
        });
        document.set_metadata(metadata(certificate));
        document.embed_file(attachment(certificate, credential)).ok_or_else(|| written("attachment"))?;

        let settings = PageSettings::from_wh(page::WIDTH, page::HEIGHT).ok_or_else(|| written("paper"))?;
        let mut sheet = document.start_page_with(settings);
        let surface = sheet.surface();
        let mut ink = Ink::new(surface, self.text.open(), self.display.open());
        page::draw(&mut ink, certificate, verify_address)?;
        ink.finish();
        sheet.finish();
        document.finish().map_err(|error| PrintError::NotWritten(format!("{error:?}")))
    }
}

fn metadata(certificate: &Certificate) -> Metadata {
    Metadata::new()
        .title(format!("结业证书 {} {}", certificate.learner_name, certificate.serial))
        .authors(vec![certificate.issuer_name.clone()])
        .description(certificate.training_title.clone())
        .language("zh-CN".to_owned())
        .creator("Lingxue 领学".to_owned())
        .creation_date(issued_at(certificate))
}

fn attachment(certificate: &Certificate, credential: &str) -> EmbeddedFile {
    EmbeddedFile {
        path: ATTACHMENT.to_owned(),
        mime_type: MimeType::new("application/jwt"),
        description: Some("Open Badges 3.0 credential of this certificate, signed by its issuer".to_owned()),
        association_kind: AssociationKind::Alternative,
        data: credential.as_bytes().to_vec().into(),
        modification_date: Some(issued_at(certificate)),
        compress: Some(true),
        location: None,
    }
}

fn issued_at(certificate: &Certificate) -> DateTime {
    let at = certificate.issued_at.to_jiff().to_zoned(jiff::tz::TimeZone::UTC).datetime();
    // A calendar's month, day, hour, minute and second are never negative, and no certificate predates our era.
    let small = |part: i8| part.unsigned_abs();
    DateTime::new(at.year().unsigned_abs())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
