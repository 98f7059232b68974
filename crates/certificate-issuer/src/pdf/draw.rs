//! Ink on paper: colours, lines, filled shapes and runs of text.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use super::PrintError;
use super::fonts::OpenFace;
use super::typeset::{self, Glyph};

/// A colour of the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub u8, pub u8, pub u8);

pub(super) const INK: Colour = Colour(0x1d, 0x26, 0x29);
pub(super) const MUTED: Colour = Colour(0x5b, 0x66, 0x6a);
pub(super) const CELADON: Colour = Colour(0x1f, 0x6f, 0x62);
pub(super) const VERMILION: Colour = Colour(0xb5, 0x35, 0x2a);

impl From<Colour> for krilla::paint::Paint {
    fn from(Colour(red, green, blue): Colour) -> Self {
        rgb::Color::new(red, green, blue).into()
    }
}

/// The two faces of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Display,
}

/// How a run of text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) face: Type,
    pub(super) size: f32,
    pub(super) colour: Colour,
    /// Extra space after each glyph, in ems.
    pub(super) tracking: f32,
}

impl Look {
    pub(super) const fn new(face: Type, size: f32, colour: Colour) -> Self {
        Self { face, size, colour, tracking: 0.0 }
    }
    pub(super) const fn tracked(self, tracking: f32) -> Self {
        Self { tracking, ..self }
    }
    pub(super) const fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }
}

/// A page being drawn; the origin is its top left corner, the unit is the point.
pub(super) struct Ink<'a> {
    surface: Surface<'a>,
    text: OpenFace<'a>,
    display: OpenFace<'a>,
}

impl<'a> Ink<'a> {
    pub(super) const fn new(surface: Surface<'a>, text: OpenFace<'a>, display: OpenFace<'a>) -> Self {
        Self { surface, text, display }
    }
    pub(super) fn finish(self) {
        self.surface.finish();
    }

    pub(super) fn set(&self, face: Type, text: &str) -> Result<Vec<Glyph>, PrintError> {
        typeset::set(self.face(face), text)
    }

    /// The width of a run as it will be drawn.
    pub(super) fn width(glyphs: &[Glyph], look: Look) -> f32 {
        let gaps = glyphs.iter().skip(1).map(|_| look.tracking).sum::<f32>();
        (typeset::width(glyphs) + gaps) * look.size
    }

    /// Draws a run with its baseline starting at a point.
    pub(super) fn run(&mut self, (x, y): (f32, f32), glyphs: &[Glyph], look: Look) {
        self.glyphs((x, y), glyphs, look, false);
    }

    /// Draws one line of text with its middle at `x`, smaller if it would be wider than `room`.
    pub(super) fn centred(
        &mut self,
        (x, y): (f32, f32),
        room: f32,
        text: &str,
        look: Look,
    ) -> Result<(), PrintError> {
        let glyphs = self.set(look.face, text)?;
        let look = fitted(&glyphs, look, room);
        let width = Self::width(&glyphs, look);
        self.run((x - width / 2.0, y), &glyphs, look);
        Ok(())
    }

    /// Draws one line of text starting at `x`, smaller if it would be wider than `room`.
    pub(super) fn left(
        &mut self,
        (x, y): (f32, f32),
        room: f32,
        text: &str,
        look: Look,
    ) -> Result<(), PrintError> {
        let glyphs = self.set(look.face, text)?;
        let look = fitted(&glyphs, look, room);
        self.run((x, y), &glyphs, look);
        Ok(())
    }

    /// Draws a character as a shape, not as text: turned around its middle, which stands at `(x, y)`.
    pub(super) fn shape(&mut self, (x, y): (f32, f32), degrees: f32, glyph: Glyph, look: Look) {
        let turn = Transform::from_rotate_at(degrees, x, y);
        self.surface.push_transform(&turn);
        // The middle of a Chinese character is 0.38 em above its baseline.
        let start = (x - glyph.advance * look.size / 2.0, y + 0.38 * look.size);
        self.glyphs(start, &[glyph], look, true);
        self.surface.pop();
    }

    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, colour: Colour) {
        self.stroke(&[from, to], false, width, colour);
    }

    /// Strokes a line through points, closed into a ring or left open.
    pub(super) fn stroke(&mut self, points: &[(f32, f32)], closed: bool, width: f32, colour: Colour) {
        if let Some(path) = polygon(points, closed) {
            self.stroke_path(&path, width, colour);
        }
    }
    pub(super) fn stroke_path(&mut self, path: &Path, width: f32, colour: Colour) {
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke { paint: colour.into(), width, ..Stroke::default() }));
        self.surface.draw_path(path);
        self.surface.set_stroke(None);
    }

    /// Fills the shape with these corners.
    pub(super) fn fill(&mut self, points: &[(f32, f32)], colour: Colour) {
        if let Some(path) = polygon(points, true) {
            self.fill_path(&path, colour);
        }
    }
    pub(super) fn fill_path(&mut self, path: &Path, colour: Colour) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(colour)));
        self.surface.draw_path(path);
    }

    /// Fills rectangles (x, y, width, height) as one shape, so that neighbours show no seam.
    pub(super) fn fill_rects(&mut self, rects: impl IntoIterator<Item = [f32; 4]>, colour: Colour) {
        let mut path = PathBuilder::new();
        for [x, y, width, height] in rects {
            if let Some(rect) = Rect::from_xywh(x, y, width, height) {
                path.push_rect(rect);
            }
        }
        if let Some(path) = path.finish() {
            self.fill_path(&path, colour);
        }
    }

    /// Draws with everything below shining through.
    pub(super) fn see_through(&mut self, opacity: f32, draw: impl FnOnce(&mut Self)) {
        self.surface.push_opacity(NormalizedF32::new(opacity).unwrap_or(NormalizedF32::ONE));
        draw(self);
        self.surface.pop();
    }

    const fn face(&self, face: Type) -> &OpenFace<'a> {
        match face {
            Type::Text => &self.text,
            Type::Display => &self.display,
        }
    }

    fn glyphs(&mut self, (x, y): (f32, f32), glyphs: &[Glyph], look: Look, outlined: bool) {
        let mut text = String::new();
        let placed: Vec<KrillaGlyph> = glyphs
            .iter()
            .map(|glyph| {
                let start = text.len();
                text.push(glyph.character);
                let advance = glyph.advance + look.tracking;
                KrillaGlyph::new(
                    GlyphId::new(glyph.id.into()),
                    advance,
                    0.0,
                    0.0,
                    0.0,
                    start..text.len(),
                    None,
                )
            })
            .collect();
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(look.colour)));
        let font = self.face(look.face).font.clone();
        self.surface.draw_glyphs(Point::from_xy(x, y), &placed, font, &text, look.size, outlined);
    }
}

/// The look in which a run is no wider than `room`.
pub(super) fn fitted(glyphs: &[Glyph], look: Look, room: f32) -> Look {
    let width = Ink::width(glyphs, look);
    if width > room { look.sized(look.size * room / width) } else { look }
}

/// A circle of four curves.
pub(super) fn circle((x, y): (f32, f32), radius: f32) -> Option<Path> {
    // The usual factor that makes a cubic curve follow a quarter of a circle.
    let k = 0.552_285 * radius;
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.cubic_to(x + radius, y + k, x + k, y + radius, x, y + radius);
    path.cubic_to(x - k, y + radius, x - radius, y + k, x - radius, y);
    path.cubic_to(x - radius, y - k, x - k, y - radius, x, y - radius);
    path.cubic_to(x + k, y - radius, x + radius, y - k, x + radius, y);
    path.close();
    path.finish()
}

fn polygon(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let ((x, y), rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(*x, *y);
    for (x, y) in rest {
        path.line_to(*x, *y);
    }
    if closed {
        path.close();
    }
    path.finish()
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: colour.into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}
