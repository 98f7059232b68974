//! Does SQL stay in the `store/` folders of the domain crates?

use super::Finding;
use super::floors::FLOORS;
use super::project::{Project, is_a};
use crate::literals::string_literals;
use crate::statement_texts::reads_like_sql;

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    // The ground floors are the machinery for SQL itself.
    for domain in FLOORS.iter().skip_while(|name| **name != "identity") {
        let folder = format!("crates/{domain}/src");
        for (path, text) in project.below(&folder) {
            if !is_a(path, &["rs"]) || path.contains("/store/") || path.ends_with("/store.rs") {
                continue;
            }
            for line in lines_with_sql(text) {
                findings.push(Finding::fails(format!("{path}:{line}"), "this is SQL; move it into store/"));
            }
        }
    }
    findings
}

fn lines_with_sql(text: &str) -> Vec<usize> {
    let calls = text.match_indices("sql(").filter(|(at, _)| {
        let before = &text[..*at];
        let starts_a_word = !before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        let is_prose = before.rsplit('\n').next().is_some_and(|line| line.contains("//"));
        starts_a_word && !is_prose
    });
    let mut lines: Vec<usize> = calls.map(|(at, _)| text[..at].matches('\n').count() + 1).collect();
    lines.extend(
        string_literals(text).into_iter().filter(|(_, string)| reads_like_sql(string)).map(|(line, _)| line),
    );
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Project::of_files([(path, text)])).len()
    }

    #[test]
    fn statements_live_in_the_store() {
        let statement = "fn all() { sql(\"select id from class\") }";
        assert_eq!(found("crates/class-allocation/src/store/classes.rs", statement), 0);
        assert_eq!(found("crates/class-allocation/src/service/open.rs", statement), 1);
        assert_eq!(found("crates/class-allocation/src/service/open.rs", "sql(text)"), 1);
        assert_eq!(
            found("crates/class-allocation/src/service/open.rs", "\"delete from class where id = $1\""),
            1
        );
    }

    #[test]
    fn tests_and_the_ground_floors_may_write_sql() {
        let statement = "sql(\"select id from class\")";
        assert_eq!(found("crates/storage/src/audit.rs", statement), 0);
        assert_eq!(found("crates/class-allocation/tests/races.rs", statement), 0);
    }

    #[test]
    fn prose_is_no_statement() {
        let prose =
            "let a = \"Select a class\"; let b = \"update your answer\"; count_sql(1); // as sql(text) does";
        assert_eq!(found("crates/task-board/src/error.rs", prose), 0);
    }

    #[test]
    fn a_statement_over_several_lines_is_found_where_it_starts() {
        assert_eq!(lines_with_sql("\n\nlet text = \"\n  select id\n  from class\";"), [3]);
    }
}
