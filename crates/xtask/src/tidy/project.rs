//! The tree as the rules see it: the packages of the workspace and the text of every source file.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// What every rule reads. Paths are relative to the root, with forward slashes.
#[derive(Debug, Default)]
pub(crate) struct Project {
    pub(crate) packages: Vec<Package>,
    pub(crate) files: BTreeMap<String, String>,
}

/// One member of the workspace.
#[derive(Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// Its folder, such as `crates/kernel`.
    pub(crate) folder: String,
    /// The other members it names.
    pub(crate) names: Vec<Names>,
}

/// That one member names another, and for what.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) package: String,
    pub(crate) only_in_tests: bool,
}

/// Written by tools or by people elsewhere; never read.
const SKIPPED_FOLDERS: [&str; 8] =
    [".git", ".test", "target", "node_modules", "dist", "data", "screenshots", "proptest-regressions"];
const READ_ENDINGS: [&str; 12] =
    ["rs", "toml", "sql", "ts", "vue", "js", "mjs", "css", "sh", "md", "yml", "html"];

impl Project {
    pub(crate) fn read() -> Result<Self> {
        let cargo = Command::new(env!("CARGO"))
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .output()
            .context("cannot start cargo metadata")?;
        ensure!(cargo.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&cargo.stderr));
        let metadata: Value = serde_json::from_slice(&cargo.stdout)?;
        let root = metadata["workspace_root"].as_str().context("cargo metadata names no root")?;

        let mut files = BTreeMap::new();
        read_folder(Path::new(root), Path::new(root), &mut files)?;
        Ok(Self { packages: packages(&metadata, root), files })
    }

    /// The files below a folder, or the file itself.
    pub(crate) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(path, _)| {
                path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

/// Whether a file's name has one of these endings.
pub(crate) fn is_a(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}

fn packages(metadata: &Value, root: &str) -> Vec<Package> {
    let each = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    each(&metadata["packages"])
        .iter()
        .map(|package| Package {
            name: text(&package["name"]),
            folder: text(&package["manifest_path"])
                .trim_start_matches(root)
                .trim_end_matches("/Cargo.toml")
                .trim_start_matches('/')
                .to_owned(),
            // A dependency with a path is one of ours.
            names: each(&package["dependencies"])
                .iter()
                .filter(|dependency| dependency["path"].is_string())
                .map(|dependency| Names {
                    package: text(&dependency["name"]),
                    only_in_tests: dependency["kind"] == "dev",
                })
                .collect(),
        })
        .collect()
}

fn read_folder(folder: &Path, root: &Path, files: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !SKIPPED_FOLDERS.contains(&name.as_str()) {
                read_folder(&path, root, files)?;
            }
        } else if kind.is_file() && is_a(&name, &READ_ENDINGS) {
            let text =
                std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            let place = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.insert(place, text);
        }
    }
    Ok(())
}

#[cfg(test)]
impl Project {
    pub(crate) fn of_files<const N: usize>(files: [(&str, &str); N]) -> Self {
        Self {
            packages: Vec::new(),
            files: files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect(),
        }
    }

    pub(crate) fn with_packages<const N: usize>(mut self, folders: [&str; N]) -> Self {
        self.packages = folders
            .into_iter()
            .map(|folder| Package {
                name: folder.rsplit('/').next().unwrap_or(folder).to_owned(),
                folder: folder.to_owned(),
                names: Vec::new(),
            })
            .collect();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_tells_folders_and_which_members_a_package_names() {
        let metadata = serde_json::json!({"packages": [{
            "name": "storage",
            "manifest_path": "/tree/crates/storage/Cargo.toml",
            "dependencies": [
                {"name": "kernel", "path": "/tree/crates/kernel", "kind": null},
                {"name": "testkit", "path": "/tree/crates/testkit", "kind": "dev"},
                {"name": "serde", "kind": null},
            ],
        }]});
        let packages = packages(&metadata, "/tree");
        assert_eq!(packages[0].folder, "crates/storage");
        assert_eq!(
            packages[0].names,
            [
                Names { package: "kernel".into(), only_in_tests: false },
                Names { package: "testkit".into(), only_in_tests: true },
            ]
        );
    }

    #[test]
    fn a_folder_does_not_contain_its_longer_namesake() {
        let project = Project::of_files([("crates/task/a.rs", ""), ("crates/task-board/b.rs", "")]);
        assert_eq!(project.below("crates/task").count(), 1);
    }
}
