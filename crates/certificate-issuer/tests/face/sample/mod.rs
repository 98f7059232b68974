//! One believable certificate for the tests of this crate and its example.

use kernel::id::{Id, Kind};
use kernel::{Date, Timestamp};
use uuid::Uuid;

use certificate_issuer::model::{Certificate, Credits, Grade, Printed, SerialNumber, TrainingCode};

/// The id with this number.
pub fn id<K: Kind>(number: u128) -> Id<K> {
    Id::from_uuid(Uuid::from_u128(number))
}

/// The fields of the sample.
pub fn printed() -> Printed {
    let training = id(0x0192_f0c1_5a6b_7c8d_9e0f_1a2b_3c4d_5e6f);
    let date = |month, day| Date::new(2026, month, day).expect("a date");
    Printed {
        serial: SerialNumber::new(&TrainingCode::of(training, 2026), 42),
        learner_name: "王晓兰".to_owned(),
        training,
        training_title: "教学点复式教学能力提升引领式培训".to_owned(),
        starts_on: date(3, 2),
        ends_on: date(5, 24),
        hours: 60,
        credits: Credits::from_tenths(65),
        grade: Grade::Excellent,
        assessed_by: "陇原师范大学教师发展中心".to_owned(),
        issuer: id(9),
        issuer_name: "甘肃省教师培训办公室".to_owned(),
        issued_on: date(6, 1),
        issued_at: Timestamp::from_micros(1_780_300_800_000_000),
    }
}

/// The sample, checked.
pub fn certificate() -> Certificate {
    Certificate::new(printed()).expect("the sample's fields are good")
}
