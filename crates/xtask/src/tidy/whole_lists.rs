//! Does `ALL` name every variant of its enum? Who is left out there compiles, and is an unknown word where words are read.

use std::collections::BTreeSet;

use super::Finding;
use super::project::{Project, is_a};
use super::vocabularies::{enum_body, variants};

const LIST: &str = "\n    pub const ALL: [Self; ";

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in project.below("crates").filter(|(path, _)| is_a(path, &["rs"])) {
        let code: String =
            text.lines().take_while(|line| *line != "#[cfg(test)]").flat_map(|l| [l, "\n"]).collect();
        for (start, _) in code.match_indices(LIST) {
            let Some((name, body)) = owner(&code, start) else {
                findings.push(Finding::fails(path, "ALL stands beside no enum of this file"));
                continue;
            };
            let listed = names_of_list(&code[start + LIST.len()..]);
            for (variant, _) in variants(body) {
                if !listed.contains(variant) {
                    findings.push(Finding::fails(path, format!("{name}::ALL lacks {variant}")));
                }
            }
        }
    }
    findings
}

/// The enum in whose `impl` this place is, and what stands between its braces.
fn owner(code: &str, place: usize) -> Option<(&str, &str)> {
    let (_, after) = code[..place].rsplit_once("\nimpl ")?;
    let (name, _) = after.split_once(" {")?;
    Some((name, enum_body(code, name)?))
}

/// What stands after the length: `6] = [Self::Watch, …];`.
fn names_of_list(after: &str) -> BTreeSet<&str> {
    let list = after.split(';').next().unwrap_or_default();
    list.split("Self::")
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(list: &str) -> Vec<Finding> {
        let code = format!(
            "pub enum Kind {{\n    /// A text.\n    Read,\n    Sing,\n}}\n\nimpl Kind {{\n    pub const ALL: {list};\n\n    \
             fn other(self) {{ Self::Sing; }}\n}}\n"
        );
        check(&Project::of_files([("crates/a/src/kind.rs", &code)]))
    }

    #[test]
    fn a_whole_list_is_right() {
        assert_eq!(found("[Self; 2] = [Self::Read, Self::Sing]"), []);
        assert_eq!(found("[Self; 2] =\n        [\n Self::Sing,\n Self::Read,\n ]"), []);
    }

    #[test]
    fn whoever_is_left_out_is_named() {
        let expected = [Finding::fails("crates/a/src/kind.rs", "Kind::ALL lacks Sing")];
        assert_eq!(found("[Self; 1] = [Self::Read]"), expected);
        assert_eq!(found("[Self; 2] = [Self::Read, Self::Read]"), expected);
    }

    #[test]
    fn an_enum_elsewhere_is_not_taken_for_right() {
        let code = "\nimpl Kind {\n    pub const ALL: [Self; 1] = [Self::Read];\n}\n";
        assert_eq!(check(&Project::of_files([("crates/a/src/kind.rs", code)])).len(), 1);
    }
}
