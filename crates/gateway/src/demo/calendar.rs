//! When things happened: everything is told from the Monday of the training's first week.

use kernel::{Date, TimeZone, Timestamp};

#[derive(Clone)]
pub struct Calendar {
    pub first_monday: Date,
    pub now: Timestamp,
    zone: TimeZone,
}

impl Calendar {
    /// Chooses the first Monday so that now lies in that week.
    pub fn with_now_in_week(now: Timestamp, week: u16) -> Self {
        let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("Shanghai is in the zone database");
        let today = now.date_in(&zone);
        // 5 January 1970 was a Monday.
        let monday = Date::new(1970, 1, 5).expect("a date");
        let since_monday = today.days_since(monday).rem_euclid(7);
        Self { first_monday: today.plus_days(-since_monday - 7 * (i32::from(week) - 1)), now, zone }
    }

    /// A day of a week (1 is Monday) at a local time such as `20:30`.
    pub fn at(&self, week: u16, day: u16, time: &str) -> Timestamp {
        let (hour, minute) = time.split_once(':').unwrap_or((time, "0"));
        let minutes = hour.parse::<i64>().unwrap_or(0) * 60 + minute.parse::<i64>().unwrap_or(0);
        let days = 7 * (i32::from(week) - 1) + i32::from(day) - 1;
        self.first_monday.plus_days(days).start_in(&self.zone).plus_seconds(minutes * 60)
    }

    /// So many days before the first Monday, at a local time.
    pub fn before_start(&self, days: i32, hour: i64, minute: i64) -> Timestamp {
        self.first_monday.plus_days(-days).start_in(&self.zone).plus_seconds(hour * 3600 + minute * 60)
    }

    /// A date at a local time.
    pub fn on(&self, date: Date, hour: i64, minute: i64) -> Timestamp {
        date.start_in(&self.zone).plus_seconds(hour * 3600 + minute * 60)
    }

    pub fn is_future(&self, at: Timestamp) -> bool {
        at > self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn now_lies_in_the_chosen_week() {
        for day in 0..14 {
            let now = Date::new(2026, 11, 16).expect("a Monday").plus_days(day);
            let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("a zone");
            let calendar = Calendar::with_now_in_week(now.start_in(&zone).plus_seconds(3600), 3);
            assert!(calendar.at(3, 1, "00:00") <= calendar.now && calendar.now < calendar.at(4, 1, "00:00"));
        }
    }
}
