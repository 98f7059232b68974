//! Setting Chinese text: which glyph, how wide, and where a line may end.

use std::ops::Range;

use super::PrintError;
use super::fonts::OpenFace;

/// A character with its place in the font; the advance is in ems.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) character: char,
    pub(super) id: u16,
    pub(super) advance: f32,
}

/// A gap of this many ems stands between Chinese and Latin letters or digits.
const MIXED_GAP: f32 = 0.2;
/// A last line of fewer characters than this looks forgotten.
const SHORTEST_LAST_LINE: usize = 3;

/// Finds the glyphs of a text.
pub(super) fn set(face: &OpenFace<'_>, text: &str) -> Result<Vec<Glyph>, PrintError> {
    let em = f32::from(face.glyphs.units_per_em());
    let mut missing = Vec::new();
    let mut glyphs: Vec<Glyph> = Vec::new();
    for character in text.chars() {
        let Some(id) = face.glyphs.glyph_index(character).filter(|id| id.0 != 0) else {
            if !missing.contains(&character) {
                missing.push(character);
            }
            continue;
        };
        let advance = f32::from(face.glyphs.glyph_hor_advance(id).unwrap_or_default()) / em;
        if let Some(before) = glyphs.last_mut() {
            before.advance += gap(before.character, character);
        }
        glyphs.push(Glyph { character, id: id.0, advance });
    }
    if missing.is_empty() { Ok(glyphs) } else { Err(PrintError::MissingGlyphs(missing)) }
}

/// The width of a run in ems.
pub(super) fn width(glyphs: &[Glyph]) -> f32 {
    glyphs.iter().map(|glyph| glyph.advance).sum()
}

/// Breaks a paragraph into lines of at most `measure` ems, the first one starting `indent` ems in. All lines but the
/// last are as equally full as can be; the punctuation rules are broken only where nothing else fits.
pub(super) fn break_lines(glyphs: &[Glyph], measure: f32, indent: f32) -> Vec<Range<usize>> {
    let count = glyphs.len();
    // best[end] is the least cost of setting glyphs[..end], with the start of its last line.
    let mut best = vec![(f32::INFINITY, 0); count + 1];
    best[0].0 = 0.0;
    for end in 1..=count {
        let mut taken = 0.0;
        for start in (0..end).rev() {
            taken += glyphs[start].advance;
            let room = if start == 0 { measure - indent } else { measure };
            if taken > room && end - start > 1 {
                break;
            }
            let last = end == count;
            let slack = ((room - taken) / measure).max(0.0);
            let looseness = if last { 0.0 } else { 10.0 * slack * slack };
            let forgotten = last && start > 0 && end - start < SHORTEST_LAST_LINE;
            let cost = 1.0
                + looseness
                + if last || may_break(glyphs[end - 1].character, glyphs[end].character) {
                    0.0
                } else {
                    100.0
                }
                + if forgotten { 10.0 } else { 0.0 };
            if best[start].0 + cost < best[end].0 {
                best[end] = (best[start].0 + cost, start);
            }
        }
    }
    let mut lines = Vec::new();
    let mut end = count;
    while end > 0 {
        let start = best[end].1;
        lines.push(start..end);
        end = start;
    }
    lines.reverse();
    lines
}

fn may_break(before: char, after: char) -> bool {
    let held = NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) || after == ' ';
    let inside_word = is_latin(before) && is_latin(after);
    let inside_pair = before == after && "…—".contains(before);
    !(held || inside_word || inside_pair)
}

const NEVER_FIRST: &str = "，。、；：？！）》〉」』】〕”’·…—～%‰℃,.;:?!)]}";
const NEVER_LAST: &str = "（《〈「『【〔“‘([{￥$";

fn gap(before: char, after: char) -> f32 {
    if (is_han(before) && is_letter(after)) || (is_letter(before) && is_han(after)) {
        return MIXED_GAP;
    }
    // Two full-width marks in a row carry half an em of air too much.
    let closing = "，。、；：）》〉」』】〕”’";
    let opening = "（《〈「『【〔“‘";
    let squeezed = closing.contains(before) && (closing.contains(after) || opening.contains(after))
        || opening.contains(before) && opening.contains(after);
    if squeezed { -0.5 } else { 0.0 }
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{2FDF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
fn is_letter(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '\u{C0}'..='\u{24F}')
}
fn is_latin(character: char) -> bool {
    is_letter(character) || "-_/.'@&+".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn glyphs(text: &str) -> Vec<Glyph> {
        let advance = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
        text.chars().map(|character| Glyph { character, id: 1, advance: advance(character) }).collect()
    }
    fn lines(text: &str, measure: f32) -> Vec<String> {
        let glyphs = glyphs(text);
        let line = |range: Range<usize>| glyphs[range].iter().map(|glyph| glyph.character).collect();
        break_lines(&glyphs, measure, 0.0).into_iter().map(line).collect()
    }

    #[test]
    fn punctuation_stays_with_its_word() {
        assert_eq!(lines("完成学习任务，准予结业", 6.0), ["完成学习任", "务，准予结业"]);
        assert_eq!(lines("参加培训班“复式教学”", 6.0), ["参加培训班", "“复式教学”"]);
    }

    #[test]
    fn last_line_is_never_one_character() {
        for line in lines("教学点复式教学能力提升", 10.0) {
            assert!(line.chars().count() >= SHORTEST_LAST_LINE, "{line}");
        }
    }

    #[test]
    fn words_and_numbers_stay_whole() {
        for line in lines("自2026年起使用Lingxue平台", 6.0) {
            assert!(!line.starts_with("026") && !line.ends_with("Ling"), "{line}");
        }
    }

    #[test]
    fn text_that_allows_no_break_still_fits() {
        let all = lines("））））））））））", 4.0);
        assert!(all.iter().all(|line| line.chars().count() <= 4), "{all:?}");
    }

    proptest! {
        #[test]
        fn lines_fit_and_lose_nothing(text in "[一-十，。“”（）a-z0-9 ]{0,120}", measure in 2.0_f32..40.0) {
            let glyphs = glyphs(&text);
            let lines = break_lines(&glyphs, measure, 0.0);
            let mut next = 0;
            for line in lines {
                prop_assert_eq!(line.start, next);
                prop_assert!(width(&glyphs[line.clone()]) <= measure || line.len() == 1);
                next = line.end;
            }
            prop_assert_eq!(next, glyphs.len());
        }

        #[test]
        fn lines_keep_the_punctuation_rules(text in "([一-龥]{1,6}[，。、]?){4,20}", measure in 12.0_f32..40.0) {
            for line in lines(&text, measure).iter().skip(1) {
                prop_assert!(!line.starts_with(|c| NEVER_FIRST.contains(c)), "{}", line);
            }
        }
    }
}
