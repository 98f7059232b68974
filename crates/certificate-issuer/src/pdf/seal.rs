//! The seal: a ring with a star and the issuer's name, as on paper. It has no legal force; the signature has.

use super::PrintError;
use super::draw::{Ink, Look, Type, VERMILION, circle};

/// Draws the seal around a point, with what it covers shining through.
pub(super) fn draw(ink: &mut Ink<'_>, middle: (f32, f32), radius: f32, name: &str) -> Result<(), PrintError> {
    let glyphs = ink.set(Type::Display, name)?;
    ink.see_through(0.82, |ink| {
        if let Some(ring) = circle(middle, radius) {
            ink.stroke_path(&ring, radius * 0.06, VERMILION);
        }
        ink.fill(&star(middle, radius * 0.3), VERMILION);

        // Characters stand on an arc that opens at the bottom; long names close it further and get smaller.
        let arc_radius = radius * 0.735;
        let count = glyphs.iter().map(|_| 1.0_f32).sum::<f32>();
        let arc = (count * 25.0).min(285.0);
        let step = arc / count;
        let size = (arc_radius * step.to_radians() * 0.94).min(radius * 0.27);
        let look = Look::new(Type::Display, size, VERMILION);
        let mut degrees = -(arc - step) / 2.0;
        for glyph in glyphs {
            let angle = degrees.to_radians();
            let place = (middle.0 + arc_radius * angle.sin(), middle.1 - arc_radius * angle.cos());
            ink.shape(place, degrees, glyph, look);
            degrees += step;
        }
    });
    Ok(())
}

/// A five-pointed star, point up.
fn star((x, y): (f32, f32), radius: f32) -> Vec<(f32, f32)> {
    // The inner corners of a regular star lie on a circle smaller by the square of the golden ratio.
    let inner = radius * 0.381_966;
    (0..10_u8)
        .map(|corner| {
            let reach = if corner % 2 == 0 { radius } else { inner };
            let angle = (f32::from(corner) * 36.0).to_radians();
            (x + reach * angle.sin(), y - reach * angle.cos())
        })
        .collect()
}
