//! Are migrations one history: numbered without gaps, named for one area, saying why?

use super::Finding;
use super::floors::FLOORS;
use super::project::{Project, is_a};

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, (path, text)) in
        project.below("migrations").filter(|(path, _)| is_a(path, &["sql"])).enumerate()
    {
        let name = path.trim_start_matches("migrations/");
        let (number, rest) = name.split_once('_').unwrap_or((name, ""));
        let expected = format!("{:04}", index + 1);
        if number != expected {
            findings.push(Finding::fails(path, format!("the next number is {expected}")));
        }
        if !names_an_area(rest) {
            findings.push(Finding::fails(
                path,
                "name it NNNN_area_what.sql, with a crate's name (or its first word) as the area",
            ));
        }
        if !text.trim_start().starts_with("--") {
            findings.push(Finding::fails(path, "open with a comment that says why"));
        }
    }
    findings
}

/// An area is called by its crate's name or by the first word of it: `forum` for `forum-websocket`.
fn names_an_area(rest: &str) -> bool {
    let whole = FLOORS.iter().map(|area| area.replace('-', "_"));
    let first_words = FLOORS.iter().filter_map(|area| area.split('-').next().map(str::to_owned));
    whole.chain(first_words).any(|area| {
        rest.strip_prefix(&area)
            .and_then(|rest| rest.strip_prefix('_'))
            .and_then(|rest| rest.strip_suffix(".sql"))
            .is_some_and(|what| {
                !what.is_empty()
                    && what.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_gap_and_no_double() {
        let whole = Project::of_files([
            ("migrations/0001_storage_ground.sql", "-- Jobs wait here."),
            ("migrations/0002_task_board_tasks.sql", "-- Tasks of a week."),
        ]);
        assert_eq!(check(&whole), []);

        let gap = Project::of_files([
            ("migrations/0001_storage_ground.sql", "-- a"),
            ("migrations/0003_storage_jobs.sql", "-- b"),
        ]);
        assert_eq!(
            check(&gap),
            [Finding::fails("migrations/0003_storage_jobs.sql", "the next number is 0002")]
        );
    }

    #[test]
    fn names_say_the_area_and_what() {
        for name in ["0001_tasks.sql", "0001_storage_.sql", "0001_storage_Outbox.sql", "0001_attic_boxes.sql"]
        {
            let path = format!("migrations/{name}");
            assert_eq!(check(&Project::of_files([(&path, "-- why")])).len(), 1, "{name}");
        }
    }

    #[test]
    fn an_area_may_be_called_by_its_first_word() {
        let project = Project::of_files([("migrations/0001_forum_topics.sql", "-- Talk needs topics.")]);
        assert_eq!(check(&project), []);
    }

    #[test]
    fn each_says_why() {
        assert_eq!(
            check(&Project::of_files([("migrations/0001_storage_jobs.sql", "create table job ();")])).len(),
            1
        );
    }
}
