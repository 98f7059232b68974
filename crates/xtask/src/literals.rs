//! Which string literals does a Rust source hold, and where?

/// Every string literal with the line it starts on, its escapes resolved as far as SQL needs them.
/// Comments and characters such as `'"'` are passed over.
pub(crate) fn string_literals(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        let step = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = character(rest) {
            length
        } else if let Some((literal, length)) = raw_string(rest, &source[..at]).or_else(|| string(rest)) {
            found.push((source[..at].matches('\n').count() + 1, literal));
            length
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
    }
    found
}

/// `'"'` and `'\''`, so that their quotes open nothing; a lifetime is no character.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let length = match inner.strip_prefix('\\') {
        Some(escaped) => 1 + escaped.chars().next()?.len_utf8(),
        None => inner.chars().next()?.len_utf8(),
    };
    inner[length..].starts_with('\'').then_some(length + 2)
}

fn raw_string(rest: &str, before: &str) -> Option<(String, usize)> {
    let after = rest.strip_prefix('r')?;
    if before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') && !before.ends_with('b') {
        return None;
    }
    let hashes = after.len() - after.trim_start_matches('#').len();
    let text = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = text.find(&end)?;
    Some((text[..length].to_owned(), 1 + hashes + 1 + length + end.len()))
}

fn string(rest: &str) -> Option<(String, usize)> {
    let text = rest.strip_prefix('"')?;
    let mut literal = String::new();
    let mut letters = text.char_indices();
    while let Some((index, letter)) = letters.next() {
        match letter {
            '"' => return Some((literal, index + 2)),
            '\\' => match letters.next()?.1 {
                // A line continued: the blanks that follow are taken by the compiler too.
                '\n' => {
                    let blanks = text[index + 2..].len() - text[index + 2..].trim_start().len();
                    let resume = index + 2 + blanks;
                    while letters.clone().next().is_some_and(|(next, _)| next < resume) {
                        letters.next();
                    }
                }
                'n' | 't' | 'r' => literal.push(' '),
                other => literal.push(other),
            },
            other => literal.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(source: &str) -> Vec<String> {
        string_literals(source).into_iter().map(|(_, literal)| literal).collect()
    }

    #[test]
    fn plain_and_raw_strings_are_found() {
        assert_eq!(literals(r##"f("a \"b\"", r"c\d", r#"e"f"#)"##), ["a \"b\"", "c\\d", "e\"f"]);
    }

    #[test]
    fn a_continued_line_is_one_statement() {
        assert_eq!(literals("sql(\"select id \\\n        from class\")"), ["select id from class"]);
    }

    #[test]
    fn comments_characters_and_lifetimes_open_nothing() {
        assert_eq!(
            literals("// say \"no\"\n/* \"no\" */ let c = '\"'; fn f<'a>(x: &'a str) { \"yes\" }"),
            ["yes"]
        );
        assert_eq!(literals("let quote = '\\''; \"yes\""), ["yes"]);
    }

    #[test]
    fn lines_count_from_one_and_text_may_be_chinese() {
        assert_eq!(string_literals("\n\"领学\" \"b\""), [(2, "领学".to_owned()), (2, "b".to_owned())]);
    }
}
