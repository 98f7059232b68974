//! What somebody typed off the paper: full-width signs, small letters, another dash, a space between and letters that look like digits
//! say the same.

/// In half width and capitals, every dash as a hyphen, without blanks and signs that nobody sees.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|sign| !is_nothing(*sign)).map(narrow).collect()
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
    match narrow {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{fe58}' | '\u{fe63}' | '_' | '~' => '-',
        other => other.to_ascii_uppercase(),
    }
}

fn is_nothing(sign: char) -> bool {
    sign.is_whitespace() || sign.is_control() || kernel::spelling::is_unseen(sign)
}
