//! The two languages of the product, and texts that exist in both.

use serde::{Deserialize, Serialize};

use crate::time::{Date, TimeZone, Timestamp};

/// A language that the product speaks. Chinese is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Lang {
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Picks from an `Accept-Language` header (RFC 9110): the first language that we have wins, by weight; else Chinese.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(u32, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.trim().split(';');
            let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")).map_or(1000, thousandths);
            let lang = match tag.split('-').next() {
                Some("zh") => Self::Zh,
                Some("en") => Self::En,
                _ => continue,
            };
            if weight > 0 && best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, lang));
            }
        }
        best.map_or(Self::Zh, |(_, lang)| lang)
    }

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// A weight such as `0.8` in thousandths (RFC 9110 allows three decimals); what does not read so counts as 1.
fn thousandths(weight: &str) -> u32 {
    let (whole, decimals) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let decimals = format!("{decimals:0<3}");
    match (whole.parse::<u32>(), decimals.get(..3).and_then(|d| d.parse::<u32>().ok())) {
        (Ok(whole), Some(decimals)) => (whole.min(1) * 1000 + decimals).min(1000),
        _ => 1000,
    }
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub zh: String,
    pub en: String,
}

impl Text {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
    /// A date as sentences say it, and as the pages do: 2026年11月28日, Nov 28, 2026.
    pub fn of_date(date: Date) -> Self {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let (year, month, day) = (date.year(), date.month(), date.day());
        // Months are counted from 1 to 12.
        let name = MONTHS[usize::try_from(month - 1).unwrap_or(0) % 12];
        Self::new(format!("{year}年{month}月{day}日"), format!("{name} {day}, {year}"))
    }

    /// A minute on the clocks of a zone: 2026年11月28日 05:26, Nov 28, 2026, 05:26.
    pub fn of_minute(at: Timestamp, zone: &TimeZone) -> Self {
        let Self { zh, en } = Self::of_date(at.date_in(zone));
        let time = at.to_jiff().to_zoned(zone.to_jiff()).strftime("%H:%M").to_string();
        Self::new(format!("{zh} {time}"), format!("{en}, {time}"))
    }

    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_as_the_pages_say_them() {
        for (date, zh, en) in [
            ("2026-01-05", "2026年1月5日", "Jan 5, 2026"),
            ("2026-09-30", "2026年9月30日", "Sep 30, 2026"),
            ("2026-12-31", "2026年12月31日", "Dec 31, 2026"),
        ] {
            assert_eq!(Text::of_date(date.parse().expect("a date")), Text::new(zh, en));
        }
    }

    #[test]
    fn minutes_are_those_of_the_zone() {
        let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("a zone");
        for (at, zh, en) in [
            ("2026-12-11T21:26:42.296014Z", "2026年12月12日 05:26", "Dec 12, 2026, 05:26"),
            ("2026-12-11T15:59:59Z", "2026年12月11日 23:59", "Dec 11, 2026, 23:59"),
            ("2026-12-11T16:00:00Z", "2026年12月12日 00:00", "Dec 12, 2026, 00:00"),
        ] {
            assert_eq!(Text::of_minute(at.parse().expect("an instant"), &zone), Text::new(zh, en));
        }
    }

    #[test]
    fn accept_language_is_read_by_weight() {
        for (header, expected) in [
            ("", Lang::Zh),
            ("en", Lang::En),
            ("en-US,en;q=0.9,zh-CN;q=0.8", Lang::En),
            ("en;q=0.3, zh-CN", Lang::Zh),
            ("fr, de", Lang::Zh),
            ("en;q=0", Lang::Zh),
            ("en;q=nonsense;;,", Lang::En),
        ] {
            assert_eq!(Lang::from_accept_language(header), expected, "{header}");
        }
    }
}
