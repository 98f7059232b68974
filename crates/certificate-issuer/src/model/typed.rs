//! What somebody typed off the paper: full-width signs, small letters, another dash, a space between and letters that look like digits
//! say the same.

/// In half width and capitals, every dash as a hyphen, without blanks and signs that nobody sees.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|sign| !is_nothing(*sign)).map(narrow).collect()
}

/// The same with each blank as a hyphen, as numbers are read out and copied in groups.
pub(super) fn spaced(text: &str) -> String {
    let grouped = |sign: char| if sign.is_whitespace() { '-' } else { sign };
    plain(&text.chars().map(grouped).collect::<String>())
}

/// As a number: our alphabet has no `O`, `I` and `L` beside `0` and `1`, only check characters may be such a letter.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(folded_sign).collect()
}

pub(super) const fn folded_sign(sign: char) -> char {
    match sign {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

fn narrow(sign: char) -> char {
    let narrow = match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        other => other,
    };
    if is_dash(narrow) { '-' } else { narrow.to_ascii_uppercase() }
}

/// What the keyboards of phones offer for a dash, and what is drawn like one: the long sound of kana, a line of a box, the number one.
const fn is_dash(sign: char) -> bool {
    matches!(
        sign,
        '-' | '_'
            | '~'
            | '\u{af}'
            | '\u{2c9}'
            | '\u{2d7}'
            | '\u{58a}'
            | '\u{5be}'
            | '\u{1806}'
            | '\u{2010}'..='\u{2015}'
            | '\u{203e}'
            | '\u{2043}'
            | '\u{2053}'
            | '\u{207b}'
            | '\u{208b}'
            | '\u{2212}'
            | '\u{2500}'..='\u{2501}'
            | '\u{2504}'..='\u{2505}'
            | '\u{2508}'..='\u{2509}'
            | '\u{254c}'..='\u{254d}'
            | '\u{2574}'
            | '\u{2576}'
            | '\u{2796}'
            | '\u{2e3a}'..='\u{2e3b}'
            | '\u{301c}'
            | '\u{3030}'
            | '\u{30fc}'
            | '\u{3161}'
            | '\u{4e00}'
            | '\u{fe31}'..='\u{fe32}'
            | '\u{fe49}'..='\u{fe4f}'
            | '\u{fe58}'
            | '\u{fe63}'
            | '\u{ff70}'
            | '\u{ffda}'
            | '\u{ffe3}'
    )
}

fn is_nothing(sign: char) -> bool {
    sign.is_whitespace() || sign.is_control() || kernel::spelling::is_unseen(sign)
}
