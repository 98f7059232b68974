//! Does every layer of a crate name only the layers below it: model, store, service, http?

use super::Finding;
use super::project::{Project, is_a};

/// A layer's folder or file, and what it must not name.
const LAYERS: [(&str, &[&str]); 3] = [
    ("model", &["crate::http", "crate::service", "crate::store", "StorageError"]),
    ("store", &["crate::http", "crate::service"]),
    ("service", &["crate::http"]),
];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in project.below("crates").filter(|(path, _)| is_a(path, &["rs"])) {
        let Some((_, inside)) = path.split_once("/src/") else { continue };
        for (layer, refused) in LAYERS {
            let stands_in = |part: &str| part == layer || part.strip_suffix(".rs") == Some(layer);
            if !inside.split('/').any(stands_in) {
                continue;
            }
            for (index, line) in
                text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
            {
                if let Some(named) = refused.iter().find(|named| line.contains(**named)) {
                    let place = format!("{path}:{}", index + 1);
                    findings.push(Finding::fails(place, format!("a {layer} names no `{named}`")));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Project::of_files([(path, text)])).len()
    }

    #[test]
    fn layers_name_only_what_is_below_them() {
        let names_http = "use crate::http::View;";
        for (path, count) in [
            ("crates/identity/src/http/people.rs", 0),
            ("crates/identity/src/service/people.rs", 1),
            ("crates/identity/src/service.rs", 1),
            ("crates/identity/src/live/service/ask.rs", 1),
            ("crates/identity/src/jobs.rs", 0),
        ] {
            assert_eq!(found(path, names_http), count, "{path}");
        }
        assert_eq!(found("crates/identity/src/store/people.rs", "use crate::model::Person;"), 0);
        assert_eq!(found("crates/identity/src/model/person.rs", "use crate::store::people;"), 1);
    }

    #[test]
    fn rules_know_nothing_of_the_database_failing() {
        assert_eq!(found("crates/identity/src/model/reach.rs", "Storage(#[from] StorageError)"), 1);
        assert_eq!(found("crates/identity/src/store/people.rs", "Storage(#[from] StorageError)"), 0);
        assert_eq!(found("crates/identity/src/model/reach.rs", "// No StorageError comes here."), 0);
    }
}
