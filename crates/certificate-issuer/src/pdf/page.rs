//! The page: what stands where on a certificate.

use std::ops::Range;

use kernel::{Date, Text};

use super::draw::{CELADON, INK, Ink, Look, MUTED, Type, fitted};
use super::typeset::{Glyph, break_lines, width};
use super::{PrintError, ornament, qr, seal};
use crate::model::Certificate;

/// A4, lying.
pub(super) const WIDTH: f32 = 841.89;
pub(super) const HEIGHT: f32 = 595.28;

const MIDDLE: f32 = WIDTH / 2.0;
/// The paragraph's measure.
const MEASURE: f32 = 590.0;

pub(super) fn draw(
    ink: &mut Ink<'_>,
    certificate: &Certificate,
    verify_address: &str,
) -> Result<(), PrintError> {
    all_glyphs(ink, certificate)?;
    ornament::hills(ink);
    ornament::border(ink);
    heading(ink)?;
    learner(ink, certificate)?;
    paragraph(ink, certificate)?;
    facts(ink, certificate)?;
    proof(ink, certificate, verify_address)?;
    signature(ink, certificate)
}

/// Names every missing character at once, not only those of the first text.
fn all_glyphs(ink: &Ink<'_>, certificate: &Certificate) -> Result<(), PrintError> {
    let mut missing = Vec::new();
    for text in certificate.texts() {
        for face in [Type::Text, Type::Display] {
            if let Err(PrintError::MissingGlyphs(more)) = ink.set(face, text) {
                missing.extend(more);
            }
        }
    }
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() { Ok(()) } else { Err(PrintError::MissingGlyphs(missing)) }
}

fn heading(ink: &mut Ink<'_>) -> Result<(), PrintError> {
    let title = Look::new(Type::Display, 45.0, INK).tracked(0.42);
    ink.centred((MIDDLE, 119.0), MEASURE, "结业证书", title)?;
    let subtitle = Look::new(Type::Text, 10.0, CELADON).tracked(0.24);
    ink.centred((MIDDLE, 144.0), MEASURE, "CERTIFICATE OF COMPLETION", subtitle)?;
    ornament::rule(ink, (MIDDLE, 161.0), 120.0);
    Ok(())
}

fn learner(ink: &mut Ink<'_>, certificate: &Certificate) -> Result<(), PrintError> {
    let name = &certificate.learner_name;
    // Two and three characters look lost without some air between them.
    let tracking = if name.chars().count() <= 3 { 0.3 } else { 0.06 };
    let look = Look::new(Type::Display, 29.0, INK).tracked(tracking);
    let glyphs = ink.set(look.face, name)?;
    let look = fitted(&glyphs, look, 480.0);
    let width = Ink::width(&glyphs, look);
    ink.run((MIDDLE - width / 2.0, 207.0), &glyphs, look);
    let half = (width / 2.0 + 34.0).max(105.0);
    ink.line((MIDDLE - half, 219.0), (MIDDLE + half, 219.0), 0.6, MUTED);
    Ok(())
}

/// The Chinese sentence, justified with its first line indented, and the English one below.
fn paragraph(ink: &mut Ink<'_>, certificate: &Certificate) -> Result<(), PrintError> {
    let sentence = format!(
        "{}，参加“{}”，按评价方案完成学习任务，经考核和审核达到各项要求，准予结业，特发此证。",
        period(certificate.starts_on, certificate.ends_on),
        certificate.training_title,
    );
    let glyphs = ink.set(Type::Text, &sentence)?;
    let (size, lines) = comfortable(&glyphs);
    let look = Look::new(Type::Text, size, INK);
    let leading = size * 1.75;
    let left = MIDDLE - MEASURE / 2.0;

    // The block stands in the middle between the learner's name and the facts.
    let below = lines.iter().skip(1).map(|_| leading).sum::<f32>();
    let mut y = 299.0 - (below + 34.0 - size) / 2.0;
    let count = lines.len();
    for (number, line) in lines.into_iter().enumerate() {
        let indent = if number == 0 { 2.0 * size } else { 0.0 };
        let glyphs = &glyphs[line];
        let look = if number + 1 == count { look } else { justified(glyphs, look, MEASURE - indent) };
        ink.run((left + indent, y), glyphs, look);
        y += leading;
    }

    let english = "This certifies that the teacher named above has completed the learning tasks of this guided \
                   training as its evaluation asks, and has met all its requirements.";
    ink.centred((MIDDLE, y - leading + 34.0), MEASURE, english, Look::new(Type::Text, 9.0, MUTED))
}

/// The largest size in which the sentence is short enough, and its lines; best one whose last line is not a remnant.
fn comfortable(glyphs: &[Glyph]) -> (f32, Vec<Range<usize>>) {
    let set = |size: f32| (size, break_lines(glyphs, MEASURE / size, 2.0));
    let fits = |lines: &[Range<usize>], size: f32| lines.len() <= if size > 14.0 { 3 } else { 4 };
    let full = |lines: &[Range<usize>], size: f32| {
        lines.last().is_none_or(|last| width(&glyphs[last.clone()]) * size > 0.3 * MEASURE)
    };
    let sizes = [17.0, 16.5, 16.0, 15.5, 15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0];
    let fitting: Vec<_> = sizes.map(set).into_iter().filter(|(size, lines)| fits(lines, *size)).collect();
    let best = fitting.iter().find(|(size, lines)| full(lines, *size)).or(fitting.first()).cloned();
    best.unwrap_or_else(|| set(11.0))
}

/// The look in which a line fills its measure.
fn justified(glyphs: &[Glyph], look: Look, measure: f32) -> Look {
    let gaps = glyphs.iter().skip(1).map(|_| 1.0_f32).sum::<f32>();
    if gaps == 0.0 {
        return look;
    }
    look.tracked((measure / look.size - width(glyphs)) / gaps)
}

/// What was earned, in four columns.
fn facts(ink: &mut Ink<'_>, certificate: &Certificate) -> Result<(), PrintError> {
    let grade = certificate.grade.label();
    let (hours, credits) = (certificate.hours.to_string(), certificate.credits.to_string());
    let columns: [(f32, &str, &str, &str); 4] = [
        (112.0, "学时", "Class hours", &hours),
        (112.0, "学分", "Credits", &credits),
        (124.0, "成绩", "Grade", &grade.zh),
        (242.0, "考核单位", "Assessed by", &certificate.assessed_by),
    ];
    let top = 371.0;
    let label = Look::new(Type::Text, 9.0, MUTED);
    let mut x = MIDDLE - MEASURE / 2.0;
    for (number, (room, zh, en, value)) in columns.into_iter().enumerate() {
        let middle = x + room / 2.0;
        if number > 0 {
            ink.line((x, top + 2.0), (x, top + 38.0), 0.6, CELADON);
        }
        let en = if zh == "成绩" { format!("{en}: {}", grade.en) } else { en.to_owned() };
        ink.centred((middle, top + 12.0), room - 8.0, &format!("{zh} {en}"), label)?;
        ink.centred((middle, top + 35.0), room - 20.0, value, Look::new(Type::Display, 16.0, INK))?;
        x += room;
    }
    Ok(())
}

/// Bottom left: QR code, serial number with its key, and where to type them.
fn proof(ink: &mut Ink<'_>, certificate: &Certificate, verify_address: &str) -> Result<(), PrintError> {
    let (left, top, side) = (MIDDLE - MEASURE / 2.0, 442.0, 92.0);
    qr::draw(ink, (left, top), side, verify_address)?;
    ink.stroke(
        &[(left, top), (left + side, top), (left + side, top + side), (left, top + side)],
        true,
        0.6,
        CELADON,
    );
    let x = left + side + 16.0;
    let room = 216.0;
    ink.left((x, top + 17.0), room, "证书编号 Certificate No.", Look::new(Type::Text, 9.0, MUTED))?;
    let serial = Look::new(Type::Display, 15.0, INK).tracked(0.04);
    ink.left((x, top + 37.0), room, certificate.serial.as_str(), serial)?;
    let small = Look::new(Type::Text, 9.0, MUTED);
    let (page, key) = verify_address.split_once("?k=").unwrap_or((verify_address, ""));
    ink.left((x, top + 53.0), room, &format!("校验码 Key  {key}"), small)?;
    ink.left((x, top + 71.0), room, "扫码或访问以下网址查验真伪 Scan or visit to verify", small)?;
    ink.left((x, top + 85.0), room, page, Look::new(Type::Text, 8.5, CELADON))
}

/// Bottom right: who issues, when, and the seal over the end of both, so that it hides neither.
fn signature(ink: &mut Ink<'_>, certificate: &Certificate) -> Result<(), PrintError> {
    let right = MIDDLE + MEASURE / 2.0;
    let middle = right - 118.0;
    ink.centred((middle, 483.0), 220.0, &certificate.issuer_name, Look::new(Type::Display, 15.0, INK))?;
    ink.centred((middle, 511.0), 220.0, &day(certificate.issued_on), Look::new(Type::Text, 13.0, INK))?;
    seal::draw(ink, (right - 46.0, 490.0), 48.0, &certificate.issuer_name)
}

fn day(date: Date) -> String {
    Text::of_date(date).zh
}

/// The year is said once when both dates have it.
fn period(from: Date, to: Date) -> String {
    let end = if from.year() == to.year() { format!("{}月{}日", to.month(), to.day()) } else { day(to) };
    format!("{}至{end}", day(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn period_says_the_year_once() {
        let date = |year, month, day| Date::new(year, month, day).expect("a date");
        assert_eq!(period(date(2026, 3, 2), date(2026, 5, 24)), "2026年3月2日至5月24日");
        assert_eq!(period(date(2025, 11, 2), date(2026, 1, 4)), "2025年11月2日至2026年1月4日");
    }
}
