//! Was every statement of the `store/` folders run by some test? A statement that no test runs is a statement
//! that one of the two databases may refuse.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::statement_texts::{Statement, statements_of};
use crate::tidy::project::{Project, is_a};

/// `log` is what the tests wrote with `LINGXUE_SQL_LOG` set: one statement a line, blanks folded.
pub(crate) fn run(log: &Path) -> Result<()> {
    let log = std::fs::read_to_string(log).with_context(|| format!("reading {}", log.display()))?;
    let statements = statements(&Project::read()?);
    let never = never_run(&statements, &log);
    if never.is_empty() {
        println!("statements: all {} were run", statements.len());
        return Ok(());
    }
    for statement in &never {
        println!("error[statements] {}: no test runs: {}", statement.place, statement.text);
    }
    bail!("statements: {} of {} were never run", never.len(), statements.len());
}

fn statements(project: &Project) -> Vec<Statement> {
    statements_of(project.below("crates").filter(|(path, _)| {
        let is_store = path.contains("/src/store/") || path.ends_with("/src/store.rs");
        is_a(path, &["rs"]) && (is_store || path.starts_with("crates/storage/src/"))
    }))
}

fn never_run<'a>(statements: &'a [Statement], log: &str) -> Vec<&'a Statement> {
    let ran: BTreeSet<&str> = log.lines().collect();
    statements
        .iter()
        // A literal may be the first half of a statement that a macro puts together.
        .filter(|statement| {
            !ran.contains(statement.text.as_str()) && !ran.iter().any(|line| line.contains(&statement.text))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> Project {
        Project::of_files([
            (
                "crates/task-board/src/store/tasks.rs",
                "sql(\"select id\n  from task\"); sql(\"delete from task where id = $1\")",
            ),
            ("crates/task-board/src/error.rs", "\"select a task from the list\""),
        ])
    }

    #[test]
    fn a_statement_that_no_test_ran_is_named_with_its_place() {
        let statements = statements(&project());
        let never = never_run(&statements, "select id from task\nselect 1\n");
        assert_eq!(never.len(), 1);
        assert_eq!(never[0].place, "crates/task-board/src/store/tasks.rs:2");
        assert_eq!(never[0].text, "delete from task where id = $1");
    }

    #[test]
    fn a_part_counts_when_the_whole_ran() {
        let statements = statements(&project());
        let log = "select id from task where class_id = $1\ndelete from task where id = $1";
        assert!(never_run(&statements, log).is_empty());
    }
}
