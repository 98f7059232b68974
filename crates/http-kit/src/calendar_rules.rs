//! Days and instants that people type: a calendar has no year 0 and none in which sums of weeks would not fit.

use kernel::{Date, Timestamp};

use crate::rules_text::rule;

const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;
/// The same years, in seconds since 1970 in UTC.
const SECONDS: std::ops::Range<i64> = 946_684_800..4_133_980_800;

/// For `#[garde(custom(sane_date))]`: a day of the years 2000 to 2100.
pub fn sane_date(date: &Date, (): &()) -> garde::Result {
    within(YEARS.contains(&date.year()))
}

/// For `#[garde(custom(sane_instant))]`: an instant of the years 2000 to 2100, in UTC.
pub fn sane_instant(at: &Timestamp, (): &()) -> garde::Result {
    within(SECONDS.contains(&at.seconds()))
}

fn within(is_sane: bool) -> garde::Result {
    if is_sane {
        return Ok(());
    }
    let (zh, en) = ("日期应在 2000 年至 2100 年之间。", "The date must lie in the years 2000 to 2100.");
    Err(rule("date_out_of_range", zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_have_bounds() {
        for (year, is_sane) in
            [(0, false), (1999, false), (2000, true), (2100, true), (2101, false), (9998, false)]
        {
            let date = Date::new(year, 12, 31).expect("a date");
            assert_eq!(sane_date(&date, &()).is_ok(), is_sane, "{date}");
            for at in [format!("{date}T23:59:59Z"), format!("{year:04}-01-01T00:00:00Z")] {
                let at: Timestamp = at.parse().expect("an instant");
                assert_eq!(sane_instant(&at, &()).is_ok(), is_sane, "{at}");
            }
        }
    }
}
