//! Which week is meant by "this week".

use kernel::{Date, TimeZone, Timestamp};

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
