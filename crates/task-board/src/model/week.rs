//! When a week is open: by the training's own calendar, then late for a while, then closed.

use kernel::{Date, TimeZone, Timestamp, Window};
use serde::{Deserialize, Serialize};

/// Days after the week's end in which late work is still taken, unless the training says otherwise.
pub const DEFAULT_GRACE_DAYS: u16 = 7;

/// Where a week is at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not yet open.
    Upcoming,
    Open,
    /// Over, but late work is taken with a mark.
    Late,
    Closed,
}

impl Phase {
    pub const fn takes_work(self) -> bool {
        matches!(self, Self::Open | Self::Late)
    }
}

/// The instants of one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekClock {
    pub opens: Timestamp,
    /// From here on work is late.
    pub closes: Timestamp,
    /// From here on no work is taken.
    pub ends: Timestamp,
}

impl WeekClock {
    /// Week `week` of a training that starts on `start`; grace is counted in local days too.
    pub fn of(start: Date, week: u16, zone: &TimeZone, grace_days: u16) -> Self {
        let Window { opens, closes } = Window::of_week(start, week, zone);
        let ends = start.plus_days(7 * i32::from(week) + i32::from(grace_days)).start_in(zone);
        Self { opens, closes, ends }
    }

    /// The same as it is stored: the zone by its name, and the days of grace that the training has of its own. None for a zone that we do
    /// not know.
    pub fn stored(start: Date, week: u16, zone: &str, grace_days: Option<u16>) -> Option<Self> {
        let zone = TimeZone::parse(zone)?;
        Some(Self::of(start, week, &zone, grace_days.unwrap_or(DEFAULT_GRACE_DAYS)))
    }

    pub fn phase(&self, now: Timestamp) -> Phase {
        if now < self.opens {
            Phase::Upcoming
        } else if now < self.closes {
            Phase::Open
        } else if now < self.ends {
            Phase::Late
        } else {
            Phase::Closed
        }
    }
}

/// The week that people mean by "this week": the first before the training begins, the last after it ended.
pub fn this_week(start: Date, weeks: u16, zone: &TimeZone, now: Timestamp) -> u16 {
    let passed = now.date_in(zone).days_since(start).div_euclid(7);
    u16::try_from(passed + 1).unwrap_or(0).clamp(1, weeks.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shanghai() -> TimeZone {
        TimeZone::parse(TimeZone::SHANGHAI).expect("a zone")
    }
    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn week_is_upcoming_open_late_closed_by_local_midnights() {
        let start = Date::new(2026, 11, 2).expect("a date");
        let week = WeekClock::of(start, 2, &shanghai(), DEFAULT_GRACE_DAYS);
        for (now, phase) in [
            ("2026-11-08T15:59:59Z", Phase::Upcoming),
            ("2026-11-08T16:00:00Z", Phase::Open),
            ("2026-11-15T15:59:59Z", Phase::Open),
            ("2026-11-15T16:00:00Z", Phase::Late),
            ("2026-11-22T15:59:59Z", Phase::Late),
            ("2026-11-22T16:00:00Z", Phase::Closed),
        ] {
            assert_eq!(week.phase(at(now)), phase, "{now}");
        }
        assert_eq!(WeekClock::of(start, 2, &shanghai(), 0).phase(week.closes), Phase::Closed);
    }

    #[test]
    fn this_week_stays_within_the_training() {
        let start = Date::new(2026, 11, 2).expect("a date");
        for (now, week) in [
            ("2026-10-01T00:00:00Z", 1),
            ("2026-11-01T16:00:00Z", 1),
            ("2026-11-15T15:59:59Z", 2),
            ("2026-11-15T16:00:00Z", 3),
            ("2027-05-01T00:00:00Z", 8),
        ] {
            assert_eq!(this_week(start, 8, &shanghai(), at(now)), week, "{now}");
        }
    }
}
