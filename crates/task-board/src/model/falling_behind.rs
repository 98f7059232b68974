//! Who falls behind, by a rule that anybody can read, with the reason.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::week::{Phase, WeekClock};

const DAY_SECONDS: i64 = 86_400;
/// A list that nobody claimed for so long is forgotten.
const CLAIM_DAYS: i64 = 3;
/// So shortly before the end half should be done.
const LAST_DAYS: i64 = 2;

/// One learner's week.
#[derive(Debug, Clone, Copy)]
pub struct WeekDone {
    pub week: u16,
    pub clock: WeekClock,
    pub is_claimed: bool,
    /// Required tasks of the list.
    pub required: i64,
    /// Of these, done.
    pub done: i64,
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
}

/// The reasons of one learner, oldest week first; none when they keep up.
pub fn reasons(weeks: &[WeekDone], now: Timestamp) -> Vec<BehindReason> {
    weeks.iter().filter_map(|week| reason(week, now)).collect()
}

fn reason(done: &WeekDone, now: Timestamp) -> Option<BehindReason> {
    let WeekDone { week, clock, .. } = *done;
    let left = done.required - done.done;
    if left <= 0 {
        return None;
    }
    match clock.phase(now) {
        Phase::Upcoming => None,
        Phase::Closed => Some(BehindReason::Missed { week, left }),
        Phase::Late => Some(BehindReason::Overdue { week, left }),
        Phase::Open if !done.is_claimed => (now.seconds_since(clock.opens) >= CLAIM_DAYS * DAY_SECONDS)
            .then_some(BehindReason::NotClaimed { week }),
        Phase::Open => {
            let is_late = clock.closes.seconds_since(now) <= LAST_DAYS * DAY_SECONDS;
            (is_late && done.done * 2 < done.required).then_some(BehindReason::Slow { week, left })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Date, TimeZone};

    #[test]
    fn each_reason_has_its_moment() {
        let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("a zone");
        let start = Date::new(2026, 11, 2).expect("a date");
        let clock = WeekClock::of(start, 1, &zone, 7);
        let week = |is_claimed, done| WeekDone { week: 1, clock, is_claimed, required: 4, done };
        let after = |days| clock.opens.plus_days(days);
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
}
