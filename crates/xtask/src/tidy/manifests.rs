//! Do all manifests inherit from the workspace, and is every dependency used?

use toml::{Table, Value};

use super::Finding;
use super::project::{Package, Project, is_a};

const INHERITED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];
const DEPENDENCY_TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    each_manifest(project, |_, place, manifest| {
        let mut findings = Vec::new();
        for key in INHERITED {
            if !is_inherited(manifest.get("package").and_then(|package| package.get(key))) {
                findings.push(Finding::fails(place, format!("write `{key}.workspace = true`")));
            }
        }
        if !is_inherited(manifest.get("lints")) {
            findings.push(Finding::fails(place, "write `[lints]` with `workspace = true`"));
        }
        for (name, dependency) in dependencies(manifest) {
            if !is_inherited(Some(dependency)) {
                findings.push(Finding::fails(place, format!("`{name}` must come from the workspace's list")));
            }
        }
        findings
    })
}

/// A dependency whose name occurs nowhere in the package's code only costs build time. One that is named for
/// its features alone is listed under `[package.metadata.tidy] named-for-features`.
pub(super) fn check_unused(project: &Project) -> Vec<Finding> {
    each_manifest(project, |package, place, manifest| {
        let kept = manifest
            .get("package")
            .and_then(|value| value.get("metadata")?.get("tidy")?.get("named-for-features")?.as_array())
            .map(Vec::as_slice)
            .unwrap_or_default();
        let code: Vec<&str> = project
            .below(&package.folder)
            .filter(|(path, _)| is_a(path, &["rs", "md"]))
            .map(|(_, text)| text)
            .collect();
        let unused: Vec<&str> = dependencies(manifest)
            .into_iter()
            .map(|(name, _)| name)
            .filter(|name| !kept.iter().any(|each| each.as_str() == Some(name)))
            .filter(|name| {
                let word = name.replace('-', "_");
                !code.iter().any(|text| has_word(text, &word))
            })
            .collect();
        if unused.is_empty() {
            return Vec::new();
        }
        vec![Finding::fails(place, format!("these are named but not used: {}", unused.join(", ")))]
    })
}

fn each_manifest(project: &Project, rule: impl Fn(&Package, &str, &Table) -> Vec<Finding>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &project.packages {
        let place = format!("{}/Cargo.toml", package.folder);
        match project.files.get(&place).map(|text| text.parse::<Table>()) {
            Some(Ok(manifest)) => findings.extend(rule(package, &place, &manifest)),
            Some(Err(problem)) => findings.push(Finding::fails(place, problem.to_string())),
            None => findings.push(Finding::fails(place, "is missing")),
        }
    }
    findings
}

fn dependencies(manifest: &Table) -> Vec<(&str, &Value)> {
    let for_targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    std::iter::once(manifest)
        .chain(for_targets.filter_map(Value::as_table))
        .flat_map(|table| DEPENDENCY_TABLES.iter().filter_map(|kind| table.get(*kind)?.as_table()))
        .flat_map(|table| table.iter().map(|(name, value)| (name.as_str(), value)))
        .collect()
}

fn is_inherited(value: Option<&Value>) -> bool {
    value.and_then(|value| value.get("workspace")).and_then(Value::as_bool) == Some(true)
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r"
        [package]
        name = 'task'
        version.workspace = true
        edition.workspace = true
        rust-version.workspace = true
        license.workspace = true
        publish.workspace = true
        [lints]
        workspace = true
        [dependencies]
        http-kit.workspace = true
    ";

    fn project(manifest: &str, code: &str) -> Project {
        Project::of_files([("crates/task/Cargo.toml", manifest), ("crates/task/src/lib.rs", code)])
            .with_packages(["crates/task"])
    }

    #[test]
    fn a_manifest_that_inherits_everything_passes() {
        assert_eq!(check(&project(GOOD, "")), []);
    }

    #[test]
    fn own_versions_editions_and_lints_are_found() {
        let edited = GOOD
            .replace("edition.workspace = true", "edition = '2024'")
            .replace("[lints]\n        workspace = true", "")
            .replace("http-kit.workspace = true", "http-kit = '1'");
        assert_eq!(check(&project(&edited, "")).len(), 3);
    }

    #[test]
    fn dependencies_of_one_target_or_of_tests_are_seen_too() {
        let edited =
            format!("{GOOD}\n[dev-dependencies]\na = '1'\n[target.'cfg(unix)'.dependencies]\nb = '1'");
        assert_eq!(check(&project(&edited, "")).len(), 2);
    }

    #[test]
    fn a_dependency_must_be_named_in_code_as_a_whole_word() {
        assert_eq!(check_unused(&project(GOOD, "use http_kit::Problem;")), []);
        assert_eq!(check_unused(&project(GOOD, "use http_kitten::Problem;")).len(), 1);
        let kept = format!("{GOOD}\n[package.metadata.tidy]\nnamed-for-features = ['http-kit']");
        assert_eq!(check_unused(&project(&kept, "")), []);
    }
}
