//! Is anything unfinished or private to one machine left in the tree?

use super::Finding;
use super::project::{Project, is_a};

/// Written in halves, so that this list does not find itself.
const UNFINISHED: [&str; 6] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("unimplemented", "!("),
    concat!("todo", "!("),
    concat!("dbg", "!("),
    concat!("debug", "ger;"),
];
const OF_ONE_MACHINE: [&str; 4] = [
    concat!("/work/", "main"),
    concat!("/ro", "ot/"),
    concat!("registry.", "npmjs"),
    concat!("pypi.", "org"),
];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in &project.files {
        let is_code = !is_a(path, &["md"]);
        for (index, line) in text.lines().enumerate() {
            let place = || format!("{path}:{}", index + 1);
            let unfinished = UNFINISHED.iter().filter(|_| is_code).find(|mark| has_mark(line, mark));
            if let Some(mark) = unfinished {
                findings.push(Finding::fails(place(), format!("`{mark}` is left over: do it or drop it")));
            }
            if let Some(mark) = OF_ONE_MACHINE.iter().find(|mark| line.contains(*mark)) {
                findings.push(Finding::fails(place(), format!("`{mark}` is true on one machine only")));
            }
        }
    }
    findings
}

/// As a word of its own: the Spanish "todo" or a name that contains it is no leftover.
fn has_mark(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        !line[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
            && (mark.ends_with(['(', ';']) || !line[at + mark.len()..].starts_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_code_is_found_with_its_line() {
        for mark in UNFINISHED {
            let project = Project::of_files([("web/src/app/main.ts", &*format!("\n// {mark} later"))]);
            let findings = check(&project);
            assert_eq!(findings.len(), 1, "{mark}");
            assert_eq!(findings[0].place, "web/src/app/main.ts:2");
        }
    }

    #[test]
    fn words_that_contain_a_mark_and_prose_pass() {
        let mark = UNFINISHED[0];
        let project = Project::of_files([
            ("a.ts", &*format!("const {mark}S = 1; const MY_{mark} = 2")),
            ("docs/a.md", &*format!("The {mark} list")),
        ]);
        assert_eq!(check(&project), []);
    }

    #[test]
    fn paths_and_hosts_of_one_machine_are_found() {
        let project = Project::of_files([("docs/a.md", &*format!("cd {}", OF_ONE_MACHINE[0]))]);
        assert_eq!(check(&project).len(), 1);
    }
}
