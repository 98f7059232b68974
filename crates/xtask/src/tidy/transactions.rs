//! Does every handler open its transaction in the name of who asks?

use super::Finding;
use super::project::{Project, is_a};

/// Where nobody is signed in yet, or any more.
const WITHOUT_A_PERSON: [&str; 1] = ["crates/identity/src/http/session.rs"];

/// `Once::begin` and `Platform::begin` ask once more, behind whatever was waited for, what the caller may do; the database's own
/// `begin_write` asks nobody.
pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in project.below("crates").filter(|(path, _)| is_a(path, &["rs"])) {
        let is_a_handler = path.contains("/src/http/") && !WITHOUT_A_PERSON.contains(&path);
        for (index, _) in
            text.lines().enumerate().filter(|(_, line)| is_a_handler && line.contains(".begin_write("))
        {
            let place = format!("{path}:{}", index + 1);
            findings.push(Finding::fails(place, "a handler begins with `Platform::begin` or `Once::begin`"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handler_begins_in_the_name_of_who_asks() {
        let found = |path: &str, text: &str| check(&Project::of_files([(path, text)])).len();
        let bare = "    let mut tx = platform.db.begin_write().await?;";
        for (path, count) in [
            ("crates/assessment/src/http/attempts.rs", 1),
            ("crates/assessment/src/service/attempts.rs", 0),
            ("crates/identity/src/http/session.rs", 0),
            ("crates/assessment/tests/face/attempts.rs", 0),
        ] {
            assert_eq!(found(path, bare), count, "{path}");
        }
        let named = "    let mut tx = platform.begin(&actor).await?;";
        assert_eq!(found("crates/assessment/src/http/attempts.rs", named), 0);
    }
}
