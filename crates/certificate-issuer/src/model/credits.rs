//! Credits: entered in a teacher's ledger once per training, counted toward 360 in five years.

use std::fmt;
use std::str::FromStr;

use kernel::Date;
use kernel::id::{CertificateId, CreditEntryId, PersonId, TrainingId};

/// Credits in tenths: `12.5` is 125 tenths. Fixed point, because they decide titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Credits(u32);

impl Credits {
    /// The statutory target of five years.
    pub const TARGET: Self = Self(3600);

    pub const fn from_tenths(tenths: u32) -> Self {
        Self(tenths)
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
    /// The certificate that this line follows from.
    pub certificate: CertificateId,
    pub kind: CreditKind,
    pub credits: Credits,
    pub entered_on: Date,
}

/// Which way a ledger line counts. Invariant: a learner has at most one line of each kind for a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditKind {
    Earned,
    /// The certificate was revoked for a cause that takes the credits with it.
    TakenBack,
}

impl CreditKind {
    /// The word in the database and on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Earned => "earned",
            Self::TakenBack => "taken_back",
        }
    }
}

impl CreditEntry {
    /// The line that takes this one back.
    pub fn taken_back(&self, id: CreditEntryId, entered_on: Date) -> Result<Self, CreditError> {
        match self.kind {
            CreditKind::Earned => Ok(Self { id, kind: CreditKind::TakenBack, entered_on, ..self.clone() }),
            CreditKind::TakenBack => Err(CreditError::NotEarned),
        }
    }

    /// Refuses a second line of the same kind for the same learner and training.
    pub fn may_follow(&self, ledger: &[Self]) -> Result<(), CreditError> {
        let same = |line: &&Self| line.learner == self.learner && line.training == self.training;
        if ledger.iter().filter(same).any(|line| line.kind == self.kind) {
            return Err(CreditError::AlreadyEntered);
        }
        let earned = || ledger.iter().filter(same).any(|line| line.kind == CreditKind::Earned);
        if self.kind == CreditKind::TakenBack && !earned() {
            return Err(CreditError::NotEarned);
        }
        Ok(())
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
    /// Reads one teacher's ledger. A credit counts on the day it is entered and for five years from then.
    pub fn on(date: Date, ledger: &[CreditEntry]) -> Self {
        let taken_back = |training| {
            ledger.iter().any(|line| line.kind == CreditKind::TakenBack && line.training == training)
        };
        let counted = ledger
            .iter()
            .filter(|line| line.kind == CreditKind::Earned && !taken_back(line.training))
            .filter(|line| line.entered_on <= date && date < five_years_after(line.entered_on))
            .fold(Credits::default(), |sum, line| sum.plus(line.credits));
        Self { counted, missing: Credits::TARGET.minus(counted) }
    }
}

/// Why credits are not entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreditError {
    #[error("credits are a number with at most one decimal")]
    Form,
    #[error("the credits of this training are already entered")]
    AlreadyEntered,
    #[error("there are no earned credits to take back")]
    NotEarned,
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

    #[test]
    fn credits_are_entered_once_and_taken_back_once() {
        let first = earned(7, 60, day(2026, 11, 21));
        assert_eq!(first.may_follow(&[]), Ok(()));
        assert_eq!(first.may_follow(std::slice::from_ref(&first)), Err(CreditError::AlreadyEntered));
        let back = first.taken_back(sample::id(8), day(2026, 12, 1)).expect("earned before");
        assert_eq!(back.may_follow(&[]), Err(CreditError::NotEarned));
        assert_eq!(back.may_follow(std::slice::from_ref(&first)), Ok(()));
        assert_eq!(back.may_follow(&[first, back.clone()]), Err(CreditError::AlreadyEntered));
        assert_eq!(back.taken_back(sample::id(9), day(2026, 12, 2)), Err(CreditError::NotEarned));
    }

    #[test]
    fn five_years_count_toward_the_target() {
        let old = earned(1, 900, day(2021, 11, 21));
        let leap = earned(2, 100, day(2024, 2, 29));
        let new = earned(3, 605, day(2026, 11, 21));
        let gone = earned(4, 500, day(2026, 1, 1));
        let back = gone.taken_back(sample::id(9), day(2026, 2, 1)).expect("earned before");
        let ledger = [old, leap, new, gone, back];
        let counted = |date| CreditStanding::on(date, &ledger).counted.to_string();
        assert_eq!(counted(day(2026, 11, 20)), "100");
        assert_eq!(counted(day(2026, 11, 21)), "70.5");
        assert_eq!(counted(day(2029, 2, 28)), "70.5");
        assert_eq!(counted(day(2029, 3, 1)), "60.5");
        assert_eq!(CreditStanding::on(day(2026, 11, 21), &ledger).missing.to_string(), "289.5");
    }
}
