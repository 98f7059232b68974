//! Does every crate introduce itself, on paper and in its documentation?

use super::Finding;
use super::project::Project;

const INCLUDE: &str = r#"#![doc = include_str!("../README.md")]"#;

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in project.packages.iter().filter(|package| package.folder.starts_with("crates/")) {
        let readme = format!("{}/README.md", package.folder);
        if project.files.get(&readme).is_none_or(|text| text.trim().is_empty()) {
            findings.push(Finding::fails(readme, "say what the crate owns, its invariants and its face"));
        }
        let roots = ["lib.rs", "main.rs"].map(|name| format!("{}/src/{name}", package.folder));
        if !roots.iter().any(|root| project.files.get(root).is_some_and(|text| text.contains(INCLUDE))) {
            findings.push(Finding::fails(&roots[0], format!("open the file with {INCLUDE}")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_needs_a_readme_that_its_documentation_includes() {
        let good = Project::of_files([
            ("crates/kernel/README.md", "# Kernel"),
            ("crates/kernel/src/lib.rs", "#![doc = include_str!(\"../README.md\")]\n"),
        ])
        .with_packages(["crates/kernel"]);
        assert_eq!(check(&good), []);

        let silent = Project::of_files([("crates/kernel/src/lib.rs", "")]).with_packages(["crates/kernel"]);
        assert_eq!(check(&silent).len(), 2);
    }

    #[test]
    fn test_packages_need_none() {
        let project =
            Project::of_files([("tests/journeys/src/lib.rs", "")]).with_packages(["tests/journeys"]);
        assert_eq!(check(&project), []);
    }
}
