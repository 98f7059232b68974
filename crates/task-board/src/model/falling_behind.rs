//! Who falls behind, by a rule that anybody can read, with the reason.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::deadline::{Deadline, Phase};

const DAY_SECONDS: i64 = 86_400;
/// A list that nobody claimed for so long is forgotten.
const CLAIM_DAYS: i64 = 3;
/// So shortly before the end half should be done.
const LAST_DAYS: i64 = 2;

/// One learner's week.
#[derive(Debug, Clone, Copy)]
pub struct WeekDone {
    pub week: u16,
    pub deadline: Deadline,
    pub is_claimed: bool,
    /// Required tasks of the list.
    pub required: i64,
    /// Of these, done.
    pub done: i64,
    /// Sent back, and not handed in again.
    pub returned: i64,
    /// Of these, still taken from their learner after the week takes no more work.
    pub revisable: i64,
    /// Tests below what is asked for.
    pub below: i64,
}

/// Why somebody needs a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BehindReason {
    /// The week took no more work, and these tasks were not done.
    Missed { week: u16, left: i64 },
    /// The week is over; late work is still taken.
    Overdue { week: u16, left: i64 },
    /// Open for three days and not claimed.
    NotClaimed { week: u16 },
    /// Two days left, and less than half is done.
    Slow { week: u16, left: i64 },
    /// So many works were sent back, and are not handed in again.
    Returned { week: u16, works: i64 },
    /// So many tests are below what is asked for.
    BelowMinimum { week: u16, tests: i64 },
}

/// The reasons of one learner, oldest week first; none when they keep up.
pub fn reasons(weeks: &[WeekDone], now: Timestamp) -> Vec<BehindReason> {
    weeks.iter().flat_map(|week| of_week(week, now)).collect()
}

fn of_week(done: &WeekDone, now: Timestamp) -> impl Iterator<Item = BehindReason> {
    let WeekDone { week, below, .. } = *done;
    let returned = taken_again(done, now);
    let works = (returned > 0).then_some(BehindReason::Returned { week, works: returned });
    let tests = (below > 0).then_some(BehindReason::BelowMinimum { week, tests: below });
    [unfinished(done, returned, now), works, tests].into_iter().flatten()
}

/// What came back and may come again: all of it while the week takes work, then what its learner was given time for.
fn taken_again(done: &WeekDone, now: Timestamp) -> i64 {
    if done.deadline.phase(now).takes_work() { done.returned } else { done.revisable }
}

fn unfinished(done: &WeekDone, returned: i64, now: Timestamp) -> Option<BehindReason> {
    let WeekDone { week, deadline, .. } = *done;
    let left = done.required - done.done - returned - done.below;
    if left <= 0 {
        return None;
    }
    match deadline.phase(now) {
        Phase::Upcoming => None,
        Phase::Closed => Some(BehindReason::Missed { week, left }),
        Phase::Late => Some(BehindReason::Overdue { week, left }),
        Phase::Open if !done.is_claimed => (now.seconds_since(deadline.opens) >= CLAIM_DAYS * DAY_SECONDS)
            .then_some(BehindReason::NotClaimed { week }),
        Phase::Open => {
            let is_late = deadline.closes.seconds_since(now) <= LAST_DAYS * DAY_SECONDS;
            (is_late && left * 2 > done.required).then_some(BehindReason::Slow { week, left })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Calendar;
    use kernel::{Date, TimeZone};

    #[test]
    fn each_reason_has_its_moment() {
        let start = Date::new(2026, 11, 2).expect("a date");
        let deadline = Calendar::stored(start, TimeZone::SHANGHAI, Some(7)).expect("a zone").week(1);
        let week = |is_claimed, done| WeekDone {
            week: 1,
            deadline,
            is_claimed,
            required: 4,
            done,
            returned: 0,
            revisable: 0,
            below: 0,
        };
        let after = |days| deadline.opens.plus_days(days);
        for (week, now, expected) in [
            (week(false, 0), after(2), None),
            (week(false, 0), after(3), Some(BehindReason::NotClaimed { week: 1 })),
            (week(true, 0), after(4), None),
            (week(true, 1), after(5), Some(BehindReason::Slow { week: 1, left: 3 })),
            (week(true, 2), after(6), None),
            (week(true, 2), after(7), Some(BehindReason::Overdue { week: 1, left: 2 })),
            (week(true, 3), after(14), Some(BehindReason::Missed { week: 1, left: 1 })),
            (week(true, 4), after(20), None),
        ] {
            assert_eq!(reasons(&[week], now).first().copied(), expected, "{week:?} at {now}");
        }
    }

    #[test]
    fn what_came_back_and_what_is_too_little_is_said_beside_what_is_left() {
        let start = Date::new(2026, 11, 2).expect("a date");
        let deadline = Calendar::stored(start, TimeZone::SHANGHAI, Some(7)).expect("a zone").week(1);
        let week = WeekDone {
            week: 1,
            deadline,
            is_claimed: true,
            required: 4,
            done: 1,
            returned: 1,
            revisable: 1,
            below: 1,
        };
        let (works, tests) =
            (BehindReason::Returned { week: 1, works: 1 }, BehindReason::BelowMinimum { week: 1, tests: 1 });
        assert_eq!(reasons(&[week], deadline.opens), [works, tests]);
        assert_eq!(
            reasons(&[week], deadline.ends),
            [BehindReason::Missed { week: 1, left: 1 }, works, tests]
        );
        // The days for its revision are over before the week takes no more work, and then it is missed like any other.
        let week = WeekDone { revisable: 0, ..week };
        for (now, expected) in [
            (deadline.opens, vec![works, tests]),
            (deadline.closes, vec![BehindReason::Overdue { week: 1, left: 1 }, works, tests]),
            (deadline.ends, vec![BehindReason::Missed { week: 1, left: 2 }, tests]),
        ] {
            assert_eq!(reasons(&[week], now), expected, "{now}");
        }
    }
}
