//! The one next step of a learner's week.

use kernel::id::TaskId;
use serde::{Deserialize, Serialize};

use super::week::Phase;

/// How far a learner is with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// The list is not claimed.
    Waiting,
    Claimed,
    Started,
    Done,
    /// It was handed in, and is back with its learner.
    Returned,
}

impl TaskState {
    /// From the stored word; a claimed task without one is not begun.
    pub fn of(is_claimed: bool, word: Option<&str>) -> Self {
        match (is_claimed, word) {
            (_, Some("done")) => Self::Done,
            (_, Some("returned")) => Self::Returned,
            (_, Some("started")) => Self::Started,
            (true, _) => Self::Claimed,
            (false, _) => Self::Waiting,
        }
    }
}

/// What a learner does next in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WeekStep {
    /// Sign the class's charter.
    SignCharter,
    /// The list is not there yet, or the week has not begun.
    Wait,
    Claim,
    Task {
        task_id: TaskId,
    },
    /// Everything is done.
    Rest,
    /// The week is over, or the training with all its weeks.
    Closed,
}

/// Where a learner stands in a week.
#[derive(Debug, Clone, Copy)]
pub struct Standpoint {
    pub is_signed: bool,
    /// The training is over: nobody signs, waits or claims any more.
    pub is_over: bool,
    pub has_list: bool,
    pub is_claimed: bool,
    pub phase: Phase,
}

/// The next step: required tasks come first, in the list's order. Tasks are (id, required, state).
pub fn next_step(at: Standpoint, tasks: impl Iterator<Item = (TaskId, bool, TaskState)> + Clone) -> WeekStep {
    if !at.is_signed && !at.is_over {
        return WeekStep::SignCharter;
    }
    if !at.has_list || at.phase == Phase::Upcoming {
        return if at.is_over { WeekStep::Closed } else { WeekStep::Wait };
    }
    let open = tasks.filter(|(_, _, state)| *state != TaskState::Done);
    let Some((first, ..)) = open.clone().next() else { return WeekStep::Rest };
    if at.is_over || at.phase == Phase::Closed {
        return WeekStep::Closed;
    }
    if !at.is_claimed {
        return WeekStep::Claim;
    }
    let required = open.clone().find(|(_, required, _)| *required).map(|(id, ..)| id);
    WeekStep::Task { task_id: required.unwrap_or(first) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn charter_list_claim_required_rest() {
        let id = |n| TaskId::from_uuid(Uuid::from_u128(n));
        let ready = Standpoint {
            is_signed: true,
            is_over: false,
            has_list: true,
            is_claimed: true,
            phase: Phase::Open,
        };
        let over = Standpoint { is_signed: false, is_over: true, phase: Phase::Closed, ..ready };
        let step = |at, tasks: &[(TaskId, bool, TaskState)]| next_step(at, tasks.iter().copied());
        let (todo, done) = (TaskState::Claimed, TaskState::Done);
        let both = [(id(1), false, todo), (id(2), true, todo)];
        for (at, tasks, expected) in [
            (Standpoint { is_signed: false, ..ready }, &both[..], WeekStep::SignCharter),
            (Standpoint { has_list: false, ..ready }, &[], WeekStep::Wait),
            (Standpoint { phase: Phase::Upcoming, ..ready }, &both, WeekStep::Wait),
            (Standpoint { is_claimed: false, ..ready }, &both, WeekStep::Claim),
            (ready, &both, WeekStep::Task { task_id: id(2) }),
            (ready, &[(id(1), false, todo), (id(2), true, done)], WeekStep::Task { task_id: id(1) }),
            (Standpoint { phase: Phase::Late, ..ready }, &both, WeekStep::Task { task_id: id(2) }),
            (Standpoint { phase: Phase::Closed, ..ready }, &both, WeekStep::Closed),
            (ready, &[(id(1), true, done)], WeekStep::Rest),
            (over, &both, WeekStep::Closed),
            (over, &[(id(1), true, done)], WeekStep::Rest),
            (Standpoint { has_list: false, ..over }, &[], WeekStep::Closed),
            (Standpoint { phase: Phase::Late, ..over }, &both, WeekStep::Closed),
            (
                ready,
                &[(id(1), true, done), (id(2), true, TaskState::Returned)],
                WeekStep::Task { task_id: id(2) },
            ),
        ] {
            assert_eq!(step(at, tasks), expected, "{at:?} {tasks:?}");
        }
    }
}
