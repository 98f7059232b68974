//! Does the tree keep the rules that no compiler knows?

use anyhow::{Result, bail};

mod floors;
mod layers;
mod leftovers;
mod lengths;
mod letters;
mod manifests;
mod migrations;
mod notice_links;
pub(crate) mod project;
mod readmes;
pub(crate) mod statements;
mod transactions;
mod vocabularies;
mod whole_lists;

use project::Project;

/// One broken rule at one place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    place: String,
    says: String,
    weight: Weight,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Weight {
    Fails,
    Warns,
}

impl Finding {
    fn fails(place: impl Into<String>, says: impl Into<String>) -> Self {
        Self { place: place.into(), says: says.into(), weight: Weight::Fails }
    }

    fn warns(place: impl Into<String>, says: impl Into<String>) -> Self {
        Self { place: place.into(), says: says.into(), weight: Weight::Warns }
    }
}

type Rule = fn(&Project) -> Vec<Finding>;

const RULES: [(&str, Rule); 14] = [
    ("floors", floors::check),
    ("manifests", manifests::check),
    ("unused dependencies", manifests::check_unused),
    ("readmes", readmes::check),
    ("statements", statements::check),
    ("migrations", migrations::check),
    ("vocabularies", vocabularies::check),
    ("whole lists", whole_lists::check),
    ("notice links", notice_links::check),
    ("lengths", lengths::check),
    ("letters", letters::check),
    ("layers", layers::check),
    ("transactions", transactions::check),
    ("leftovers", leftovers::check),
];

pub(crate) fn run() -> Result<()> {
    let project = Project::read()?;
    let mut failed = 0;
    for (name, rule) in RULES {
        for finding in rule(&project) {
            let word = match finding.weight {
                Weight::Fails => "error",
                Weight::Warns => "warning",
            };
            println!("{word}[{name}] {}: {}", finding.place, finding.says);
            failed += usize::from(finding.weight == Weight::Fails);
        }
    }
    if failed > 0 {
        bail!("tidy: {failed} places break a rule");
    }
    println!("tidy: {} files and {} crates keep the rules", project.files.len(), project.packages.len());
    Ok(())
}
