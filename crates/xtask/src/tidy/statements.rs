//! Does SQL stay in the `store/` folders of the domain crates?

use super::Finding;
use super::floors::FLOORS;
use super::project::{Project, is_a};

/// How a statement's text opens, as the first word of a string.
const OPENINGS: [&str; 5] = ["select", "insert into", "update", "delete from", "with"];
/// What must follow somewhere in the same string, so that prose ("update your browser") passes.
const FOLLOWED_BY: [&str; 5] = ["from", "values", "set", "where", "as ("];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    // The ground floors are the machinery for SQL itself.
    for domain in FLOORS.iter().skip_while(|name| **name != "notification") {
        let folder = format!("crates/{domain}/src");
        for (path, text) in project.below(&folder) {
            if !is_a(path, &["rs"]) || path.contains("/store/") || path.ends_with("/store.rs") {
                continue;
            }
            for (line, what) in statements(text) {
                findings
                    .push(Finding::fails(format!("{path}:{line}"), format!("{what}; move it into store/")));
            }
        }
    }
    findings
}

fn statements(text: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("sql(") {
        if !text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
            found.push((line_of(text, at), "a statement is made here"));
        }
    }
    for (at, _) in text.match_indices('"') {
        let after = &text[at + 1..];
        let string = after.split('"').next().unwrap_or_default().trim_start().to_lowercase();
        let opens = OPENINGS
            .iter()
            .any(|word| string.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '\n'])));
        if opens && has_any_word(&string, &FOLLOWED_BY) {
            found.push((line_of(text, at), "a string reads like SQL"));
        }
    }
    found
}

fn has_any_word(string: &str, words: &[&str]) -> bool {
    let spaced = format!(" {} ", string.split_whitespace().collect::<Vec<_>>().join(" "));
    words.iter().any(|word| spaced.contains(&format!(" {word}")))
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Project::of_files([(path, text)])).len()
    }

    #[test]
    fn statements_live_in_the_store() {
        let statement = "fn all() { db.q(\"select id from class\") }";
        assert_eq!(found("crates/class-allocation/src/store/classes.rs", statement), 0);
        assert_eq!(found("crates/class-allocation/src/service/open.rs", statement), 1);
        assert_eq!(found("crates/class-allocation/src/service/open.rs", "sql(\"vacuum\")"), 1);
    }

    #[test]
    fn tests_and_the_ground_floors_may_write_sql() {
        let statement = "sql(\"select id from class\")";
        assert_eq!(found("crates/storage/src/outbox.rs", statement), 0);
        assert_eq!(found("crates/class-allocation/tests/races.rs", statement), 0);
    }

    #[test]
    fn prose_is_no_statement() {
        let prose = "let a = \"Select a class\"; let b = \"update your answer\"; count_sql(1);";
        assert_eq!(found("crates/task-board/src/error.rs", prose), 0);
    }

    #[test]
    fn a_statement_over_several_lines_is_found_where_it_starts() {
        let text = "\n\nlet text = \"\n  select id\n  from class\";";
        assert_eq!(statements(text), [(3, "a string reads like SQL")]);
    }
}
