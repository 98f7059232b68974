//! Is everything that we build upon allowed by `deny.toml`: its licence, its versions and where it comes from?
//!
//! The file is cargo-deny's, which also knows the advisories, and takes longer to build than all else that a check needs: where their
//! database is out of reach, as in a closed network, this reads the file's other parts as cargo-deny does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use spdx::{Expression, ParseMode};

const RULES: &str = "deny.toml";
/// As cargo writes in front of where a package comes from, when that is a registry.
const REGISTRY: &str = "registry+";

/// What is read of the rules. What cargo-deny alone makes use of stands as `IgnoredAny`; a rule that nobody reads here is an error.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    #[serde(rename = "graph")]
    _graph: serde::de::IgnoredAny,
    #[serde(rename = "advisories")]
    _advisories: serde::de::IgnoredAny,
    licenses: Licences,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Licences {
    allow: Vec<String>,
    private: Private,
    #[serde(rename = "unused-allowed-license")]
    _unused: serde::de::IgnoredAny,
    #[serde(rename = "confidence-threshold")]
    _confidence: serde::de::IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Private {
    ignore: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Bans {
    deny: Vec<Ban>,
    wildcards: Level,
    allow_wildcard_paths: bool,
    #[serde(rename = "multiple-versions")]
    _told: serde::de::IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    deny_multiple_versions: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sources {
    unknown_registry: Level,
    unknown_git: Level,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Level {
    Deny,
    Warn,
    Allow,
}

/// What cargo tells of the tree.
#[derive(Deserialize)]
struct Tree {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    /// None for what lies in the workspace.
    source: Option<String>,
    #[serde(default)]
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    req: String,
    /// Set where it is no registry's, or not the usual one's.
    path: Option<String>,
    registry: Option<String>,
}

pub(crate) fn run() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("no workspace root")?;
    let rules = std::fs::read_to_string(root.join(RULES)).with_context(|| format!("reading {RULES}"))?;
    let rules: Rules = toml::from_str(&rules).with_context(|| format!("{RULES} is not understood"))?;
    let told = cargo(root, &["metadata", "--format-version", "1", "--all-features"])?;
    let mut tree: Tree = serde_json::from_str(&told).context("what cargo tells of the tree")?;
    // It also tells of packages that no feature takes in; the tree as it is built does not.
    let told = cargo(
        root,
        &["tree", "--workspace", "--all-features", "--target", "all", "--prefix", "none", "--format", "{p}"],
    )?;
    let built: BTreeSet<&str> = told.lines().map(name_and_version).collect();
    tree.packages.retain(|package| built.contains(format!("{} v{}", package.name, package.version).as_str()));

    let findings = check(&rules, &tree)?;
    if findings.is_empty() {
        println!("dependencies: {} packages, all as {RULES} allows", tree.packages.len());
        return Ok(());
    }
    bail!("{}", findings.join("\n"))
}

fn cargo(root: &Path, words: &[&str]) -> Result<String> {
    let told = Command::new(env!("CARGO")).args(words).arg("--locked").current_dir(root).output();
    let told = told.context("cannot start cargo")?;
    ensure!(told.status.success(), "cargo {}: {}", words[0], String::from_utf8_lossy(&told.stderr));
    Ok(String::from_utf8(told.stdout)?)
}

/// `ring v0.17.14` of `ring v0.17.14 (*)`.
fn name_and_version(line: &str) -> &str {
    let end = line.match_indices(' ').nth(1).map_or(line.len(), |(at, _)| at);
    &line[..end]
}

fn check(rules: &Rules, tree: &Tree) -> Result<Vec<String>> {
    let mut findings = licences(&rules.licenses, tree)?;
    findings.extend(bans(&rules.bans, tree));
    findings.extend(sources(&rules.sources, tree));
    Ok(findings)
}

fn licences(rules: &Licences, tree: &Tree) -> Result<Vec<String>> {
    let allowed = rules
        .allow
        .iter()
        .map(|text| spdx::Licensee::parse(text).with_context(|| format!("{RULES}: no licence: {text}")))
        .collect::<Result<Vec<_>>>()?;
    let is_allowed = |text: &str| {
        // Older manifests write MIT/Apache-2.0.
        let expression = Expression::parse_mode(text, ParseMode::LAX);
        expression.is_ok_and(|e| e.evaluate(|needed| allowed.iter().any(|each| each.satisfies(needed))))
    };
    let others = tree.packages.iter().filter(|package| package.source.is_some() || !rules.private.ignore);
    Ok(others
        .filter(|package| !package.license.as_deref().is_some_and(is_allowed))
        .map(|package| match &package.license {
            Some(licence) => format!("{package}: the licence {licence} is not among those allowed"),
            None => format!("{package}: it names no licence"),
        })
        .collect())
}

fn bans(rules: &Bans, tree: &Tree) -> Vec<String> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in &tree.packages {
        versions.entry(&package.name).or_default().push(&package.version);
    }
    let mut findings = Vec::new();
    for ban in &rules.deny {
        let Some(found) = versions.get(ban.name.as_str()) else { continue };
        if !ban.deny_multiple_versions {
            let reason = ban.reason.as_deref().unwrap_or("it is banned");
            findings.push(format!("{}: {reason}", ban.name));
        } else if found.len() > 1 {
            findings.push(format!("{}: one version is allowed, there are {}", ban.name, found.join(", ")));
        }
    }
    if rules.wildcards == Level::Deny {
        for (package, dependency) in dependencies(tree) {
            let is_free = dependency.path.is_some() && rules.allow_wildcard_paths;
            if dependency.req == "*" && !is_free {
                findings.push(format!("{package}: it takes any version of {}", dependency.name));
            }
        }
    }
    findings
}

/// Everything comes from cargo's usual registry: it is the one source there is, and no manifest names another.
fn sources(rules: &Sources, tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    let mut first = None;
    for package in &tree.packages {
        let Some(source) = &package.source else { continue };
        let is_registry = source.starts_with(REGISTRY);
        let is_known = is_registry && *first.get_or_insert(source) == source;
        let level = if is_registry { &rules.unknown_registry } else { &rules.unknown_git };
        if !is_known && *level == Level::Deny {
            findings.push(format!("{package}: it comes from {source}"));
        }
    }
    if rules.unknown_registry == Level::Deny {
        for (package, dependency) in dependencies(tree) {
            if let Some(registry) = &dependency.registry {
                findings.push(format!("{package}: it takes {} from {registry}", dependency.name));
            }
        }
    }
    findings
}

fn dependencies(tree: &Tree) -> impl Iterator<Item = (&Package, &Dependency)> {
    tree.packages.iter().flat_map(|package| package.dependencies.iter().map(move |each| (package, each)))
}

impl std::fmt::Display for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const USUAL: &str = "registry+usual";

    fn rules() -> Rules {
        let text = r#"
            graph.all-features = true
            advisories.yanked = "deny"
            licenses = { allow = ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"], private.ignore = true, unused-allowed-license = "allow", confidence-threshold = 0.9 }
            sources = { unknown-registry = "deny", unknown-git = "deny" }
            [bans]
            multiple-versions = "warn"
            wildcards = "deny"
            allow-wildcard-paths = true
            deny = [{ crate = "openssl", reason = "use rustls" }, { crate = "ring", deny-multiple-versions = true }]
        "#;
        toml::from_str(text).expect("rules")
    }

    /// A package as cargo tells of it, with what is said here instead of what is usual.
    fn package(name: &str, said: Value) -> Value {
        let mut usual = json!({ "name": name, "version": "1.0.0", "license": "MIT", "source": USUAL, "dependencies": [] });
        let said = said.as_object().expect("an object").clone();
        usual.as_object_mut().expect("an object").extend(said);
        usual
    }

    fn found(packages: Vec<Value>) -> Vec<String> {
        let tree = serde_json::from_value(json!({ "packages": packages })).expect("a tree");
        check(&rules(), &tree).expect("rules that are understood")
    }

    #[test]
    fn a_line_of_the_tree_begins_with_name_and_version() {
        for line in ["ring v0.17.14", "ring v0.17.14 (*)", "ring v0.17.14 (/a folder) (*)"] {
            assert_eq!(name_and_version(line), "ring v0.17.14");
        }
    }

    #[test]
    fn licences_are_expressions_of_what_is_allowed() {
        let with = |licence: Value| found(vec![package("a", json!({ "license": licence }))]);
        for good in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0-only OR MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
        ] {
            assert_eq!(with(good.into()), Vec::<String>::new(), "{good}");
        }
        for bad in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "Zlib", "whatever", ""] {
            assert_eq!(with(bad.into()).len(), 1, "{bad}");
        }
        assert_eq!(with(Value::Null), ["a 1.0.0: it names no licence"]);
        let ours = package("ours", json!({ "source": null, "license": null }));
        assert_eq!(found(vec![ours]), Vec::<String>::new());
    }

    #[test]
    fn what_is_banned_is_found_and_so_are_two_versions_of_one_secret() {
        let ring = |version: &str| package("ring", json!({ "version": version }));
        assert_eq!(found(vec![ring("0.17.14")]), Vec::<String>::new());
        assert_eq!(
            found(vec![package("openssl", json!({})), ring("0.16.20"), ring("0.17.14")]),
            ["openssl: use rustls", "ring: one version is allowed, there are 0.16.20, 0.17.14"]
        );
    }

    #[test]
    fn any_version_will_not_do_but_of_our_own() {
        let takes = |path: Value| {
            let dependency = json!({ "name": "b", "req": "*", "path": path, "registry": null });
            found(vec![package("a", json!({ "source": null, "dependencies": [dependency] }))])
        };
        assert_eq!(takes(json!("crates/b")), Vec::<String>::new());
        assert_eq!(takes(Value::Null), ["a 1.0.0: it takes any version of b"]);
    }

    #[test]
    fn everything_comes_from_the_usual_registry() {
        let from =
            |source: &str| found(vec![package("a", json!({})), package("b", json!({ "source": source }))]);
        assert_eq!(from(USUAL), Vec::<String>::new());
        for other in ["git+elsewhere", "registry+elsewhere", "sparse+elsewhere"] {
            assert_eq!(from(other), [format!("b 1.0.0: it comes from {other}")]);
        }
        let dependency = json!({ "name": "b", "req": "^1", "path": null, "registry": "elsewhere" });
        let named = package("a", json!({ "source": null, "dependencies": [dependency] }));
        assert_eq!(found(vec![named]), ["a 1.0.0: it takes b from elsewhere"]);
    }

    #[test]
    fn a_rule_that_is_not_read_here_is_no_rule() {
        assert!(toml::from_str::<Rules>("[bans]\nskip = []").is_err());
    }
}
