//! Is the case of letters the same on both databases? What `lower` makes of a letter depends on the locale in PostgreSQL, and on nothing in
//! SQLite: a statement says which it means.

use super::Finding;
use super::project::{Project, is_a};
use crate::literals::string_literals;

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in project.below("crates") {
        if !is_a(path, &["rs"]) || !path.contains("/src/store/") {
            continue;
        }
        for (line, string) in string_literals(text) {
            if lowered(&string).any(|what| !what.contains("collate")) {
                findings.push(Finding::fails(
                    format!("{path}:{line}"),
                    "lower(…) depends on the locale; write lower(… collate \"C\")",
                ));
            }
        }
    }
    findings
}

/// What stands between the brackets of each `lower(`.
fn lowered(statement: &str) -> impl Iterator<Item = &str> {
    statement.match_indices("lower(").map(|(at, call)| {
        let inner = &statement[at + call.len()..];
        let mut depth = 1;
        let end = inner.find(|sign| {
            depth += match sign {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        &inner[..end.unwrap_or(inner.len())]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_says_by_which_rule() {
        let found =
            |text: &str| check(&Project::of_files([("crates/identity/src/store/people.rs", text)])).len();
        assert_eq!(found(r#"fn a() { sql("select id from people p where lower(p.name) like $1") }"#), 1);
        assert_eq!(
            found(r#"fn a() { sql("select id from x where lower(replace(a, 'O', '0')) like $1") }"#),
            1
        );
        assert_eq!(
            found(
                r#"fn a() { sql("select id from x where lower(replace(a, 'O', '0') collate \"C\") like $1") }"#
            ),
            0
        );
        assert_eq!(found("fn a() { text.to_ascii_lowercase() }"), 0);
    }
}
