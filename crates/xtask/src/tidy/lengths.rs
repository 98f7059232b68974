//! Are files short enough to tell one story?

use super::Finding;
use super::project::{Project, is_a};

const MOST: usize = 500;
const PLENTY: usize = 300;
const COUNTED: [&str; 4] = ["rs", "ts", "vue", "mjs"];
/// Made by a tool, read by none.
const GENERATED: [&str; 1] = ["web/packages/api-client/schema.d.ts"];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    project
        .files
        .iter()
        .filter(|(path, _)| is_a(path, &COUNTED))
        .filter(|(path, _)| !GENERATED.contains(&path.as_str()))
        .filter_map(|(path, text)| match text.lines().count() {
            lines if lines > MOST => Some(Finding::fails(path, format!("{lines} lines; the most is {MOST}"))),
            lines if lines > PLENTY => Some(Finding::warns(path, format!("{lines} lines; is it one story?"))),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::Weight;

    fn weigh(path: &str, lines: usize) -> Option<Weight> {
        let project = Project::of_files([(path, &*"x\n".repeat(lines))]);
        check(&project).first().map(|finding| finding.weight)
    }

    #[test]
    fn long_files_warn_and_then_fail() {
        assert_eq!(weigh("crates/kernel/src/id.rs", 300), None);
        assert_eq!(weigh("crates/kernel/src/id.rs", 301), Some(Weight::Warns));
        assert_eq!(weigh("web/src/app/App.vue", 501), Some(Weight::Fails));
    }

    #[test]
    fn only_code_by_hand_counts() {
        assert_eq!(weigh("web/packages/api-client/schema.d.ts", 9_000), None);
        assert_eq!(weigh("docs/guide.md", 9_000), None);
    }
}
