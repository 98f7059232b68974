//! Credits: entered in a teacher's ledger once per training, counted toward 360 in five years.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use kernel::Date;
use kernel::id::{BatchEntryId, CertificateId, CreditEntryId, PersonId, TrainingId};

/// Credits in tenths: `12.5` is 125 tenths. Fixed point, because they decide titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Credits(u32);

impl Credits {
    /// The statutory target of five years.
    pub const TARGET: Self = Self(3600);

    pub const fn from_tenths(tenths: u32) -> Self {
        Self(tenths)
    }
    /// Whether one training can earn them.
    pub fn is_earnable(self) -> bool {
        (Self(1)..=Self::TARGET).contains(&self)
    }
    pub const fn tenths(self) -> u32 {
        self.0
    }
    const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
    const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 10 {
            0 => write!(f, "{}", self.0 / 10),
            tenth => write!(f, "{}.{tenth}", self.0 / 10),
        }
    }
}

impl FromStr for Credits {
    type Err = CreditError;
    fn from_str(text: &str) -> Result<Self, CreditError> {
        let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most| {
            let well_formed = (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            part.parse::<u32>().ok().filter(|_| well_formed)
        };
        match (digits(whole, 6), digits(tenth, 1)) {
            (Some(whole), Some(tenth)) => Ok(Self(whole * 10 + tenth)),
            _ => Err(CreditError::Form),
        }
    }
}

/// One line of a teacher's ledger. Lines are only ever added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditEntry {
    pub id: CreditEntryId,
    pub learner: PersonId,
    pub training: TrainingId,
    /// The batch entry whose credits these are: a learner has one at a time for a training.
    pub entry: BatchEntryId,
    /// The certificate that this line follows from.
    pub certificate: CertificateId,
    pub kind: CreditKind,
    pub credits: Credits,
    pub entered_on: Date,
}

/// Which way a ledger line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditKind {
    Earned,
    /// A corrected certificate says more than the one before.
    Raised,
    /// A corrected certificate says less than the one before.
    Lowered,
    /// The certificate was revoked for a cause that takes the credits with it.
    TakenBack,
}

impl CreditKind {
    /// The word in the database and on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Earned => "earned",
            Self::Raised => "raised",
            Self::Lowered => "lowered",
            Self::TakenBack => "taken_back",
        }
    }
    const fn adds(self) -> bool {
        matches!(self, Self::Earned | Self::Raised)
    }
}

/// The lines of one batch entry. Invariant: its credits are earned once, taken back at most once, and nothing follows that.
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'a>(pub &'a [CreditEntry]);

impl Ledger<'_> {
    pub fn is_earned(self) -> bool {
        self.has(CreditKind::Earned)
    }

    /// What stands at the end of these lines.
    pub fn balance(self) -> Credits {
        let (more, less): (Vec<_>, Vec<_>) = self.0.iter().partition(|line| line.kind.adds());
        let sum = |lines: Vec<&CreditEntry>| {
            lines.iter().fold(Credits::default(), |sum, line| sum.plus(line.credits))
        };
        sum(more).minus(sum(less))
    }

    /// What a certificate that says `credits` adds to the lines; nothing when they say so already.
    pub fn to_stand_at(self, credits: Credits) -> Option<(CreditKind, Credits)> {
        let balance = self.balance();
        match credits.cmp(&balance) {
            _ if self.has(CreditKind::TakenBack) => None,
            _ if !self.is_earned() => Some((CreditKind::Earned, credits)),
            Ordering::Equal => None,
            Ordering::Greater => Some((CreditKind::Raised, credits.minus(balance))),
            Ordering::Less => Some((CreditKind::Lowered, balance.minus(credits))),
        }
    }

    /// What takes everything back that stands; nothing when nothing was earned or all is taken back already.
    pub fn to_take_back(self) -> Option<(CreditKind, Credits)> {
        let stands = self.is_earned() && !self.has(CreditKind::TakenBack);
        stands.then(|| (CreditKind::TakenBack, self.balance()))
    }

    fn has(self, kind: CreditKind) -> bool {
        self.0.iter().any(|line| line.kind == kind)
    }
}

/// Where a teacher stands on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreditStanding {
    /// Earned in the five years up to the date and not taken back.
    pub counted: Credits,
    /// What is missing to the target of 360.
    pub missing: Credits,
}

impl CreditStanding {
    /// Reads one teacher's ledger. A credit counts on the day it is entered and for five years from then; what corrects it or takes it
    /// back counts as if it had been so from that day.
    pub fn on(date: Date, ledger: &[CreditEntry]) -> Self {
        let of_entry = |entry: BatchEntryId| -> Vec<CreditEntry> {
            ledger.iter().filter(|line| line.entry == entry).cloned().collect()
        };
        let counted = ledger
            .iter()
            .filter(|line| line.kind == CreditKind::Earned)
            .filter(|line| line.entered_on <= date && date < five_years_after(line.entered_on))
            .fold(Credits::default(), |sum, line| sum.plus(Ledger(&of_entry(line.entry)).balance()));
        Self { counted, missing: Credits::TARGET.minus(counted) }
    }
}

/// Why credits are not entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreditError {
    #[error("credits are a number with at most one decimal")]
    Form,
}

fn five_years_after(date: Date) -> Date {
    let year = date.year() + 5;
    // A leap day has no fifth anniversary; the first of March follows it.
    Date::new(year, date.month(), date.day()).or_else(|| Date::new(year, 3, 1)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn day(year: i16, month: i8, day: i8) -> Date {
        Date::new(year, month, day).expect("a date")
    }

    fn earned(training: u128, tenths: u32, entered_on: Date) -> CreditEntry {
        CreditEntry {
            id: sample::id(training),
            learner: sample::id(1),
            training: sample::id(training),
            entry: sample::id(training),
            certificate: sample::id(training),
            kind: CreditKind::Earned,
            credits: Credits::from_tenths(tenths),
            entered_on,
        }
    }

    #[test]
    fn credits_are_read_and_written_in_tenths() {
        for (text, tenths) in [("0", 0), ("12", 120), ("12.5", 125), ("360.0", 3600)] {
            assert_eq!(text.parse(), Ok(Credits::from_tenths(tenths)));
        }
        assert_eq!(Credits::from_tenths(125).to_string(), "12.5");
        assert_eq!(Credits::from_tenths(120).to_string(), "12");
        for wrong in ["", ".5", "1.", "1.25", "-1", "+1", "1e3", "1234567", "十"] {
            assert_eq!(wrong.parse::<Credits>(), Err(CreditError::Form), "{wrong}");
        }
    }

    fn following(first: &CreditEntry, (kind, credits): (CreditKind, Credits)) -> CreditEntry {
        CreditEntry { kind, credits, ..first.clone() }
    }

    #[test]
    fn credits_are_entered_once_corrected_and_taken_back_once() {
        let tenths = Credits::from_tenths;
        assert_eq!(Ledger(&[]).to_take_back(), None);
        assert_eq!(Ledger(&[]).to_stand_at(tenths(60)), Some((CreditKind::Earned, tenths(60))));
        let mut ledger = vec![earned(7, 60, day(2026, 11, 21))];
        assert_eq!(Ledger(&ledger).to_stand_at(tenths(60)), None);
        for (now, expected) in [(85, (CreditKind::Raised, 25)), (40, (CreditKind::Lowered, 45))] {
            let line = Ledger(&ledger).to_stand_at(tenths(now)).expect("a change");
            assert_eq!(line, (expected.0, tenths(expected.1)));
            ledger.push(following(&ledger[0], line));
            assert_eq!(Ledger(&ledger).balance(), tenths(now));
        }
        let back = Ledger(&ledger).to_take_back().expect("earned before");
        assert_eq!(back, (CreditKind::TakenBack, tenths(40)));
        ledger.push(following(&ledger[0], back));
        assert_eq!(Ledger(&ledger).balance(), tenths(0));
        assert_eq!((Ledger(&ledger).to_take_back(), Ledger(&ledger).to_stand_at(tenths(9))), (None, None));
    }

    #[test]
    fn five_years_count_toward_the_target() {
        let old = earned(1, 900, day(2021, 11, 21));
        let leap = earned(2, 100, day(2024, 2, 29));
        let new = earned(3, 605, day(2026, 11, 21));
        let gone = earned(4, 500, day(2026, 1, 1));
        let back = following(&gone, (CreditKind::TakenBack, gone.credits));
        let ledger = [old, leap, new, gone, back];
        let counted = |date| CreditStanding::on(date, &ledger).counted.to_string();
        assert_eq!(counted(day(2026, 11, 20)), "100");
        assert_eq!(counted(day(2026, 11, 21)), "70.5");
        assert_eq!(counted(day(2029, 2, 28)), "70.5");
        assert_eq!(counted(day(2029, 3, 1)), "60.5");
        assert_eq!(CreditStanding::on(day(2026, 11, 21), &ledger).missing.to_string(), "289.5");
    }
}
