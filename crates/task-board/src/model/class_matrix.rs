//! A week of a class: a row for each learner, a cell for each task.

use std::collections::HashMap;
use std::hash::BuildHasher;

use kernel::Timestamp;
use kernel::id::{PersonId, TaskId};

use super::deadline::{Calendar, deadline};
use super::task_state::{TaskState, TestResult, Work};

/// A learner of the class or somebody who left it, as far as a week concerns them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixLearner {
    pub person: PersonId,
    pub name: String,
    pub org_unit_name: Option<String>,
    pub is_signed: bool,
    pub claimed_at: Option<Timestamp>,
    /// When they left the training; what they did until then stands.
    pub left_at: Option<Timestamp>,
}

/// What is kept of a learner's work on one task; of most pairs nothing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskWork {
    pub work: Work,
    /// Until when they were given time for it, if they were.
    pub given_until: Option<Timestamp>,
    pub is_late: bool,
    pub done_at: Option<Timestamp>,
    pub credited_seconds: i64,
}

/// The instant at which a week is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    pub calendar: &'a Calendar,
    pub week: u16,
    pub now: Timestamp,
}

/// Where one learner stands with one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatrixCell {
    pub state: TaskState,
    pub is_late: bool,
    pub done_at: Option<Timestamp>,
    pub credited_seconds: i64,
    pub test: Option<TestResult>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRow {
    pub learner: MatrixLearner,
    /// How many of the tasks are done.
    pub done: usize,
    /// In the order of the tasks.
    pub cells: Vec<MatrixCell>,
}

/// The rows in the order of the learners; work on other tasks than these has no cell.
pub fn matrix<S: BuildHasher>(
    at: Moment<'_>,
    tasks: &[TaskId],
    learners: Vec<MatrixLearner>,
    work: &HashMap<(PersonId, TaskId), TaskWork, S>,
) -> Vec<MatrixRow> {
    let row = |learner: MatrixLearner| {
        let is_claimed = learner.claimed_at.is_some();
        let cells: Vec<_> =
            tasks.iter().map(|task| cell(at, is_claimed, work.get(&(learner.person, *task)))).collect();
        let done = cells.iter().filter(|cell| cell.state.is_done()).count();
        MatrixRow { learner, done, cells }
    };
    learners.into_iter().map(row).collect()
}

fn cell(at: Moment<'_>, is_claimed: bool, kept: Option<&TaskWork>) -> MatrixCell {
    let work = Work { is_claimed, ..kept.map(|kept| kept.work).unwrap_or_default() };
    let given_until = kept.and_then(|kept| kept.given_until);
    MatrixCell {
        state: TaskState::of(&work, deadline(at.calendar, at.week, given_until).phase(at.now)),
        is_late: kept.is_some_and(|kept| kept.is_late),
        done_at: kept.and_then(|kept| kept.done_at),
        credited_seconds: kept.map_or(0, |kept| kept.credited_seconds),
        test: work.test,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Date, TimeZone};
    use uuid::Uuid;

    #[test]
    fn each_learner_has_a_cell_for_each_task() {
        let start = Date::new(2026, 11, 2).expect("a date");
        let calendar = Calendar::stored(start, TimeZone::SHANGHAI, None).expect("a zone");
        let now = calendar.week(1).opens;
        let [one, other, withdrawn] = [1, 2, 3].map(|n| TaskId::from_uuid(Uuid::from_u128(n)));
        let learner = |n, claimed_at| MatrixLearner {
            person: PersonId::from_uuid(Uuid::from_u128(n)),
            name: format!("学员{n}"),
            org_unit_name: None,
            is_signed: true,
            claimed_at,
            left_at: None,
        };
        let work = |is_done, is_late, credited_seconds| TaskWork {
            work: Work { is_started: true, is_done, ..Work::default() },
            given_until: None,
            is_late,
            done_at: is_done.then_some(now),
            credited_seconds,
        };
        let (busy, waiting) = (learner(7, Some(now)), learner(5, None));
        let kept = HashMap::from([
            ((busy.person, one), work(true, true, 0)),
            ((busy.person, withdrawn), work(true, false, 0)),
            ((waiting.person, other), work(false, false, 90)),
        ]);
        let at = Moment { calendar: &calendar, week: 1, now };
        let rows = matrix(at, &[other, one], vec![busy.clone(), waiting.clone()], &kept);
        let said: Vec<_> = rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter().map(|c| (c.state, c.is_late, c.done_at, c.credited_seconds));
                (&row.learner, row.done, cells.collect::<Vec<_>>())
            })
            .collect();
        let nothing = |state| (state, false, None, 0);
        assert_eq!(
            said,
            [
                (&busy, 1, vec![nothing(TaskState::Claimed), (TaskState::Done, true, Some(now), 0)]),
                (&waiting, 0, vec![(TaskState::Started, false, None, 90), nothing(TaskState::Waiting)]),
            ]
        );
        assert_eq!(matrix(at, &[], vec![busy], &kept)[0].cells, []);
    }

    #[test]
    fn a_cell_goes_by_what_its_learner_was_given() {
        let start = Date::new(2026, 11, 2).expect("a date");
        let calendar = Calendar::stored(start, TimeZone::SHANGHAI, Some(0)).expect("a zone");
        let now = calendar.week(1).closes;
        let back = Work { is_started: true, is_done: true, is_returned: true, ..Work::default() };
        let kept = |given_until| TaskWork {
            work: back,
            given_until,
            is_late: false,
            done_at: Some(now),
            credited_seconds: 0,
        };
        let at = Moment { calendar: &calendar, week: 1, now };
        assert_eq!(cell(at, true, Some(&kept(Some(now.plus_days(7))))).state, TaskState::Returned);
        assert_eq!(cell(at, true, Some(&kept(Some(now)))).state, TaskState::Missed);
        assert_eq!(cell(at, true, None).state, TaskState::Missed);
    }
}
