//! Where a learner stands with a task, in one word that every page uses.

use serde::{Deserialize, Serialize};

use super::deadline::Phase;

/// How a task is for one learner now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// The list is not claimed.
    Waiting,
    Claimed,
    Started,
    /// Not done in time, and still taken with a mark.
    Late,
    /// Not done, or sent back and not handed in again, and not taken any more.
    Missed,
    /// It was handed in, and is back with its learner, who has time to hand it in again.
    Returned,
    /// A test was taken, and its best attempt is below what is asked for.
    BelowMinimum,
    /// It was handed in, and waits for its review.
    AwaitingReview,
    Done,
}

/// What is kept of somebody's work on a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    pub is_claimed: bool,
    pub is_started: bool,
    pub is_done: bool,
    /// What was handed in is back with its learner.
    pub is_returned: bool,
    /// What was handed in waits for its review.
    pub awaits_review: bool,
    /// Of a test that was taken.
    pub test: Option<TestResult>,
}

/// What came of a test so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TestResult {
    /// The best attempt, in whatever its points are counted in, as `most`.
    pub score: u32,
    pub most: u32,
    /// What is asked for, in percent.
    pub minimum: u16,
    pub attempts_left: u16,
}

impl TestResult {
    /// By the exact fraction: nobody fails by a rounding.
    pub fn is_below(&self) -> bool {
        u64::from(self.score) * 100 < u64::from(self.minimum) * u64::from(self.most)
    }

    /// In hundredths of a percent, and never more than was reached.
    pub fn hundredths(&self) -> u32 {
        let share = u64::from(self.score) * 10_000 / u64::from(self.most).max(1);
        u32::try_from(share).unwrap_or(u32::MAX)
    }
}

impl TaskState {
    /// From what is kept, and where the task is for this person.
    pub fn of(work: &Work, phase: Phase) -> Self {
        if work.is_done && !work.is_returned {
            return if work.test.is_some_and(|test| test.is_below()) {
                Self::BelowMinimum
            } else if work.awaits_review {
                Self::AwaitingReview
            } else {
                Self::Done
            };
        }
        match phase {
            Phase::Closed => Self::Missed,
            _ if work.is_returned => Self::Returned,
            Phase::Late => Self::Late,
            Phase::Upcoming | Phase::Open if work.is_started => Self::Started,
            Phase::Upcoming | Phase::Open if work.is_claimed => Self::Claimed,
            Phase::Upcoming | Phase::Open => Self::Waiting,
        }
    }

    /// Nothing is asked of its learner any more, and nothing is missing.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::AwaitingReview)
    }
}

/// Whether its learner can do something about it now.
pub fn asks(work: &Work, phase: Phase) -> bool {
    phase.takes_work()
        && match TaskState::of(work, phase) {
            TaskState::Done | TaskState::AwaitingReview | TaskState::Missed => false,
            TaskState::BelowMinimum => work.test.is_some_and(|test| test.attempts_left > 0),
            TaskState::Waiting
            | TaskState::Claimed
            | TaskState::Started
            | TaskState::Late
            | TaskState::Returned => true,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn scored(work: Work, score: u32, attempts_left: u16) -> Work {
        Work { test: Some(TestResult { score, most: 3000, minimum: 60, attempts_left }), ..work }
    }

    #[test]
    fn each_state_has_its_moment_and_says_whether_something_is_asked() {
        use Phase::{Closed, Late, Open, Upcoming};
        let nothing = Work::default();
        let claimed = Work { is_claimed: true, ..nothing };
        let started = Work { is_started: true, ..claimed };
        let done = Work { is_done: true, ..started };
        let handed_in = Work { awaits_review: true, ..done };
        let returned = Work { is_returned: true, ..done };
        for (work, phase, state, is_asked) in [
            (nothing, Upcoming, TaskState::Waiting, false),
            (nothing, Open, TaskState::Waiting, true),
            (claimed, Open, TaskState::Claimed, true),
            (started, Open, TaskState::Started, true),
            (nothing, Late, TaskState::Late, true),
            (started, Late, TaskState::Late, true),
            (started, Closed, TaskState::Missed, false),
            (done, Open, TaskState::Done, false),
            (done, Closed, TaskState::Done, false),
            (handed_in, Open, TaskState::AwaitingReview, false),
            (handed_in, Closed, TaskState::AwaitingReview, false),
            (returned, Open, TaskState::Returned, true),
            (returned, Late, TaskState::Returned, true),
            (returned, Closed, TaskState::Missed, false),
            (scored(done, 1799, 1), Late, TaskState::BelowMinimum, true),
            (scored(done, 1799, 0), Open, TaskState::BelowMinimum, false),
            (scored(done, 1799, 1), Closed, TaskState::BelowMinimum, false),
            (scored(done, 1800, 1), Open, TaskState::Done, false),
        ] {
            assert_eq!(TaskState::of(&work, phase), state, "{work:?} {phase:?}");
            assert_eq!(asks(&work, phase), is_asked, "{work:?} {phase:?}");
        }
    }

    #[test]
    fn exactly_what_is_asked_for_is_enough() {
        // 3 of 5 points are 60 % whatever they are counted in, and a third of them is never 33.33.
        let of = |score, most, minimum| TestResult { score, most, minimum, attempts_left: 1 }.is_below();
        assert!(!of(300, 500, 60) && !of(1, 3, 33) && of(1, 3, 34) && of(0, 100, 1));
        assert!(!of(0, 100, 0), "nothing is asked for");
        let nearly = TestResult { score: 59_999, most: 100_000, minimum: 60, attempts_left: 0 };
        assert_eq!(
            (nearly.hundredths(), nearly.is_below()),
            (5_999, true),
            "what is too little never reads as enough"
        );
    }
}
