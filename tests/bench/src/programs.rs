//! The programs that are measured beside one another, each with a name.

use std::path::PathBuf;

use anyhow::Context as _;

/// What the names are called together.
pub const VARIABLE: &str = "LINGXUE_BENCH_PROGRAMS";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    pub label: String,
    pub path: PathBuf,
}

/// `before=/path/a after=/path/b`; without such a list the one that was built, as `now`.
pub fn named(list: Option<&str>, built: Option<&str>) -> anyhow::Result<Vec<Program>> {
    let program = |label: &str, path: &str| Program { label: label.to_owned(), path: PathBuf::from(path) };
    let Some(list) = list.filter(|list| !list.trim().is_empty()) else {
        let built = built.context("neither LINGXUE_BENCH_PROGRAMS nor LINGXUE_TEST_BIN names a program")?;
        return Ok(vec![program("now", built)]);
    };
    let mut programs: Vec<Program> = Vec::new();
    for word in list.split_whitespace() {
        let (label, path) =
            word.split_once('=').with_context(|| format!("{VARIABLE}: {word} is no NAME=PATH"))?;
        anyhow::ensure!(!label.is_empty() && !path.is_empty(), "{VARIABLE}: {word} is no NAME=PATH");
        let is_new = programs.iter().all(|known| known.label != label);
        anyhow::ensure!(is_new, "{VARIABLE}: two programs are called {label}");
        programs.push(program(label, path));
    }
    Ok(programs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(list: Option<&str>, built: Option<&str>) -> Option<Vec<String>> {
        let programs = named(list, built).ok()?;
        Some(programs.into_iter().map(|p| format!("{} at {}", p.label, p.path.display())).collect())
    }

    #[test]
    fn programs_have_names() {
        for (list, built, expected) in [
            (None, Some("/b"), Some(vec!["now at /b"])),
            (Some("  "), Some("/b"), Some(vec!["now at /b"])),
            (Some("before=/a after=/b=c"), Some("/x"), Some(vec!["before at /a", "after at /b=c"])),
            (None, None, None),
            (Some("/a"), None, None),
            (Some("=/a"), None, None),
            (Some("a="), None, None),
            (Some("a=/a a=/b"), None, None),
        ] {
            let expected = expected.map(|all| all.into_iter().map(str::to_owned).collect());
            assert_eq!(labels(list, built), expected, "{list:?}");
        }
    }
}
