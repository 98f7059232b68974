//! How the model's own types read from columns.

use std::str::FromStr;

use storage::{Field, Row, StorageError, Val};

use crate::credential::{Addresses, StatusIndex};
use crate::model::{Credits, Frozen, Grade, Reason, SerialNumber, VerifyKey};

macro_rules! from_text {
    ($($type:ty),*) => {$(
        impl Field for $type {
            fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
                let text: String = row.get(column)?;
                Self::from_str(&text).map_err(|_| StorageError::Decode(format!("{column}: {text}")))
            }
        }
    )*};
}
from_text!(Grade, Reason, SerialNumber, VerifyKey);

/// What may be absent; what is there and cannot be read is an error, as everywhere.
pub(super) fn perhaps<T: Field>(row: &Row<'_>, column: &str) -> Result<Option<T>, StorageError> {
    row.get::<Option<String>>(column)?.map(|_| row.get(column)).transpose()
}

impl Field for Addresses {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        let base: String = row.get(column)?;
        Self::below(&base).map_err(|_| StorageError::Decode(format!("{column}: {base}")))
    }
}

impl Field for Credits {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        u32::read(row, column).map(Self::from_tenths)
    }
}

impl Field for StatusIndex {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        let index = u32::read(row, column)?;
        Self::new(index).ok_or_else(|| StorageError::Decode(format!("{column}: {index}")))
    }
}

/// The frozen fields, which entries and certificates hold under the same names.
pub(super) fn frozen(row: &Row<'_>) -> Result<Frozen, StorageError> {
    Ok(Frozen {
        learner_name: row.get("learner_name")?,
        training: row.get("training_id")?,
        training_title: row.get("training_title")?,
        starts_on: row.get("starts_on")?,
        ends_on: row.get("ends_on")?,
        hours: row.get("hours")?,
        credits: row.get("credits")?,
        grade: row.get("grade")?,
        assessed_by: row.get("assessed_by")?,
        issuer: row.get("issuer_id")?,
        issuer_name: row.get("issuer_name")?,
    })
}

/// The frozen fields by the names of their columns, without the training; nulls where nothing is frozen.
pub(super) fn frozen_values(frozen: Option<&Frozen>) -> [(&'static str, Val); 10] {
    [
        ("learner_name", frozen.map(|frozen| frozen.learner_name.clone()).into()),
        ("training_title", frozen.map(|frozen| frozen.training_title.clone()).into()),
        ("starts_on", frozen.map(|frozen| frozen.starts_on).into()),
        ("ends_on", frozen.map(|frozen| frozen.ends_on).into()),
        ("hours", frozen.map(|frozen| frozen.hours).into()),
        ("credits", frozen.map(|frozen| frozen.credits.tenths()).into()),
        ("grade", frozen.map(|frozen| frozen.grade.code()).into()),
        ("assessed_by", frozen.map(|frozen| frozen.assessed_by.clone()).into()),
        ("issuer_id", frozen.map(|frozen| frozen.issuer).into()),
        ("issuer_name", frozen.map(|frozen| frozen.issuer_name.clone()).into()),
    ]
}
