//! Does every crate name only crates of the floors below it?

use super::Finding;
use super::project::{Package, Project};

/// From the ground up; a crate may name only earlier ones.
pub(super) const FLOORS: [&str; 15] = [
    "kernel",
    "storage",
    "http-kit",
    "realtime",
    "identity",
    "notification",
    "training-plan",
    "gate-admission",
    "class-allocation",
    "course-library",
    "task-board",
    "forum-websocket",
    "assessment",
    "certificate-issuer",
    "gateway",
];
/// Stand beside the house: they may name any floor, and no floor may ship them.
const BESIDE: [&str; 4] = ["testkit", "journeys", "bench", "hostile"];
const CHORES: &str = "xtask";

pub(super) fn check(project: &Project) -> Vec<Finding> {
    project.packages.iter().flat_map(check_package).collect()
}

fn check_package(package: &Package) -> Vec<Finding> {
    let place = format!("{}/Cargo.toml", package.folder);
    let Some(standing) = standing(&package.name) else {
        return vec![Finding::fails(
            place,
            format!("`{}` stands on no floor; give it one in floors.rs", package.name),
        )];
    };
    package
        .names
        .iter()
        .filter_map(|named| {
            let other = named.package.as_str();
            let problem = match (standing, other) {
                (_, CHORES) => "which nothing may name".to_owned(),
                (Standing::Chores, _) => "but it must run when the others do not compile".to_owned(),
                (Standing::Beside, _) => return None,
                (Standing::Floor(_), "testkit") if named.only_in_tests => return None,
                (Standing::Floor(_), "testkit") => "which is for tests alone".to_owned(),
                (Standing::Floor(own), _) => match self::standing(other) {
                    Some(Standing::Floor(below)) if below < own => return None,
                    _ => format!("which is not below {}", package.name),
                },
            };
            Some(Finding::fails(&place, format!("`{}` names `{other}`, {problem}", package.name)))
        })
        .collect()
}

#[derive(Clone, Copy)]
enum Standing {
    Floor(usize),
    Beside,
    Chores,
}

fn standing(name: &str) -> Option<Standing> {
    if let Some(floor) = FLOORS.iter().position(|each| *each == name) {
        return Some(Standing::Floor(floor));
    }
    if BESIDE.contains(&name) {
        return Some(Standing::Beside);
    }
    (name == CHORES).then_some(Standing::Chores)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::project::Names;

    fn findings(name: &str, other: &str, only_in_tests: bool) -> usize {
        let names = vec![Names { package: other.into(), only_in_tests }];
        check_package(&Package { name: name.into(), folder: format!("crates/{name}"), names }).len()
    }

    #[test]
    fn a_crate_names_only_lower_floors() {
        assert_eq!(findings("assessment", "task-board", false), 0);
        assert_eq!(findings("task-board", "assessment", false), 1);
        assert_eq!(findings("task-board", "assessment", true), 1);
        assert_eq!(findings("kernel", "kernel", false), 1);
    }

    #[test]
    fn the_test_kit_is_for_tests() {
        assert_eq!(findings("identity", "testkit", true), 0);
        assert_eq!(findings("identity", "testkit", false), 1);
        assert_eq!(findings("journeys", "testkit", false), 0);
        assert_eq!(findings("testkit", "gateway", false), 0);
    }

    #[test]
    fn chores_stand_alone() {
        assert_eq!(findings("gateway", "xtask", true), 1);
        assert_eq!(findings("xtask", "kernel", false), 1);
    }

    #[test]
    fn a_new_crate_must_be_given_a_floor() {
        assert_eq!(findings("attic", "kernel", false), 1);
    }
}
