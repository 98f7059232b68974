//! What a learner should do next.

use kernel::Timestamp;
use task_board::model::next_step::urgency;

use super::calendar::Calendar;
use super::evaluate::{ClassBook, Evaluated, TaskStanding};
use crate::store::records::TaskRow;

/// One thing to do.
pub(crate) struct NextStep {
    pub task: TaskRow,
    pub standing: TaskStanding,
}

/// What can be done now, the most urgent first, as the learner's week has it.
pub(crate) fn next_steps(
    calendar: &Calendar,
    now: Timestamp,
    book: &ClassBook<'_>,
    one: &Evaluated,
) -> Vec<NextStep> {
    let step = |task: &TaskRow| NextStep { task: task.clone(), standing: one.standing(calendar, task, now) };
    let opened = book.tasks.iter().map(step).filter(|step| step.standing.asks);
    let mut steps: Vec<NextStep> = opened.collect();
    // What counts for a standing is required.
    steps.sort_by_key(|step| urgency(step.standing.state, true, step.task.week));
    steps
}
