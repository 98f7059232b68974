//! What is around the words: the double border with its corners, far hills at the foot of the page, small rules.

use krilla::geom::{Path, PathBuilder};

use super::draw::{CELADON, Colour, Ink};
use super::page::{HEIGHT, WIDTH};

const OUTER: f32 = 24.0;
const INNER: f32 = 32.0;
/// How far the inner frame steps back at the corners.
const STEP: f32 = 20.0;

/// The hills from the farthest to the nearest: washes of celadon so pale that every text on them stays readable.
const HILLS: [(Colour, f32, [f32; 7]); 3] = [
    (Colour(0xf5, 0xf9, 0xf8), 464.0, [8.0, -30.0, -4.0, -40.0, 4.0, -24.0, -2.0]),
    (Colour(0xee, 0xf5, 0xf3), 492.0, [-20.0, 8.0, -30.0, 10.0, -22.0, 12.0, -34.0]),
    (Colour(0xe6, 0xf1, 0xee), 530.0, [6.0, -12.0, 8.0, -6.0, 10.0, -16.0, 4.0]),
];

/// Far hills along the foot of the page, inside the border.
pub(super) fn hills(ink: &mut Ink<'_>) {
    for (colour, base, heights) in HILLS {
        if let Some(ridge) = ridge(base, &heights) {
            ink.fill_path(&ridge, colour);
        }
    }
}

/// A heavy outer frame and a fine inner one that steps back at the corners to make room for a square in each.
pub(super) fn border(ink: &mut Ink<'_>) {
    let (left, top, right, bottom) = (OUTER, OUTER, WIDTH - OUTER, HEIGHT - OUTER);
    ink.stroke(&[(left, top), (right, top), (right, bottom), (left, bottom)], true, 2.6, CELADON);

    let (left, top, right, bottom) = (INNER, INNER, WIDTH - INNER, HEIGHT - INNER);
    let stepped = [
        (left + STEP, top),
        (right - STEP, top),
        (right - STEP, top + STEP),
        (right, top + STEP),
        (right, bottom - STEP),
        (right - STEP, bottom - STEP),
        (right - STEP, bottom),
        (left + STEP, bottom),
        (left + STEP, bottom - STEP),
        (left, bottom - STEP),
        (left, top + STEP),
        (left + STEP, top + STEP),
    ];
    ink.stroke(&stepped, true, 0.7, CELADON);

    let inset = 7.0;
    for (x, y) in [(left, top), (right, top), (right, bottom), (left, bottom)] {
        let (dx, dy) = (if x < WIDTH / 2.0 { 1.0 } else { -1.0 }, if y < HEIGHT / 2.0 { 1.0 } else { -1.0 });
        let middle = (x + dx * inset, y + dy * inset);
        let square = |half: f32| {
            [
                (middle.0 - half, middle.1 - half),
                (middle.0 + half, middle.1 - half),
                (middle.0 + half, middle.1 + half),
                (middle.0 - half, middle.1 + half),
            ]
        };
        ink.stroke(&square(inset), true, 0.7, CELADON);
        ink.fill(&diamond(middle, 3.6), CELADON);
    }
}

/// A rule with a diamond in its middle.
pub(super) fn rule(ink: &mut Ink<'_>, (x, y): (f32, f32), half: f32) {
    ink.line((x - half, y), (x - 9.0, y), 0.7, CELADON);
    ink.line((x + 9.0, y), (x + half, y), 0.7, CELADON);
    ink.fill(&diamond((x, y), 3.4), CELADON);
}

fn diamond((x, y): (f32, f32), half: f32) -> [(f32, f32); 4] {
    [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
}

/// A soft line over the hilltops, closed along the inner frame.
fn ridge(base: f32, heights: &[f32]) -> Option<Path> {
    let (left, right, floor) = (OUTER + 1.3, WIDTH - OUTER - 1.3, HEIGHT - OUTER - 1.3);
    let spans = heights.iter().skip(1).map(|_| 1.0_f32).sum::<f32>();
    let span = (right - left) / spans;
    let mut path = PathBuilder::new();
    path.move_to(left, floor);
    let mut at = (left, base + heights.first()?);
    path.line_to(at.0, at.1);
    for height in &heights[1..] {
        let next = (at.0 + span, base + height);
        path.cubic_to(at.0 + span / 2.0, at.1, next.0 - span / 2.0, next.1, next.0, next.1);
        at = next;
    }
    path.line_to(right, floor);
    path.close();
    path.finish()
}
