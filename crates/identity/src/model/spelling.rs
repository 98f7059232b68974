//! What of a typed name or number counts, and what only came along with the copying?

/// A name as it is kept: nothing that cannot be seen, no padding between Chinese characters (`王　强` is 王强), one space between
/// other words.
pub fn plain_name(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in without_unseen(text).split_whitespace() {
        let stands_apart = plain
            .chars()
            .next_back()
            .zip(word.chars().next())
            .is_some_and(|(a, b)| !(is_han(a) && is_han(b)));
        if stands_apart {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// A line of words as it is kept: nothing that cannot be seen, one space between words.
pub fn plain_line(text: &str) -> String {
    without_unseen(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Full-width digits as plain ones.
pub fn plain_digit(sign: char) -> char {
    match sign {
        '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10).unwrap_or(sign),
        sign => sign,
    }
}

/// Marks that address books and web pages leave around what is copied from them. Joiners and variation selectors are part of the
/// scripts of Uyghur, Tibetan and Mongolian and are none of these.
pub fn is_unseen(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

fn without_unseen(text: &str) -> String {
    text.chars().filter(|sign| !is_unseen(*sign)).collect()
}

/// A Chinese character, or the dot within a name of another people's (阿依古丽·买买提).
fn is_han(sign: char) -> bool {
    matches!(
        sign,
        '·' | '〇'
            | '\u{2e80}'..='\u{2fdf}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
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
            ("\u{202d}赵一\u{202c}", "赵一"),
            ("𠮷\u{3000}田", "𠮷田"),
            ("阿依古丽 · 买买提", "阿依古丽·买买提"),
            ("Anna  Wang", "Anna Wang"),
            ("王强 Tom", "王强 Tom"),
            ("س\u{200c}ە", "س\u{200c}ە"),
        ] {
            assert_eq!(plain_name(typed), kept);
            assert_eq!(plain_name(kept), kept, "once is enough");
        }
        assert_eq!(plain_line(" 一级\u{200b}\n教师  (返聘) "), "一级 教师 (返聘)");
    }
}
