//! Does every notice lead to a page that the web application has? Where it does not, its reader lands on "no such page".

use super::Finding;
use super::project::{Project, is_a};
use crate::literals::string_literals;

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let routes: Vec<String> = project
        .below("web/src/features")
        .filter(|(path, _)| path.ends_with("/routes.ts"))
        .flat_map(|(_, text)| routes_of(text))
        .collect();
    let mut findings = Vec::new();
    let is_ours =
        |path: &str| path.contains("/src/") && !path.starts_with("crates/xtask/") && is_a(path, &["rs"]);
    for (path, text) in project.below("crates").filter(|(path, _)| is_ours(path)) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if !code.contains("Notice::new(") {
            continue;
        }
        for (line, link) in string_literals(code).into_iter().filter(|(_, text)| text.starts_with('/')) {
            if !routes.iter().any(|route| leads_to(&link, route)) {
                findings
                    .push(Finding::fails(format!("{path}:{line}"), format!("no page of the web has {link}")));
            }
        }
    }
    findings
}

/// The addresses in a feature's `routes.ts`: a place, and the path in it. Entries of the navigation have no path.
fn routes_of(text: &str) -> Vec<String> {
    let quoted = |text: &str| text.split('\'').next().unwrap_or_default().to_owned();
    let address = |part: &str| {
        let place = quoted(part);
        let rest =
            part[place.len()..].trim_start_matches(|c: char| c == '\'' || c == ',' || c.is_whitespace());
        let path = quoted(rest.strip_prefix("path: '")?);
        let steps = [place.as_str(), path.as_str()];
        let steps = steps.into_iter().filter(|step| !step.is_empty() && *step != "public");
        Some(steps.flat_map(|step| ["/", step]).collect::<String>())
    };
    text.split("place: '").skip(1).filter_map(address).collect()
}

/// Step by step: what is filled in (`{}`) fits where the route takes anything (`:id`); a place may be filled in too.
fn leads_to(link: &str, route: &str) -> bool {
    let steps = |path: &str| path.split('/').skip(1).map(str::to_owned).collect::<Vec<_>>();
    let (link, route) = (steps(link.split('?').next().unwrap_or_default()), steps(route));
    link.len() == route.len()
        && link.iter().zip(&route).enumerate().all(|(at, (step, wanted))| {
            step == wanted || wanted.starts_with(':') || (at == 0 && step.starts_with('{'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTES: &str = "routes: [
        { place: 'learn', path: '', name: 'week' },
        {
          place: 'teach',
          path: 'classes/:classId',
        },
        { place: 'public', path: 'my/invitations' },
      ],
      nav: [{ place: 'teach', to: 'songs' }]";

    fn found(link: &str) -> Vec<Finding> {
        let code = format!("fn tell() {{\n    Notice::new(happened, {link});\n}}\n");
        let files = [("crates/a/src/tell.rs", code.as_str()), ("web/src/features/a/routes.ts", ROUTES)];
        check(&Project::of_files(files))
    }

    #[test]
    fn a_page_that_is_there_is_right() {
        for link in [
            "\"/learn\"",
            "format!(\"/teach/classes/{}\", class)",
            "format!(\"/{place}/classes/{class}?week={week}\")",
            "\"/my/invitations\"",
        ] {
            assert_eq!(found(link), [], "{link}");
        }
    }

    #[test]
    fn a_page_that_is_not_there_is_named() {
        for link in ["/teach/songs", "/teach/classes", "/learn/classes/{}", "/public/my/invitations"] {
            let says = format!("no page of the web has {link}");
            assert_eq!(found(&format!("\"{link}\"")), [Finding::fails("crates/a/src/tell.rs:2", says)]);
        }
    }

    #[test]
    fn who_tells_nobody_may_name_any_path() {
        let code = "fn ask() { get(\"/api/v1/me\") }";
        assert_eq!(check(&Project::of_files([("crates/a/src/ask.rs", code)])), []);
    }
}
