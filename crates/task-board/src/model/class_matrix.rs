//! A week of a class: a row for each learner, a cell for each task.

use std::collections::HashMap;
use std::hash::BuildHasher;

use kernel::Timestamp;
use kernel::id::{PersonId, TaskId};

use super::next_step::TaskState;

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
    /// `started`, `done`, or `returned`.
    pub state: String,
    pub is_late: bool,
    pub done_at: Option<Timestamp>,
    pub credited_seconds: i64,
}

/// Where one learner stands with one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatrixCell {
    pub state: TaskState,
    pub is_late: bool,
    pub done_at: Option<Timestamp>,
    pub credited_seconds: i64,
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
    tasks: &[TaskId],
    learners: Vec<MatrixLearner>,
    work: &HashMap<(PersonId, TaskId), TaskWork, S>,
) -> Vec<MatrixRow> {
    let row = |learner: MatrixLearner| {
        let is_claimed = learner.claimed_at.is_some();
        let cells: Vec<_> =
            tasks.iter().map(|task| cell(is_claimed, work.get(&(learner.person, *task)))).collect();
        let done = cells.iter().filter(|cell| cell.state == TaskState::Done).count();
        MatrixRow { learner, done, cells }
    };
    learners.into_iter().map(row).collect()
}

fn cell(is_claimed: bool, work: Option<&TaskWork>) -> MatrixCell {
    MatrixCell {
        state: TaskState::of(is_claimed, work.map(|work| work.state.as_str())),
        is_late: work.is_some_and(|work| work.is_late),
        done_at: work.and_then(|work| work.done_at),
        credited_seconds: work.map_or(0, |work| work.credited_seconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn each_learner_has_a_cell_for_each_task() {
        let now = Timestamp::from_micros(0);
        let [one, other, withdrawn] = [1, 2, 3].map(|n| TaskId::from_uuid(Uuid::from_u128(n)));
        let learner = |n, claimed_at| MatrixLearner {
            person: PersonId::from_uuid(Uuid::from_u128(n)),
            name: format!("学员{n}"),
            org_unit_name: None,
            is_signed: true,
            claimed_at,
            left_at: None,
        };
        let work = |state: &str, is_late, credited_seconds| TaskWork {
            state: state.to_owned(),
            is_late,
            done_at: (state == "done").then_some(now),
            credited_seconds,
        };
        let (busy, waiting) = (learner(7, Some(now)), learner(5, None));
        let kept = HashMap::from([
            ((busy.person, one), work("done", true, 0)),
            ((busy.person, withdrawn), work("done", false, 0)),
            ((waiting.person, other), work("started", false, 90)),
        ]);
        let rows = matrix(&[other, one], vec![busy.clone(), waiting.clone()], &kept);
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
        assert_eq!(matrix(&[], vec![busy], &kept)[0].cells, []);
    }
}
