//! Which SQL statements do the sources hold, and where? The checks of this crate and the gateway's tests read them by the same rule.

use super::literals::string_literals;

/// How a statement's text opens.
const OPENINGS: [&str; 5] = ["select ", "insert into ", "update ", "delete from ", "with "];
/// What must follow somewhere in it, so that prose ("update your browser") passes.
const FOLLOWED_BY: [&str; 5] = [" from ", " values ", " set ", " where ", " as ("];

/// One statement as it is written, its blanks folded.
#[derive(Debug)]
pub(crate) struct Statement {
    /// File and line.
    pub(crate) place: String,
    pub(crate) text: String,
}

/// The statements of these sources (path and text).
pub(crate) fn statements_of<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Statement> {
    let mut found = Vec::new();
    for (path, source) in sources {
        for (line, literal) in string_literals(source) {
            // Where a table's name is filled in at run time (a copy of all tables), the text is no statement yet.
            if reads_like_sql(&literal) && !literal.contains("{table}") {
                found.push(Statement { place: format!("{path}:{line}"), text: folded(&literal) });
            }
        }
    }
    found
}

/// Whether a string is a statement, or the beginning of one.
pub(crate) fn reads_like_sql(string: &str) -> bool {
    let words = format!("{} ", folded(string).to_lowercase());
    OPENINGS.iter().any(|opening| words.starts_with(opening))
        && FOLLOWED_BY.iter().any(|word| words.contains(word))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
