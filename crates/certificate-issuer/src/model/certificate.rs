//! The certificate: every field that is printed, checked once so that later steps need not ask again.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use kernel::id::{OrgUnitId, TrainingId};
use kernel::{Date, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Credits, SerialNumber};

/// Every field of a certificate as it is printed, signed and shown on the verification page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub serial: SerialNumber,
    pub learner_name: String,
    pub training: TrainingId,
    pub training_title: String,
    pub starts_on: Date,
    pub ends_on: Date,
    /// Class hours (学时).
    pub hours: u16,
    pub credits: Credits,
    pub grade: Grade,
    /// The unit that taught and assessed, such as the normal university that ran the training.
    pub assessed_by: String,
    /// The office in whose name the certificate is issued.
    pub issuer: OrgUnitId,
    pub issuer_name: String,
    /// The date below the issuer's name, in the training's time zone.
    pub issued_on: Date,
    /// When it was signed, in whole seconds.
    pub issued_at: Timestamp,
}

/// A certificate whose fields can all be printed. Changed fields need a new certificate with a new serial number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate(Printed);

impl Certificate {
    /// Checks the fields; texts lose the blanks around them and the instant loses its fraction of a second.
    pub fn new(printed: Printed) -> Result<Self, CertificateError> {
        let printed = Printed {
            learner_name: text(Field::LearnerName, &printed.learner_name, 40)?,
            training_title: text(Field::TrainingTitle, &printed.training_title, 100)?,
            assessed_by: text(Field::AssessedBy, &printed.assessed_by, 40)?,
            issuer_name: text(Field::IssuerName, &printed.issuer_name, 40)?,
            issued_at: printed.issued_at.whole_seconds(),
            ..printed
        };
        if printed.ends_on < printed.starts_on {
            return Err(CertificateError::EndsBeforeStart);
        }
        if printed.issued_on < printed.starts_on {
            return Err(CertificateError::IssuedBeforeStart);
        }
        if printed.hours == 0 {
            return Err(CertificateError::NoHours);
        }
        Ok(Self(printed))
    }

    /// The texts that vary from certificate to certificate: what a font must be able to show.
    pub fn texts(&self) -> [&str; 4] {
        [&self.0.learner_name, &self.0.training_title, &self.0.assessed_by, &self.0.issuer_name]
    }
}

impl Deref for Certificate {
    type Target = Printed;
    fn deref(&self) -> &Printed {
        &self.0
    }
}

/// How well the learner did. Who fails gets no certificate, so there is no word for it here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    Pass,
    Good,
    Excellent,
}

impl Grade {
    /// From the lowest to the highest.
    pub const ALL: [Self; 3] = [Self::Pass, Self::Good, Self::Excellent];

    /// The word in the database and on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Good => "good",
            Self::Excellent => "excellent",
        }
    }
    /// The word on paper, in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Pass => "合格",
            Self::Good => "良好",
            Self::Excellent => "优秀",
        }
    }
    /// The word on paper, in both languages.
    pub fn label(self) -> Text {
        Text::new(
            self.zh(),
            match self {
                Self::Pass => "Pass",
                Self::Good => "Good",
                Self::Excellent => "Excellent",
            },
        )
    }
}

impl FromStr for Grade {
    type Err = CertificateError;
    /// Reads the code or the Chinese word.
    fn from_str(text: &str) -> Result<Self, CertificateError> {
        Self::ALL
            .into_iter()
            .find(|grade| grade.code() == text || grade.zh() == text)
            .ok_or(CertificateError::UnknownGrade)
    }
}

/// A text of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    LearnerName,
    TrainingTitle,
    AssessedBy,
    IssuerName,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LearnerName => "learner_name",
            Self::TrainingTitle => "training_title",
            Self::AssessedBy => "assessed_by",
            Self::IssuerName => "issuer_name",
        })
    }
}

/// Why these fields make no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    #[error("{0} is empty")]
    Empty(Field),
    #[error("{field} has more than {limit} characters")]
    TooLong { field: Field, limit: usize },
    #[error("{0} holds a line break or another control character")]
    Control(Field),
    #[error("the training ends before it starts")]
    EndsBeforeStart,
    #[error("the training starts after the day of issue")]
    IssuedBeforeStart,
    #[error("a certificate needs at least one hour")]
    NoHours,
    #[error("unknown grade")]
    UnknownGrade,
}

fn text(field: Field, text: &str, limit: usize) -> Result<String, CertificateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(CertificateError::Empty(field));
    }
    if text.chars().any(char::is_control) {
        return Err(CertificateError::Control(field));
    }
    if text.chars().count() > limit {
        return Err(CertificateError::TooLong { field, limit });
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn fields_are_trimmed_and_whole_seconds_kept() {
        let mut printed = sample::printed();
        printed.learner_name = " 王晓兰\u{3000}".to_owned();
        printed.issued_at = printed.issued_at.plus_micros(999_999);
        let certificate = Certificate::new(printed).expect("fields are good");
        assert_eq!(certificate.learner_name, "王晓兰");
        assert_eq!(certificate.issued_at, sample::printed().issued_at);
    }

    #[test]
    fn what_cannot_be_printed_is_refused() {
        type Change = fn(&mut Printed);
        let cases: [(Change, CertificateError); 6] = [
            (|p| p.learner_name = "  ".to_owned(), CertificateError::Empty(Field::LearnerName)),
            (|p| p.issuer_name = "省\n厅".to_owned(), CertificateError::Control(Field::IssuerName)),
            (
                |p| p.training_title = "长".repeat(101),
                CertificateError::TooLong { field: Field::TrainingTitle, limit: 100 },
            ),
            (|p| p.ends_on = p.starts_on.plus_days(-1), CertificateError::EndsBeforeStart),
            (|p| p.issued_on = p.starts_on.plus_days(-1), CertificateError::IssuedBeforeStart),
            (|p| p.hours = 0, CertificateError::NoHours),
        ];
        for (change, expected) in cases {
            let mut printed = sample::printed();
            change(&mut printed);
            assert_eq!(Certificate::new(printed), Err(expected));
        }
    }

    #[test]
    fn grades_are_read_from_code_and_paper() {
        for grade in Grade::ALL {
            assert_eq!(grade.code().parse(), Ok(grade));
            assert_eq!(grade.zh().parse(), Ok(grade));
        }
        assert_eq!("不合格".parse::<Grade>(), Err(CertificateError::UnknownGrade));
    }
}
