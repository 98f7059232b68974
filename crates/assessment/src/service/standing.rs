//! What a learner should do next.

use kernel::id::TaskId;
use kernel::{Ambient, Timestamp};
use task_board::model::TaskKind;

use super::calendar::Calendar;
use super::evaluate::{ClassBook, Evaluated};
use crate::model::grading::share;
use crate::model::scheme::{ComponentKind, Scheme};
use crate::store::records::TaskRow;

/// Why something comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// Not done yet.
    ToDo,
    /// Sent back for revision.
    Revise,
    /// The best attempt is below what is asked for, and another one is left.
    Retry,
}

/// One thing to do.
pub(crate) struct NextStep {
    pub task: TaskRow,
    pub why: Why,
    /// From then on it is late.
    pub closes: Timestamp,
    /// From then on it is not taken.
    pub ends: Timestamp,
}

/// What can be done now, the most urgent first: what was sent back, then what is open, in the order of weeks.
pub(crate) fn next_steps(
    calendar: &Calendar,
    ambient: &Ambient,
    scheme: &Scheme,
    book: &ClassBook,
    one: &Evaluated,
    returned: &[TaskId],
) -> Vec<NextStep> {
    let now = ambient.now();
    let step = |task: &TaskRow| {
        let clock = calendar.week(task.week);
        let why = clock.phase(now).takes_work().then(|| why(scheme, task, one, returned)).flatten()?;
        Some(NextStep { task: task.clone(), why, closes: clock.closes, ends: clock.ends })
    };
    let mut steps: Vec<NextStep> = book.tasks.iter().filter_map(step).collect();
    steps.sort_by_key(|step| {
        (step.why != Why::Revise, step.why == Why::Retry, step.task.week, step.task.position)
    });
    steps
}

fn why(scheme: &Scheme, task: &TaskRow, one: &Evaluated, returned: &[TaskId]) -> Option<Why> {
    if returned.contains(&task.task_id) {
        return Some(Why::Revise);
    }
    let done = one.records.progress.iter().any(|p| p.task == task.task_id && p.done_at.is_some());
    if !done {
        return Some(Why::ToDo);
    }
    (task.kind == TaskKind::Test.word() && may_do_better(scheme, task, one)).then_some(Why::Retry)
}

fn may_do_better(scheme: &Scheme, task: &TaskRow, one: &Evaluated) -> bool {
    let attempts: Vec<_> = one.records.attempts.iter().filter(|a| a.task == task.task_id).collect();
    let best =
        attempts.iter().map(|a| share(a.score.into(), a.most.into())).max().unwrap_or_else(|| share(0, 1));
    let gate = scheme.components.iter().find(|c| c.kind == ComponentKind::Tests).and_then(|c| c.minimum);
    let wanted = share(gate.unwrap_or(0).max(scheme.pass_from).into(), 100);
    best < wanted && attempts.len() < usize::from(task.attempts_allowed.unwrap_or(0))
}
