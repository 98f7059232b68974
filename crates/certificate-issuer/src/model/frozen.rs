//! What a certificate will say, fixed when its batch is made: everything but its number and its day.

use kernel::id::{OrgUnitId, TrainingId};
use kernel::{Date, Timestamp};

use super::{Credits, Grade, Printed, SerialNumber};

/// The printed fields of a learner who is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    pub learner_name: String,
    pub training: TrainingId,
    pub training_title: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub hours: u16,
    pub credits: Credits,
    pub grade: Grade,
    pub assessed_by: String,
    pub issuer: OrgUnitId,
    pub issuer_name: String,
}

impl Frozen {
    /// The whole certificate, once it has a number and a day.
    pub fn printed(&self, serial: SerialNumber, issued_on: Date, issued_at: Timestamp) -> Printed {
        Printed {
            serial,
            learner_name: self.learner_name.clone(),
            training: self.training,
            training_title: self.training_title.clone(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            hours: self.hours,
            credits: self.credits,
            grade: self.grade,
            assessed_by: self.assessed_by.clone(),
            issuer: self.issuer,
            issuer_name: self.issuer_name.clone(),
            issued_on,
            issued_at,
        }
    }

    /// The texts that a font must be able to show.
    pub fn texts(&self) -> [&str; 4] {
        [&self.learner_name, &self.training_title, &self.assessed_by, &self.issuer_name]
    }
}
