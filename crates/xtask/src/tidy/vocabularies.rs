//! Do the rows of every open vocabulary and the Rust enum that reads them hold the same words?
//!
//! A vocabulary is a table of one column `word`, filled by migrations. The comment above it says whose words they are:
//! ``-- Words of `TaskKind` in crates/task-board/src/model/task_kind.rs.``

use std::collections::BTreeSet;

use super::Finding;
use super::project::{Project, is_a};

const SIGN: &str = "-- Words of `";

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let migrations: Vec<_> = project.below("migrations").filter(|(path, _)| is_a(path, &["sql"])).collect();
    let mut findings = Vec::new();
    for (path, text) in &migrations {
        for (start, _) in text.match_indices("  word text not null") {
            let Some(table) = table_around(text, start) else { continue };
            let Some((name, file)) = owner(text, table) else {
                findings.push(Finding::fails(
                    *path,
                    format!("say above {table} whose words they are: {SIGN}…` in …."),
                ));
                continue;
            };
            let Some(body) = project.files.get(file).and_then(|code| enum_body(code, name)) else {
                findings.push(Finding::fails(*path, format!("there is no enum {name} in {file}")));
                continue;
            };
            let rows: BTreeSet<_> =
                migrations.iter().flat_map(|(_, text)| words_of_rows(text, table)).collect();
            let variants = words_of_variants(body);
            for word in rows.difference(&variants) {
                findings
                    .push(Finding::fails(file, format!("{name} lacks '{word}', which is a row of {table}")));
            }
            for word in variants.difference(&rows) {
                findings
                    .push(Finding::fails(*path, format!("{table} lacks a row '{word}', which {name} has")));
            }
        }
    }
    findings
}

/// The name of the table whose definition this place is in.
fn table_around(text: &str, place: usize) -> Option<&str> {
    let (_, after) = text[..place].rsplit_once("create table ")?;
    after.split_once(" (").map(|(name, _)| name)
}

/// Enum and file that the comment above a table names.
fn owner<'a>(text: &'a str, table: &str) -> Option<(&'a str, &'a str)> {
    let above = &text[..text.find(&format!("create table {table} ("))?];
    let line = above.lines().next_back().filter(|line| line.starts_with(SIGN))?;
    line[SIGN.len()..].trim_end_matches('.').split_once("` in ")
}

/// The words that this migration adds to a vocabulary or takes from it; only adding is ever done.
fn words_of_rows(text: &str, table: &str) -> Vec<String> {
    let statement = format!("insert into {table} (word) values");
    text.match_indices(&statement)
        .flat_map(|(start, _)| {
            let rows = text[start + statement.len()..].split(';').next().unwrap_or_default();
            rows.split('\'').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

/// What stands between the braces of an enum.
pub(super) fn enum_body<'a>(code: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = code.split_once(&format!("enum {name} {{"))?;
    let mut depth = 1_usize;
    for (at, character) in after.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&after[..at]);
        }
    }
    None
}

/// A variant's own word (`Read = "read"`), or its name in snake case, as `rename_all` writes it.
fn words_of_variants(body: &str) -> BTreeSet<String> {
    variants(body)
        .into_iter()
        .map(|(name, own)| own.map_or_else(|| snake_case(name), str::to_owned))
        .collect()
}

/// The variants between an enum's braces by name, each with its own word if it has one.
pub(super) fn variants(body: &str) -> Vec<(&str, Option<&str>)> {
    let mut depth = 0_i32;
    let mut found = Vec::new();
    for line in body.lines() {
        let line = line.trim_start();
        if depth == 0 && line.starts_with(|c: char| c.is_ascii_uppercase()) {
            let end = line.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(line.len());
            let (name, rest) = line.split_at(end);
            let own = rest.trim_start().strip_prefix("= \"").and_then(|rest| rest.split('"').next());
            found.push((name, own));
        }
        let code = if line.starts_with("//") { "" } else { line };
        depth += count(code, "{(") - count(code, "})");
    }
    found
}

fn count(line: &str, of: &str) -> i32 {
    line.chars().map(|c| i32::from(of.contains(c))).sum()
}

fn snake_case(name: &str) -> String {
    let mut word = String::new();
    for (at, character) in name.char_indices() {
        if at > 0 && character.is_ascii_uppercase() {
            word.push('_');
        }
        word.push(character.to_ascii_lowercase());
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "
        /// Kinds.
        pub enum Kind {
            /// A text (of some {length}).
            Read,
            HandIn { until: u8 },
            Meet(u8),
            Odd = \"other_word\",
        }
        pub enum Later { Never }";

    fn migration(rows: &str) -> String {
        format!(
            "-- Kinds.\n-- Words of `Kind` in src/kind.rs.\ncreate table kinds (\n  word text not null,\n  \
             constraint kinds_word_key primary key (word)\n);\ninsert into kinds (word) values {rows};\n"
        )
    }

    fn project(sql: &str) -> Project {
        Project::of_files([("migrations/0001_storage_kinds.sql", sql), ("src/kind.rs", CODE)])
    }

    #[test]
    fn rows_and_variants_hold_the_same_words() {
        let sql = migration("('read'), ('hand_in'),\n  ('meet'), ('other_word')");
        assert_eq!(check(&project(&sql)), []);
    }

    #[test]
    fn a_later_migration_adds_words() {
        let later = "-- More.\ninsert into kinds (word) values ('meet'), ('other_word');";
        let first = migration("('read'), ('hand_in')");
        let whole = Project::of_files([
            ("migrations/0001_storage_kinds.sql", &first),
            ("migrations/0002_storage_more.sql", later),
            ("src/kind.rs", CODE),
        ]);
        assert_eq!(check(&whole), []);
    }

    #[test]
    fn a_word_on_one_side_only_is_named() {
        let sql = migration("('read'), ('hand_in'), ('meet'), ('sing')");
        assert_eq!(
            check(&project(&sql)),
            [
                Finding::fails("src/kind.rs", "Kind lacks 'sing', which is a row of kinds"),
                Finding::fails(
                    "migrations/0001_storage_kinds.sql",
                    "kinds lacks a row 'other_word', which Kind has"
                ),
            ]
        );
    }

    #[test]
    fn a_vocabulary_says_whose_words_it_holds() {
        let silent = migration("('read')").replace("-- Words of `Kind` in src/kind.rs.\n", "");
        assert_eq!(check(&project(&silent)).len(), 1);
        let elsewhere = migration("('read')").replace("src/kind.rs", "src/gone.rs");
        assert_eq!(check(&project(&elsewhere)).len(), 1);
    }
}
