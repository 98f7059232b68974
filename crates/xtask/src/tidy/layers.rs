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
                if let Some(named) = refused.iter().find(|named| names(line, named)) {
                    let place = format!("{path}:{}", index + 1);
                    findings.push(Finding::fails(place, format!("a {layer} names no `{named}`")));
                }
            }
        }
    }
    findings
}

/// Whether a line names a module in any of the ways that a path has: from the crate, from above, or among others in braces.
fn names(line: &str, named: &str) -> bool {
    let Some(module) = named.strip_prefix("crate::") else { return line.contains(named) };
    let is_module = |text: &str| {
        text.strip_prefix(module)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    ["crate::", "super::"].iter().any(|above| {
        line.match_indices(above).any(|(at, _)| {
            let rest = &line[at + above.len()..];
            match rest.strip_prefix('{') {
                Some(group) => top_names(group).any(is_module),
                None => is_module(rest),
            }
        })
    })
}

/// What stands first between the commas of a group, not in the groups within it.
fn top_names(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let pieces = group.split(move |c| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    pieces.map(str::trim_start)
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
    fn a_layer_is_named_in_many_ways() {
        let service = |text| found("crates/identity/src/service/people.rs", text);
        for text in [
            "use crate::{http, store};",
            "use crate::{model::{a, b}, http::View};",
            "use super::super::http::View;",
            "    let view = crate::http::view(row);",
        ] {
            assert_eq!(service(text), 1, "{text}");
        }
        for text in [
            "use crate::{model::{http, b}, store};",
            "use http_kit::Problem;",
            "use crate::https;",
            "use http::StatusCode;",
        ] {
            assert_eq!(service(text), 0, "{text}");
        }
    }

    #[test]
    fn rules_know_nothing_of_the_database_failing() {
        assert_eq!(found("crates/identity/src/model/reach.rs", "Storage(#[from] StorageError)"), 1);
        assert_eq!(found("crates/identity/src/store/people.rs", "Storage(#[from] StorageError)"), 0);
        assert_eq!(found("crates/identity/src/model/reach.rs", "// No StorageError comes here."), 0);
    }
}
