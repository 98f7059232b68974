//! The QR code of the verification page, as rectangles that stay sharp at any size.

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

use super::PrintError;
use super::draw::{Colour, INK, Ink};

const WHITE: Colour = Colour(0xff, 0xff, 0xff);
/// Readers need four empty modules around the code.
const QUIET: u16 = 4;

/// Draws the code of `address` with its quiet zone into a square.
pub(super) fn draw(
    ink: &mut Ink<'_>,
    (x, y): (f32, f32),
    side: f32,
    address: &str,
) -> Result<(), PrintError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M)
        .map_err(|_: QrError| PrintError::AddressTooLong)?;
    let modules = code.width();
    let all = u16::try_from(modules).map_err(|_| PrintError::AddressTooLong)? + 2 * QUIET;
    let module = side / f32::from(all);
    ink.fill_rects([[x, y, side, side]], WHITE);
    let colours = code.to_colors();
    let rows = colours.chunks(modules).zip(QUIET..).flat_map(|(row, at)| {
        dark_runs(row).map(move |(start, length)| {
            [x + start * module, y + f32::from(at) * module, length * module, module]
        })
    });
    ink.fill_rects(rows, INK);
    Ok(())
}

/// The dark stretches of a row as start and length, in modules, the quiet zone counted in.
fn dark_runs(row: &[Color]) -> impl Iterator<Item = (f32, f32)> {
    let mut at = f32::from(QUIET);
    row.chunk_by(|a, b| a == b).filter_map(move |run| {
        let start = at;
        let length = run.iter().map(|_| 1.0_f32).sum::<f32>();
        at += length;
        (run[0] == Color::Dark).then_some((start, length))
    })
}
