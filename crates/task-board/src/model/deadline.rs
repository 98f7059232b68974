//! Until when: the one answer for a person and a task, from the calendar of the training and what this person was given for this task.

use kernel::{Date, TimeZone, Timestamp, Window};
use serde::{Deserialize, Serialize};

/// Days after the week's end in which late work is still taken, unless the training says otherwise.
pub const DEFAULT_GRACE_DAYS: u16 = 7;

/// Days that somebody has for work that was sent back, unless the training says otherwise.
pub const DEFAULT_REVISION_DAYS: u16 = 7;

storage::words! {
    /// Why somebody has longer for a task than their class.
    pub enum ExtensionReason { Returned = "returned" }
}

/// Where a week, or a task for one person, is at an instant.
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

/// What the weeks of a training are counted by.
#[derive(Debug, Clone)]
pub struct Calendar {
    starts_on: Date,
    time_zone: TimeZone,
    grace_days: u16,
}

impl Calendar {
    /// As it is stored: the zone by its name, and the days of grace that the training has of its own. None for a zone that we do not know.
    pub fn stored(starts_on: Date, time_zone: &str, grace_days: Option<u16>) -> Option<Self> {
        let time_zone = TimeZone::parse(time_zone)?;
        Some(Self { starts_on, time_zone, grace_days: grace_days.unwrap_or(DEFAULT_GRACE_DAYS) })
    }

    pub fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    /// When a week is, for all who were given nothing of their own.
    pub fn week(&self, week: u16) -> Deadline {
        deadline(self, week, None)
    }

    /// Until when work that is sent back now may come again: the end of a local day.
    pub fn revision_ends(&self, now: Timestamp, revision_days: Option<u16>) -> Timestamp {
        let days = revision_days.unwrap_or(DEFAULT_REVISION_DAYS);
        now.date_in(&self.time_zone).plus_days(i32::from(days) + 1).start_in(&self.time_zone)
    }
}

/// The instants between which work is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub opens: Timestamp,
    /// It is due: from here on work is late.
    pub closes: Timestamp,
    /// From here on no work is taken.
    pub ends: Timestamp,
}

/// Until when, for this person, this task: a task of `week` in a training's calendar, for which this person was given time until
/// `given_until` if they were. Whatever somebody was given takes nothing away from them.
pub fn deadline(calendar: &Calendar, week: u16, given_until: Option<Timestamp>) -> Deadline {
    let Calendar { starts_on, time_zone, grace_days } = calendar;
    let Window { opens, closes } = Window::of_week(*starts_on, week, time_zone);
    let ends = starts_on.plus_days(7 * i32::from(week) + i32::from(*grace_days)).start_in(time_zone);
    let given = given_until.unwrap_or(closes);
    Deadline { opens, closes: closes.max(given), ends: ends.max(given) }
}

impl Deadline {
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

    /// Whether what is done at this instant carries the mark.
    pub fn is_late(&self, at: Timestamp) -> bool {
        at >= self.closes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn calendar(grace_days: Option<u16>) -> Calendar {
        let start = Date::new(2026, 11, 2).expect("a date");
        Calendar::stored(start, TimeZone::SHANGHAI, grace_days).expect("a zone")
    }

    #[test]
    fn week_is_upcoming_open_late_closed_by_local_midnights() {
        let week = calendar(None).week(2);
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
        assert_eq!(calendar(Some(0)).week(2).phase(week.closes), Phase::Closed);
    }

    #[test]
    fn what_somebody_was_given_is_added_and_takes_nothing_away() {
        let calendar = calendar(Some(7));
        let week = calendar.week(2);
        let given = |until: &str| deadline(&calendar, 2, Some(at(until)));
        assert_eq!(given("2026-11-10T16:00:00Z"), week, "before the week is over");
        let within_grace = given("2026-11-18T16:00:00Z");
        assert_eq!((within_grace.opens, within_grace.ends), (week.opens, week.ends));
        assert_eq!(within_grace.closes, at("2026-11-18T16:00:00Z"), "on time until then, and late after it");
        let after = given("2026-11-30T16:00:00Z");
        assert_eq!((after.closes, after.ends), (at("2026-11-30T16:00:00Z"), at("2026-11-30T16:00:00Z")));
        for (now, phase) in
            [("2026-11-30T15:59:59.999999Z", Phase::Open), ("2026-11-30T16:00:00Z", Phase::Closed)]
        {
            assert_eq!(after.phase(at(now)), phase, "{now}");
        }
    }

    #[test]
    fn work_that_is_sent_back_may_come_again_until_a_local_midnight() {
        let calendar = calendar(None);
        for (now, days, until) in [
            ("2026-11-24T15:59:59Z", None, "2026-12-01T16:00:00Z"),
            ("2026-11-24T16:00:00Z", None, "2026-12-02T16:00:00Z"),
            ("2026-11-24T16:00:00Z", Some(1), "2026-11-26T16:00:00Z"),
        ] {
            assert_eq!(calendar.revision_ends(at(now), days), at(until), "{now} {days:?}");
        }
    }
}
