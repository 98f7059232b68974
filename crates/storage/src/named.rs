//! Statements whose values have names (`:learner_name`), so that a long insert is read by its names and nobody counts.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use crate::query::Val;

/// The statement as the databases read it, with numbers for the names, and the names in the order of those numbers.
pub fn numbered(text: &str) -> (String, Vec<&str>) {
    let mut names: Vec<&str> = Vec::new();
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_name(rest) {
        let place = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        written.push_str(before);
        written.push('$');
        written.push_str(&(place + 1).to_string());
        rest = after;
    }
    written.push_str(rest);
    (written, names)
}

type Numbered = (&'static str, &'static [&'static str]);

/// The same for a text of the program, written once for as long as the program runs.
pub(crate) fn numbered_once(text: &'static str) -> Numbered {
    static WRITTEN: RwLock<BTreeMap<&'static str, Numbered>> = RwLock::new(BTreeMap::new());
    if let Some(known) = WRITTEN.read().unwrap_or_else(PoisonError::into_inner).get(text) {
        return *known;
    }
    let (written, names) = numbered(text);
    let new: Numbered = (Box::leak(written.into_boxed_str()), Box::leak(names.into_boxed_slice()));
    WRITTEN.write().unwrap_or_else(PoisonError::into_inner).insert(text, new);
    new
}

/// The values in the order of the names. Each name has one value and each value a name; anything else is a mistake in the program.
pub(crate) fn in_order(names: &[&str], values: Vec<(&'static str, Val)>) -> Result<Vec<Val>, String> {
    let mut places: Vec<Option<Val>> = vec![None; names.len()];
    for (name, value) in values {
        let place = names.iter().position(|known| *known == name);
        let place = place.ok_or_else(|| format!("it has no :{name}"))?;
        if places[place].replace(value).is_some() {
            return Err(format!(":{name} is set twice"));
        }
    }
    let missing = |(name, value): (&&str, Option<Val>)| value.ok_or_else(|| format!(":{name} is not set"));
    names.iter().zip(places).map(missing).collect()
}

/// What stands before the next `:name`, the name, and what comes after it. Quoted text and PostgreSQL's casts (`::text`) hold none.
fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let is_of_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let mut is_quoted = false;
    let mut previous = ' ';
    for (at, letter) in text.char_indices() {
        is_quoted ^= letter == '\'';
        if letter == ':' && previous != ':' && !is_quoted {
            let after = &text[at + 1..];
            let length = after.find(|c| !is_of_name(c)).unwrap_or(after.len());
            if length > 0 {
                return Some((&text[..at], &after[..length], &after[length..]));
            }
        }
        previous = letter;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_numbers_in_the_order_in_which_they_first_stand() {
        for (text, expected, names) in [
            ("into t (a, b_2) values (:a, :b_2)", "into t (a, b_2) values ($1, $2)", vec!["a", "b_2"]),
            (
                "set b = :b, c = :c where a = :a and b <> :b",
                "set b = $1, c = $2 where a = $3 and b <> $1",
                vec!["b", "c", "a"],
            ),
            (
                "select :a::text, ':b', 'it''s :c', :d",
                "select $1::text, ':b', 'it''s :c', $2",
                vec!["a", "d"],
            ),
            ("a > :a and a in ($list) : :A", "a > $1 and a in ($list) : :A", vec!["a"]),
            ("'周' = :week", "'周' = $1", vec!["week"]),
            ("where id = $1", "where id = $1", vec![]),
        ] {
            assert_eq!(numbered(text), (expected.to_owned(), names), "{text}");
        }
    }

    #[test]
    fn every_name_has_one_value_and_every_value_a_name() {
        let run = |values: &[(&'static str, i64)]| {
            let values = values.iter().map(|(name, value)| (*name, Val::from(*value))).collect();
            in_order(&["a", "b"], values).map(|values| format!("{values:?}"))
        };
        assert_eq!(run(&[("b", 20), ("a", 10)]), Ok("[Int(Some(10)), Int(Some(20))]".to_owned()));
        assert_eq!(run(&[("a", 10)]), Err(":b is not set".to_owned()));
        assert_eq!(run(&[("a", 10), ("b", 20), ("c", 30)]), Err("it has no :c".to_owned()));
        assert_eq!(run(&[("a", 10), ("b", 20), ("a", 10)]), Err(":a is set twice".to_owned()));
    }
}
