//! Rules for what people type: something must be seen of it, and nothing in it may hide or turn round what stands beside it.
//!
//! A line (a name, a title) has no line breaks; a text (reasons, bodies) may. Joiners, marks of direction and variation selectors are
//! part of the scripts of Uyghur, Tibetan and Mongolian and of emoji: they may stand in both, but alone they are nothing to see.

use kernel::spelling::{self, Unprintable};
use serde::{Deserialize, Deserializer};

use crate::problem::FieldProblem;
use crate::rules_text::{rule, unpack};

/// A line that must be there: `#[garde(custom(wording::line(80)))]`, with the most characters. Blanks around it do not count.
pub fn line(most: usize) -> impl Fn(&str, &()) -> garde::Result {
    move |text, ()| {
        required(says_something(text))
            .and_then(|()| of_length(text, most))
            .and_then(|()| clean(text, is_barred_in_a_line))
            .and_then(|()| printable(text))
    }
}

/// Reads a line without the blanks around it: `#[serde(deserialize_with = "wording::trimmed")]`.
pub fn trimmed<'de, D: Deserializer<'de>>(reader: D) -> Result<String, D::Error> {
    let mut line = String::deserialize(reader)?;
    line.truncate(line.trim_end().len());
    line.drain(..line.len() - line.trim_start().len());
    Ok(line)
}

/// Reads the name of a person or a unit as names are kept: `#[serde(deserialize_with = "wording::as_name")]`.
pub fn as_name<'de, D: Deserializer<'de>>(reader: D) -> Result<String, D::Error> {
    String::deserialize(reader).map(|text| spelling::name(&text))
}

/// The same of a name that may be absent.
pub fn as_spare_name<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<String>, D::Error> {
    Option::<String>::deserialize(reader).map(|text| text.map(|text| spelling::name(&text)))
}

/// Reads words that people are told apart by (a subject, a professional title) as they are kept; they may be absent.
pub fn as_spare_line<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<String>, D::Error> {
    Option::<String>::deserialize(reader).map(|text| text.map(|text| spelling::line(&text)))
}

/// A line that may be empty.
pub fn spare_line(most: usize) -> impl Fn(&str, &()) -> garde::Result {
    move |text, ()| {
        of_length(text, most).and_then(|()| clean(text, is_barred_in_a_line)).and_then(|()| printable(text))
    }
}

/// A text that must be there, if only as a sign: what a child chooses from may be `>`.
pub fn text(most: usize) -> impl Fn(&str, &()) -> garde::Result {
    move |text, ()| {
        required(is_visible(text)).and_then(|()| of_length(text, most)).and_then(|()| clean(text, is_barred))
    }
}

/// What somebody has to say: a post, a report, a reason. Marks around nothing are no words.
pub fn words(most: usize) -> impl Fn(&str, &()) -> garde::Result {
    move |text, ()| {
        required(says_something(text))
            .and_then(|()| of_length(text, most))
            .and_then(|()| clean(text, is_barred))
    }
}

/// A text that may be empty.
pub fn spare_text(most: usize) -> impl Fn(&str, &()) -> garde::Result {
    move |text, ()| of_length(text, most).and_then(|()| clean(text, is_barred))
}

/// What a rule says to a text that comes by another way than JSON, such as a form.
pub fn problem_of(
    rule: &impl Fn(&str, &()) -> garde::Result,
    pointer: &str,
    text: &str,
) -> Option<FieldProblem> {
    let error = rule(text, &()).err()?;
    let (code, text) = unpack(error.message());
    Some(FieldProblem { pointer: pointer.to_owned(), code, text })
}

/// Whether anything of a text can be seen. A name of an invisible sign (`&#8203;`, `&nbsp;`), pasted from a page, is one.
pub fn is_visible(text: &str) -> bool {
    visible(text).next().is_some()
}

/// Whether a text has words or signs beside marks of layout (`**`, `> -`). A lone dash says that there is nothing to say; with a blank
/// behind it, it begins an item of a list.
pub fn says_something(text: &str) -> bool {
    let is_mark = |sign| matches!(sign, '*' | '#' | '>' | '-' | '`');
    visible(text).any(|sign| !is_mark(sign)) || text.trim_start() == "-"
}

/// The signs of a text that can be seen.
fn visible(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    let next = move || {
        let sign = rest.chars().next()?;
        let (sign, length) = named(rest).unwrap_or((sign, sign.len_utf8()));
        rest = &rest[length..];
        Some(sign)
    };
    std::iter::from_fn(next)
        .filter(|sign| !sign.is_whitespace() && !sign.is_control() && !spelling::is_unseen(*sign))
}

/// The sign that a text begins with by its name in HTML, and how long the name is; of those with words for a name, the invisible ones.
fn named(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 20;
    let name = text.strip_prefix('&')?;
    let end = name.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &name[..end];
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => match name {
            "nbsp" | "ensp" | "emsp" | "thinsp" | "hairsp" | "numsp" | "puncsp" | "NonBreakingSpace" => 0x20,
            "ZeroWidthSpace" | "NoBreak" | "zwnj" | "zwj" | "lrm" | "rlm" | "shy" => 0x200b,
            _ => return None,
        },
    };
    Some((char::from_u32(code)?, end + 2))
}

fn required(is_there: bool) -> garde::Result {
    if is_there { Ok(()) } else { Err(rule("required", "请填写这一项。", "Please fill this in.")) }
}

fn of_length(text: &str, most: usize) -> garde::Result {
    if text.chars().count() <= most {
        return Ok(());
    }
    Err(rule("too_long", &format!("太长了，最多 {most} 个字（项）。"), &format!("Too long: at most {most}.")))
}

fn clean(text: &str, is_barred: fn(char) -> bool) -> garde::Result {
    if !text.chars().any(is_barred) {
        return Ok(());
    }
    Err(rule(
        "hidden_character",
        "这里有看不见的控制字符（或换行），请删掉后重新输入。",
        "This holds a hidden control character (or a line break); please remove it and type it again.",
    ))
}

/// Lines are printed: on certificates, lists, plans.
fn printable(text: &str) -> garde::Result {
    let Some(Unprintable { sign, standard }) = spelling::unprintable(text) else { return Ok(()) };
    let code = format!("U+{:04X}", u32::from(sign));
    let (zh, en) = match standard {
        Some(standard) => (
            format!("“{sign}”（{code}）这个字无法打印；标准字是“{standard}”，请改用它。"),
            format!("“{sign}” ({code}) cannot be printed; the standard one is “{standard}”. Please use it."),
        ),
        None => (
            format!(
                "“{sign}”（{code}）这个字无法打印，请换成身份证上的标准字；输入法打不出时，请从公安或教育部门的系统里复制。"
            ),
            format!(
                "“{sign}” ({code}) cannot be printed; please use the standard character of the identity card."
            ),
        ),
    };
    Err(rule("unprintable", &zh, &en))
}

fn is_barred_in_a_line(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}') || turns_direction(sign)
}

fn is_barred(sign: char) -> bool {
    (sign.is_control() && !matches!(sign, '\n' | '\r' | '\t')) || turns_direction(sign)
}

/// Embeddings, overrides and isolates: they turn round what follows them, also beyond the field. The three marks (U+200E, U+200F,
/// U+061C) do not.
fn turns_direction(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(result: garde::Result) -> Option<String> {
        result.err().map(|error| unpack(error.message()).0)
    }

    #[test]
    fn what_nobody_sees_is_nothing() {
        for blank in [
            "",
            " ",
            "\n\t",
            "\u{3000}",
            "\u{a0}\u{2003}",
            "\u{200b}",
            "\u{200d}\u{200c}",
            "\u{feff}",
            "\u{180e}",
            "\u{2060}",
            "\u{200f}",
            "\u{fe0f}",
            "\u{3164}",
            "\u{2800}",
            "\u{ad}",
            "\u{202e}",
            "\u{1}",
            " \u{200b}\u{3000}",
        ] {
            for result in [line(9)(blank, &()), text(9)(blank, &()), words(9)(blank, &())] {
                assert_eq!(code(result).as_deref(), Some("required"), "{blank:?}");
            }
        }
    }

    #[test]
    fn marks_around_nothing_are_no_words() {
        for mark in [
            "**",
            "** **",
            "****",
            "#",
            "# ",
            "> \n> -",
            "- ",
            "- \n- ",
            "---",
            "```\n```",
            "**\u{200b}**",
            "- &nbsp;",
        ] {
            assert!(!says_something(mark) && is_visible(mark), "{mark:?}");
            assert_eq!(code(words(20)(mark, &())).as_deref(), Some("required"), "{mark:?}");
            assert_eq!(code(text(20)(mark, &())), None, "{mark:?}");
        }
        for said in [
            "-",
            " -",
            "___",
            "？",
            "。。。",
            "👍",
            "> 好",
            "[](/a)",
            "3",
            "+",
            "~",
            "=",
            "**1**",
            "<",
            "&lt;",
            "A&B",
        ] {
            assert!(says_something(said), "{said:?}");
        }
    }

    #[test]
    fn a_name_of_an_invisible_sign_is_not_seen() {
        for blank in ["&#8203;", "&#x200B;", "&#X200b;&nbsp;", "&ZeroWidthSpace; &zwj;", "&#0;", "&#12288;"] {
            assert!(!is_visible(blank), "{blank}");
            assert!(is_visible(&format!("{blank}甲")), "{blank}");
        }
        for seen in [
            "&",
            "&;",
            "&#;",
            "&#x;",
            "&amp;",
            "&#20013;",
            "&#8203",
            "&nbsp",
            "&#99999999999;",
            "&#xd800;",
            "& ;",
        ] {
            assert!(is_visible(seen), "{seen}");
        }
    }

    #[test]
    fn what_people_write_stands() {
        for good in [
            "校本研修",
            "a",
            "🙂",
            "👩‍🏫",
            "👨‍👩‍👧‍👦 的课",
            "❤️",
            "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
            "می‌خواهم",
            "ئۇيغۇر تىلى",
            "བོད་ཡིག",
            "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠌ ᠰᠤᠷᠭᠠᠯ᠎ᠠ",
            "\u{200f}ئۇيغۇر\u{200f} (A)",
            " 两边有空格 ",
            "第一课\u{3000}山里的孩子",
            "…",
            "-",
        ] {
            for result in [
                line(40)(good, &()),
                text(40)(good, &()),
                spare_line(40)(good, &()),
                spare_text(40)(good, &()),
            ] {
                assert_eq!(code(result), None, "{good:?}");
            }
        }
        assert_eq!(code(text(40)("第一行\r\n第二行\t完\u{2028}", &())), None);
        assert_eq!(code(spare_line(3)("", &())), None);
        assert_eq!(code(spare_text(3)(" ", &())), None);
    }

    #[test]
    fn what_hides_or_turns_round_is_refused() {
        for hidden in ["a\u{1}", "a\u{7f}", "a\u{85}", "\u{202e}abc", "a\u{2066}b\u{2069}", "a\u{202a}"] {
            let results = [
                line(9)(hidden, &()),
                text(9)(hidden, &()),
                spare_line(9)(hidden, &()),
                spare_text(9)(hidden, &()),
            ];
            for result in results {
                assert_eq!(code(result).as_deref(), Some("hidden_character"), "{hidden:?}");
            }
        }
        for broken in ["a\nb", "a\tb", "a\u{2028}b", "a\u{2029}b"] {
            assert_eq!(code(line(9)(broken, &())).as_deref(), Some("hidden_character"), "{broken:?}");
        }
        for own in ["李\u{e863}", "李⿰氵每"] {
            for result in [line(9)(own, &()), spare_line(9)(own, &())] {
                assert_eq!(code(result).as_deref(), Some("unprintable"), "{own}");
            }
            assert_eq!(code(text(9)(own, &())), None, "what is not printed may speak of it");
        }
        let told = problem_of(&line(9), "/name", "李\u{e863}").expect("a problem").text;
        assert!(told.zh.contains("标准字是“䶮”") && told.en.contains("the standard one is “䶮”"));
        assert_eq!(code(line(3)("四个汉字", &())).as_deref(), Some("too_long"));
        assert_eq!(code(text(3)("四个汉字", &())).as_deref(), Some("too_long"));
    }
}
