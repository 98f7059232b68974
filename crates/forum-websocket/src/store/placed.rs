//! What stands in a class, read or changed together with what says who belongs to that class.

use class_allocation::access::ClassPlace;
use storage::{FromRow, Row, StorageError};

pub struct Placed<T> {
    pub thing: T,
    pub place: ClassPlace,
}

/// The place of a class alone.
pub struct Place(pub ClassPlace);

impl FromRow for Place {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        Ok(Self(ClassPlace {
            class: row.get("class_id")?,
            training: row.get("training_id")?,
            org_path: row.get("org_path")?,
            published: row.get("published")?,
        }))
    }
}

impl<T: FromRow> FromRow for Placed<T> {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        let thing = T::from_row(row)?;
        let Place(place) = Place::from_row(row)?;
        Ok(Self { thing, place })
    }
}
