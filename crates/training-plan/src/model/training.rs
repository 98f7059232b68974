//! What a training is: its unit, its names, its calendar.

use kernel::id::{OrgUnitId, TrainingId};
use kernel::{Date, TimeZone, Timestamp, Window};

use super::plan::PlanState;
use storage::words;

words! {
    /// Where a training is in its life.
    pub enum TrainingState {
        Preparing = "preparing",
        /// Its classes are led, its weeks count.
        Running = "running",
        Closed = "closed",
    }
}

/// Most leads that a training has at one time: its page shows them all.
pub const MOST_LEADS: i64 = 100;

/// A training, as every area knows it.
#[derive(Debug, Clone)]
pub struct Training {
    pub id: TrainingId,
    pub org_unit: OrgUnitId,
    pub title: String,
    /// May be empty.
    pub title_en: String,
    pub time_zone: TimeZone,
    pub starts_on: Date,
    /// 1 to 52.
    pub weeks: u16,
    pub state: TrainingState,
    pub plan_state: PlanState,
}

/// The training is over: what belongs to it stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the training is over")]
pub struct Closed;

impl TrainingState {
    /// Asked behind the training's lock, the answer holds until the commit.
    pub fn not_over(self) -> Result<(), Closed> {
        if self == Self::Closed { Err(Closed) } else { Ok(()) }
    }
}

impl Training {
    /// Asked behind the training's lock, the answer holds until the commit.
    pub fn not_over(&self) -> Result<(), Closed> {
        self.state.not_over()
    }

    /// When a week opens and closes; 1 is the first.
    pub fn week_window(&self, week: u16) -> Window {
        Window::of_week(self.starts_on, week, &self.time_zone)
    }

    /// The week that is open at an instant; none before the first and after the last.
    pub fn week_at(&self, at: Timestamp) -> Option<u16> {
        let days = at.date_in(&self.time_zone).days_since(self.starts_on);
        let week = u16::try_from(days.div_euclid(7)).ok()? + 1;
        (week <= self.weeks).then_some(week)
    }

    /// The last day of the last week.
    pub fn ends_on(&self) -> Date {
        last_day(self.starts_on, self.weeks)
    }

    /// Whether a day of one is a day of the other.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.starts_on <= other.ends_on() && other.starts_on <= self.ends_on()
    }
}

/// The last day of so many weeks from a date.
pub fn last_day(starts_on: Date, weeks: u16) -> Date {
    starts_on.plus_days(7 * i32::from(weeks) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn training(starts_on: &str, weeks: u16) -> Training {
        Training {
            id: TrainingId::from_uuid(uuid::Uuid::nil()),
            org_unit: OrgUnitId::from_uuid(uuid::Uuid::nil()),
            title: "复式教学".into(),
            title_en: String::new(),
            time_zone: TimeZone::parse(TimeZone::SHANGHAI).expect("a zone"),
            starts_on: starts_on.parse().expect("a date"),
            weeks,
            state: TrainingState::Running,
            plan_state: PlanState::Approved,
        }
    }

    #[test]
    fn the_week_changes_at_local_midnight() {
        let training = training("2026-11-02", 2);
        for (at, week) in [
            ("2026-11-01T15:59:59Z", None),
            ("2026-11-01T16:00:00Z", Some(1)),
            ("2026-11-08T15:59:59Z", Some(1)),
            ("2026-11-08T16:00:00Z", Some(2)),
            ("2026-11-15T16:00:00Z", None),
        ] {
            assert_eq!(training.week_at(at.parse().expect("an instant")), week, "{at}");
        }
    }

    #[test]
    fn trainings_overlap_when_they_share_a_day() {
        let first = training("2026-11-02", 2);
        assert_eq!(first.ends_on().to_string(), "2026-11-15");
        for (starts_on, shared) in [("2026-11-15", true), ("2026-11-16", false), ("2026-10-20", true)] {
            assert_eq!(first.overlaps(&training(starts_on, 2)), shared, "{starts_on}");
            assert_eq!(training(starts_on, 2).overlaps(&first), shared, "{starts_on}");
        }
    }
}
