//! One form for names and numbers, however they were typed, pasted or kept by a sheet: at every door where they come in, and where
//! they are sought.
//!
//! Compatibility forms (Unicode NFKC) are resolved where they mean the same letter: full-width letters and digits, doubled ideographs
//! and radicals, the shapes of Arabic letters. Circled numbers, ligatures of words and the like stay, as another text would come of them.

use unicode_normalization::UnicodeNormalization as _;

/// What a name may not hold, as no font has it: a sign of somebody's own making, or the description of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unprintable {
    pub sign: char,
    /// The standard's own sign for the same, where one is known.
    pub standard: Option<char>,
}

/// A name as it is kept: nothing that cannot be seen, no padding between Chinese characters (`王　强` is 王强), one space between
/// other words, one dot within names of other peoples (阿依古丽·买买提), however it was typed.
pub fn name(text: &str) -> String {
    let plain: String = letters(text).nfc().collect();
    let words = joined(without_apostrophe(&plain));
    let dotted = with_dots(&words);
    if dotted.chars().any(is_han) { dotted.chars().map(wide_bracket).collect() } else { dotted }
}

/// A line of words as it is kept: nothing that cannot be seen, one space between words.
pub fn line(text: &str) -> String {
    let plain: String = letters(text).nfc().collect();
    without_apostrophe(&plain).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number as it was meant: without spaces, what cannot be seen, and the apostrophe by which sheets mark a text.
pub fn number(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|sign| !sign.is_whitespace() && !sign.is_control() && !is_unseen(*sign))
        .map(narrow)
        .collect();
    plain.trim_start_matches(['\'', '’', '‘', '`']).to_owned()
}

/// The first sign that no font has.
pub fn unprintable(text: &str) -> Option<Unprintable> {
    let sign = text.chars().find(|sign| is_own_making(*sign) || describes(*sign) || *sign == '\u{fffd}')?;
    Some(Unprintable { sign, standard: standard_of(sign) })
}

/// Signs that nobody sees when nothing else is there (Unicode: default ignorable, and the fillers and blanks that fonts leave empty):
/// address books, web pages and keyboards leave them around what is copied from them.
pub const fn is_unseen(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether an unseen sign gives the letters beside it another shape, which is seen: a joiner between two letters of a script that joins
/// them, a selector behind a letter of Mongolian. Everywhere else they tell apart what looks the same.
fn shapes(before: Option<char>, sign: char, after: Option<char>) -> bool {
    match sign {
        '\u{200c}' | '\u{200d}' => before.is_some_and(is_joined) && after.is_some_and(is_joined),
        '\u{180b}'..='\u{180f}' => before.is_some_and(is_mongolian),
        _ => false,
    }
}

/// Letters of the Arabic, Mongolian and Indic scripts.
const fn is_joined(sign: char) -> bool {
    let is_letter = matches!(sign, '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{900}'..='\u{dff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    is_letter || is_mongolian(sign)
}

const fn is_mongolian(sign: char) -> bool {
    matches!(sign, '\u{1820}'..='\u{18aa}')
}

/// The letters of a text in their usual shapes.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let (mut seen, mut before) = (Vec::with_capacity(text.len()), None);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_left_out = sign.is_control() && !sign.is_whitespace()
            || is_unseen(sign) && !shapes(before, sign, signs.peek().copied());
        if !is_left_out {
            seen.push(sign);
        }
        before = Some(sign);
    }
    seen.into_iter().flat_map(|sign| {
        // One sign alone: marks that follow it join it afterwards.
        let plain: Vec<char> = if has_usual_shape(sign) { sign.nfkc().collect() } else { vec![sign] };
        plain
    })
}

/// Signs that are another sign in another shape.
const fn has_usual_shape(sign: char) -> bool {
    matches!(
        sign,
        '０'..='９'
            | 'Ａ'..='Ｚ'
            | 'ａ'..='ｚ'
            | '\u{2e80}'..='\u{2fdf}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fb50}'..='\u{fbff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{2f800}'..='\u{2fa1f}'
    )
}

/// Full-width signs of a number as plain ones.
fn narrow(sign: char) -> char {
    match sign {
        '！'..='～' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        sign => sign,
    }
}

fn without_apostrophe(text: &str) -> &str {
    text.trim_start().trim_start_matches(['\'', '＇', '’']).trim_start()
}

/// Words with one space between, and none between Chinese characters or beside a dot.
fn joined(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let ends = plain.chars().next_back().zip(word.chars().next());
        let is_close = |(a, b): (char, char)| is_middle_dot(a) || is_middle_dot(b) || is_han(a) && is_han(b);
        if ends.is_some_and(|ends| !is_close(ends)) {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// The dots between the parts of a name as the one that identity cards have. A full stop between two characters is meant as one: it is
/// what keyboards offer.
fn with_dots(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let beside = |at: Option<usize>| at.and_then(|at| signs.get(at)).copied();
    let mut dotted = String::with_capacity(text.len());
    for (at, sign) in signs.iter().copied().enumerate() {
        let is_between =
            || [at.checked_sub(1), at.checked_add(1)].into_iter().all(|at| beside(at).is_some_and(is_han));
        let is_dot = is_middle_dot(sign) || is_full_stop(sign) && is_between();
        if !is_dot {
            dotted.push(sign);
        } else if !dotted.ends_with('·') {
            dotted.push('·');
        }
    }
    dotted.trim_matches('·').to_owned()
}

const fn is_middle_dot(sign: char) -> bool {
    matches!(
        sign,
        '·' | '•'
            | '‧'
            | '∙'
            | '⋅'
            | '・'
            | '･'
            | '●'
            | '˙'
            | '\u{387}'
            | '\u{1427}'
            | '\u{2024}'
            | '\u{2e31}'
            | '\u{2e33}'
            | '\u{a78f}'
    )
}

const fn is_full_stop(sign: char) -> bool {
    matches!(sign, '.' | '．' | '。' | '﹒' | '｡')
}

const fn wide_bracket(sign: char) -> char {
    match sign {
        '(' => '（',
        ')' => '）',
        sign => sign,
    }
}

/// A Chinese character.
const fn is_han(sign: char) -> bool {
    matches!(
        sign,
        '〇' | '\u{2e80}'..='\u{2fdf}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// Of the areas that everybody may fill as they like (Unicode: private use).
const fn is_own_making(sign: char) -> bool {
    matches!(sign, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// Says how a character is put together (Unicode: ideographic description), as 氵 and 每 side by side.
const fn describes(sign: char) -> bool {
    matches!(sign, '\u{2ff0}'..='\u{2fff}' | '\u{303e}' | '\u{31ef}')
}

/// Where GB 18030-2000 and GBK kept these 80 signs for want of a place: U+E815 to U+E864, in this order. Source: the standard GB 18030
/// in its editions of 2000 (code points FE50 to FEA0), 2005 and 2022, which name the places that Unicode has for them by now; a
/// standard's numbers are facts, under no licence.
const OLD_PLACES: &str = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

fn standard_of(sign: char) -> Option<char> {
    match sign {
        '\u{e7c7}' => Some('ḿ'),
        sign => OLD_PLACES.chars().nth(u32::from(sign).checked_sub(0xe815)?.try_into().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_many_spellings() {
        for (typed, kept) in [
            ("王　强", "王强"),
            ("李\u{a0}明", "李明"),
            (" 何 秀\n兰 ", "何秀兰"),
            ("刘\u{feff}洋", "刘洋"),
            ("周\u{200b}杰", "周杰"),
            ("周\u{200d}杰", "周杰"),
            ("\u{200c}周杰\u{200d}\u{180e}", "周杰"),
            ("An\u{200d}na", "Anna"),
            ("周\u{1}杰\u{7f}", "周杰"),
            ("周\u{17b4}\u{fff2}\u{1bca1}\u{1d175}杰", "周杰"),
            ("س\u{200c}", "س"),
            ("ᠠ\u{180b}", "ᠠ\u{180b}"),
            ("阿依古丽\u{200c}·\u{200d}买买提", "阿依古丽·买买提"),
            ("\u{202d}赵一\u{202c}", "赵一"),
            ("\u{2068}赵一\u{2069}\u{61c}", "赵一"),
            ("'张三", "张三"),
            ("＇张三", "张三"),
            ("葛\u{e0100}一", "葛一"),
            ("𠮷\u{3000}田", "𠮷田"),
            ("⼭⾥", "山里"),
            ("\u{f9e1}强", "李强"),
            ("通渭 县", "通渭县"),
            ("阿依古丽 · 买买提", "阿依古丽·买买提"),
            ("Anna  Wang", "Anna Wang"),
            ("Ａｎｎａ　Ｗａｎｇ", "Anna Wang"),
            ("Rene\u{301}e", "Renée"),
            ("O'Brien", "O'Brien"),
            ("王强 Tom", "王强 Tom"),
            ("س\u{200c}ە", "س\u{200c}ە"),
            ("\u{feb3}\u{fe8e}", "سا"),
            ("ᠰᠤᠷᠭᠠᠯ\u{180e}ᠠ", "ᠰᠤᠷᠭᠠᠯ\u{180e}ᠠ"),
            ("青石湾镇中心小学(新)", "青石湾镇中心小学（新）"),
            ("School (new)", "School (new)"),
            ("第１小学", "第1小学"),
            ("①班…", "①班…"),
        ] {
            assert_eq!(name(typed), kept, "{typed:?}");
            assert_eq!(name(kept), kept, "once is enough");
        }
        assert_eq!(line(" '一级\u{200b}\n教师  (返聘) "), "一级 教师 (返聘)");
    }

    #[test]
    fn all_dots_within_a_name_are_one() {
        for dot in
            "·•‧∙⋅・･●˙.．。﹒｡".chars().map(String::from).chain(["\u{387}", " • ", "··"].map(String::from))
        {
            assert_eq!(name(&format!("吐尔逊{dot}买买提")), "吐尔逊·买买提", "{dot:?}");
        }
        assert_eq!((name("J. Smith"), name("王强.")), ("J. Smith".to_owned(), "王强.".to_owned()));
    }

    #[test]
    fn a_number_is_what_is_seen_of_it() {
        for typed in [
            "13812345678",
            "\u{202d}138 1234 5678\u{202c}",
            "'13812345678",
            "１３８１２３４５６７８",
            "138\u{200d}1234\u{200c}56\u{180e}78",
        ] {
            assert_eq!(number(typed), "13812345678", "{typed:?}");
        }
        assert_eq!(number("６２９９００－x"), "629900-x");
    }

    #[test]
    fn what_no_font_has_is_named_with_the_standards_own_sign() {
        let of = |text: &str| unprintable(text).map(|found| (found.sign, found.standard));
        for (text, found) in [
            ("李\u{e863}", Some(('\u{e863}', Some('䶮')))),
            ("李\u{e815}", Some(('\u{e815}', Some('⺁')))),
            ("李\u{e864}", Some(('\u{e864}', Some('龻')))),
            ("李\u{e81e}", Some(('\u{e81e}', Some('龴')))),
            ("李\u{e7c7}", Some(('\u{e7c7}', Some('ḿ')))),
            ("李\u{e865}", Some(('\u{e865}', None))),
            ("李\u{f0000}", Some(('\u{f0000}', None))),
            ("李⿰氵每", Some(('⿰', None))),
            ("李\u{fffd}", Some(('\u{fffd}', None))),
            ("李䶮", None),
            ("𠮷田", None),
            ("阿依古丽·买买提", None),
            ("🙂", None),
        ] {
            assert_eq!(of(text), found, "{text}");
        }
        assert_eq!(OLD_PLACES.chars().count(), 80);
    }
}
