//! When things happened: everything is told from the first day of the training's first week.

use kernel::{Date, TimeZone, Timestamp};

#[derive(Clone)]
pub struct Calendar {
    pub first_day: Date,
    pub now: Timestamp,
    zone: TimeZone,
}

impl Calendar {
    /// Chooses the first day so that today is the sixth of that week, whatever its name: enough of the week is behind to look at, and
    /// there is a day left to do something.
    pub fn with_now_in_week(now: Timestamp, week: u16) -> Self {
        let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("Shanghai is in the zone database");
        let first_day = now.date_in(&zone).plus_days(-5 - 7 * (i32::from(week) - 1));
        Self { first_day, now, zone }
    }

    /// A day of a week (1 to 7) at a local time such as `20:30`.
    pub fn at(&self, week: u16, day: u16, time: &str) -> Timestamp {
        let (hour, minute) = time.split_once(':').unwrap_or((time, "0"));
        let minutes = hour.parse::<i64>().unwrap_or(0) * 60 + minute.parse::<i64>().unwrap_or(0);
        let days = 7 * (i32::from(week) - 1) + i32::from(day) - 1;
        self.first_day.plus_days(days).start_in(&self.zone).plus_seconds(minutes * 60)
    }

    /// So many days before the first one, at a local time.
    pub fn before_start(&self, days: i32, hour: i64, minute: i64) -> Timestamp {
        self.first_day.plus_days(-days).start_in(&self.zone).plus_seconds(hour * 3600 + minute * 60)
    }

    /// A date at a local time.
    pub fn on(&self, date: Date, hour: i64, minute: i64) -> Timestamp {
        date.start_in(&self.zone).plus_seconds(hour * 3600 + minute * 60)
    }

    /// So many minutes before now.
    pub fn ago(&self, minutes: i64) -> Timestamp {
        self.now.plus_seconds(-60 * minutes)
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
            let today = Date::new(2026, 11, 16).expect("a date").plus_days(day);
            let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("a zone");
            let calendar = Calendar::with_now_in_week(today.start_in(&zone).plus_seconds(3600), 3);
            assert!(calendar.at(3, 6, "00:00") <= calendar.now && calendar.now < calendar.at(3, 7, "00:00"));
        }
    }
}
