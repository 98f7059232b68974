//! The one next step of a learner's week.

use kernel::id::TaskId;
use serde::{Deserialize, Serialize};

use super::deadline::Phase;
use super::task_state::TaskState;

/// What a learner does next in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WeekStep {
    /// Sign the class's charter.
    SignCharter,
    /// The list is not there yet, or the week has not begun.
    Wait,
    Claim,
    /// A task of the week, or one of an earlier week that is still taken.
    Task {
        task_id: TaskId,
    },
    /// Nothing is left to do.
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
    pub week: u16,
}

/// A task that may be the next step.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    pub task: TaskId,
    pub week: u16,
    pub is_required: bool,
    pub state: TaskState,
    /// Its learner can do something about it now.
    pub asks: bool,
}

/// What comes first: what was sent back, then what is required, then what has never been done, in the order of weeks. Within a week the
/// order of the list decides.
pub fn urgency(state: TaskState, is_required: bool, week: u16) -> impl Ord {
    (state != TaskState::Returned, !is_required, state == TaskState::BelowMinimum, week)
}

/// The next step among the tasks of the week and those of earlier weeks that are still taken, each week in the order of its list.
pub fn next_step(at: Standpoint, tasks: impl Iterator<Item = Candidate> + Clone) -> WeekStep {
    if !at.is_signed && !at.is_over {
        return WeekStep::SignCharter;
    }
    let is_shown = at.has_list && at.phase != Phase::Upcoming;
    let own = tasks.clone().filter(|task| task.week == at.week);
    let is_done = own.clone().all(|task| task.state.is_done());
    if at.is_over {
        return if is_shown && is_done { WeekStep::Rest } else { WeekStep::Closed };
    }
    let first =
        tasks.filter(|task| task.asks).min_by_key(|task| urgency(task.state, task.is_required, task.week));
    let asks_here = own.clone().any(|task| task.asks);
    match first {
        Some(task) if task.state == TaskState::Returned => WeekStep::Task { task_id: task.task },
        _ if is_shown && asks_here && !at.is_claimed => WeekStep::Claim,
        Some(task) => WeekStep::Task { task_id: task.task },
        None if !is_shown => WeekStep::Wait,
        None if !is_done && at.phase == Phase::Closed => WeekStep::Closed,
        None => WeekStep::Rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const THIS: u16 = 2;

    fn id(n: u128) -> TaskId {
        TaskId::from_uuid(Uuid::from_u128(n))
    }

    fn todo(n: u128, is_required: bool) -> Candidate {
        Candidate { task: id(n), week: THIS, is_required, state: TaskState::Claimed, asks: true }
    }

    fn done(n: u128) -> Candidate {
        Candidate { state: TaskState::Done, asks: false, ..todo(n, true) }
    }

    const READY: Standpoint = Standpoint {
        is_signed: true,
        is_over: false,
        has_list: true,
        is_claimed: true,
        phase: Phase::Open,
        week: THIS,
    };

    #[test]
    fn charter_list_claim_required_rest() {
        let over = Standpoint { is_signed: false, is_over: true, phase: Phase::Closed, ..READY };
        let both = [todo(1, false), todo(2, true)];
        let late = both.map(|task| Candidate { state: TaskState::Late, ..task });
        let missed = both.map(|task| Candidate { state: TaskState::Missed, asks: false, ..task });
        for (at, tasks, expected) in [
            (Standpoint { is_signed: false, ..READY }, &both[..], WeekStep::SignCharter),
            (Standpoint { has_list: false, ..READY }, &[], WeekStep::Wait),
            (Standpoint { is_claimed: false, ..READY }, &both, WeekStep::Claim),
            (READY, &both, WeekStep::Task { task_id: id(2) }),
            (READY, &[todo(1, false), done(2)], WeekStep::Task { task_id: id(1) }),
            (Standpoint { phase: Phase::Late, ..READY }, &late, WeekStep::Task { task_id: id(2) }),
            (Standpoint { phase: Phase::Closed, ..READY }, &missed, WeekStep::Closed),
            (READY, &[done(1)], WeekStep::Rest),
            (over, &missed, WeekStep::Closed),
            (over, &[done(1)], WeekStep::Rest),
            (Standpoint { has_list: false, ..over }, &[], WeekStep::Closed),
            (Standpoint { phase: Phase::Late, ..over }, &late, WeekStep::Closed),
        ] {
            assert_eq!(next_step(at, tasks.iter().copied()), expected, "{at:?} {tasks:?}");
        }
    }

    #[test]
    fn a_week_that_has_not_begun_is_waited_for() {
        let coming = Candidate { asks: false, ..todo(1, true) };
        let at = Standpoint { phase: Phase::Upcoming, ..READY };
        assert_eq!(next_step(at, [coming].into_iter()), WeekStep::Wait);
    }

    #[test]
    fn what_came_back_is_first_and_a_better_attempt_is_last() {
        let returned = Candidate { state: TaskState::Returned, ..todo(9, false) };
        let retry = Candidate { state: TaskState::BelowMinimum, ..todo(3, true) };
        let used_up = Candidate { asks: false, ..retry };
        let made_up = Candidate { week: 1, state: TaskState::Late, ..todo(5, true) };
        for (tasks, expected) in [
            (&[retry, todo(2, true), returned][..], WeekStep::Task { task_id: id(9) }),
            (&[retry, todo(2, true)], WeekStep::Task { task_id: id(2) }),
            (&[retry, todo(1, false)], WeekStep::Task { task_id: id(3) }),
            (&[retry, done(2)], WeekStep::Task { task_id: id(3) }),
            (&[used_up, done(2)], WeekStep::Rest),
            (&[todo(2, true), made_up], WeekStep::Task { task_id: id(5) }),
            (&[done(2), made_up], WeekStep::Task { task_id: id(5) }),
        ] {
            assert_eq!(next_step(READY, tasks.iter().copied()), expected, "{tasks:?}");
        }
    }

    #[test]
    fn earlier_weeks_are_made_up_before_this_one_is_there_and_after_it_is_claimed() {
        let made_up = Candidate { week: 1, state: TaskState::Late, ..todo(5, true) };
        let back = Candidate { state: TaskState::Returned, ..made_up };
        let unclaimed = Standpoint { is_claimed: false, ..READY };
        let none = Standpoint { has_list: false, ..unclaimed };
        let step = |at, tasks: &[Candidate]| next_step(at, tasks.iter().copied());
        assert_eq!(step(none, &[made_up]), WeekStep::Task { task_id: id(5) });
        assert_eq!(step(unclaimed, &[made_up, todo(2, true)]), WeekStep::Claim);
        assert_eq!(step(unclaimed, &[back, todo(2, true)]), WeekStep::Task { task_id: id(5) });
    }
}
