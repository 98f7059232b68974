//! Instants, dates and time zones. Instants are microseconds since 1970 in UTC; a training's calendar lives in its zone.

use std::fmt;
use std::str::FromStr;

use jiff::{SpanRound, ToSpan, Unit, civil};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Says in the OpenAPI document that a type is written as a formatted string.
macro_rules! string_schema {
    ($type:ty, $name:literal, $format:literal) => {
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .format(Some(utoipa::openapi::SchemaFormat::Custom($format.to_owned())))
                    .into()
            }
        }
        impl utoipa::ToSchema for $type {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed($name)
            }
        }
    };
}
/// An instant, to the microsecond. On the wire: RFC 3339 in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    pub fn from_jiff(at: jiff::Timestamp) -> Self {
        Self(at.as_microsecond())
    }
    pub const fn micros(self) -> i64 {
        self.0
    }
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
    pub const fn plus_micros(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days * 86_400)
    }
    /// Seconds from `earlier` to this instant; negative when this one is earlier.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(1_000_000)
    }
    /// The same instant without its fraction of a second.
    pub const fn whole_seconds(self) -> Self {
        Self(self.seconds() * 1_000_000)
    }
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
    /// The calendar date of this instant in a zone.
    pub fn date_in(self, zone: &TimeZone) -> Date {
        Date(self.to_jiff().to_zoned(zone.0.clone()).date())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_jiff(), f)
    }
}
impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for Timestamp {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().map(Self::from_jiff)
    }
}
impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
string_schema!(Timestamp, "Timestamp", "date-time");

/// A calendar date, without a zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days.days()))
    }
    pub fn year(self) -> i16 {
        self.0.year()
    }
    pub fn month(self) -> i8 {
        self.0.month()
    }
    pub fn day(self) -> i8 {
        self.0.day()
    }
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0
            .since((Unit::Day, earlier.0))
            .and_then(|span| span.round(SpanRound::new().smallest(Unit::Day).days_are_24_hours()))
            .map_or(0, |span| span.get_days())
    }
    /// Midnight at the start of this date in a zone.
    pub fn start_in(self, zone: &TimeZone) -> Timestamp {
        self.0.to_zoned(zone.0.clone()).map_or(Timestamp(0), |at| Timestamp::from_jiff(at.timestamp()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl FromStr for Date {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
string_schema!(Date, "Date", "date");

/// A zone of the IANA time zone database, such as `Asia/Shanghai`.
#[derive(Clone, PartialEq, Eq)]
pub struct TimeZone(jiff::tz::TimeZone);

impl TimeZone {
    /// The default of a training.
    pub const SHANGHAI: &'static str = "Asia/Shanghai";

    /// Reads an IANA name; anything else (offsets, abbreviations, paths) is refused.
    pub fn parse(name: &str) -> Option<Self> {
        jiff::tz::TimeZone::get(name).ok().filter(|zone| zone.iana_name() == Some(name)).map(Self)
    }
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or(Self::SHANGHAI)
    }
    pub fn to_jiff(&self) -> jiff::tz::TimeZone {
        self.0.clone()
    }
}

impl fmt::Debug for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A stretch of time: from `opens` (inclusive) to `closes` (exclusive).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub opens: Timestamp,
    pub closes: Timestamp,
}

impl Window {
    /// Week `week` (1 is the first) of a training that starts on `start`: seven local days from midnight to midnight,
    /// so a week with a clock change is an hour longer or shorter.
    pub fn of_week(start: Date, week: u16, zone: &TimeZone) -> Self {
        let first = start.plus_days(7 * (i32::from(week) - 1));
        Self { opens: first.start_in(zone), closes: first.plus_days(7).start_in(zone) }
    }
    pub fn contains(&self, at: Timestamp) -> bool {
        self.opens <= at && at < self.closes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::parse(name).expect("a zone of the database")
    }

    #[test]
    fn week_opens_and_closes_at_local_midnight() {
        let start = Date::new(2026, 11, 2).expect("a date");
        let week = Window::of_week(start, 3, &zone(TimeZone::SHANGHAI));
        assert_eq!(week.opens.to_string(), "2026-11-15T16:00:00Z");
        assert_eq!(week.closes.to_string(), "2026-11-22T16:00:00Z");
        assert!(week.contains(week.opens) && !week.contains(week.closes));
    }

    #[test]
    fn week_with_a_clock_change_keeps_local_midnights() {
        let start = Date::new(2026, 3, 23).expect("a date");
        let week = Window::of_week(start, 1, &zone("Europe/Berlin"));
        assert_eq!(week.closes.seconds_since(week.opens), 7 * 86_400 - 3_600);
    }

    #[test]
    fn only_names_of_the_zone_database_are_zones() {
        for wrong in ["", "Asia/Atlantis", "+08:00", "CST-8", "../etc/passwd", "asia/shanghai"] {
            assert_eq!(TimeZone::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_are_counted_in_days() {
        let day = |m, d| Date::new(2026, m, d).expect("a date");
        assert_eq!(day(3, 1).days_since(day(2, 27)), 2);
        assert_eq!(day(1, 1).days_since(day(12, 31)), -364);
    }
}
