//! One row of an answer, read column by column into our own types.

use kernel::id::{Id, Kind};
use kernel::{Date, Role, Timestamp};
use serde::de::DeserializeOwned;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgRow, PgTypeInfo, PgValueRef};
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Encode, Postgres, Row as _, Type};
use uuid::Uuid;

use crate::error::StorageError;
use crate::words::Word;

pub enum Row {
    Sqlite(SqliteRow),
    Pg(PgRow),
}

impl Row {
    /// Reads a column by its name.
    pub fn get<T: Field>(&self, column: &str) -> Result<T, StorageError> {
        T::read(self, column)
    }
}

/// A type that a column can be read as.
pub trait Field: Sized {
    fn read(row: &Row, column: &str) -> Result<Self, StorageError>;
}

/// A type that a whole row can be read as; [`from_row!`](crate::from_row) writes it.
pub trait FromRow: Sized {
    fn from_row(row: &Row) -> Result<Self, StorageError>;
}

/// A JSONB column: an object or an array, never a bare scalar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Json<T>(pub T);

fn plain<'r, T>(row: &'r Row, column: &str) -> Result<Option<T>, StorageError>
where
    T: Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
{
    match row {
        // SQLite columns have no strict types: the declared name is ours, the value says what it is.
        Row::Sqlite(row) => row.try_get_unchecked(column),
        Row::Pg(row) => row.try_get(column),
    }
    .map_err(StorageError::from)
}

/// SQLite would read a null as 0 or an empty text when asked for a value.
fn present<T>(value: Option<T>, column: &str) -> Result<T, StorageError> {
    value.ok_or_else(|| StorageError::Decode(format!("{column}: {}", std::any::type_name::<T>())))
}

macro_rules! plain_fields {
    ($($type:ty),*) => {$(
        impl Field for $type {
            fn read(row: &Row, column: &str) -> Result<Self, StorageError> { present(plain(row, column)?, column) }
        }
        impl Field for Option<$type> {
            fn read(row: &Row, column: &str) -> Result<Self, StorageError> { plain(row, column) }
        }
    )*};
}
plain_fields!(bool, i64, f64, String, Vec<u8>, Uuid);

macro_rules! via {
    ($($type:ty, $from:ty, |$v:ident| $convert:expr;)*) => {$(
        impl Field for $type {
            fn read(row: &Row, column: &str) -> Result<Self, StorageError> {
                let $v: $from = Field::read(row, column)?;
                $convert.ok_or_else(|| StorageError::Decode(format!("{column}: {}", stringify!($type))))
            }
        }
        impl Field for Option<$type> {
            fn read(row: &Row, column: &str) -> Result<Self, StorageError> {
                let value: Option<$from> = Field::read(row, column)?;
                value.map(|$v| $convert.ok_or_else(|| StorageError::Decode(format!("{column}: {}", stringify!($type))))).transpose()
            }
        }
    )*};
}
via! {
    u32, i64, |v| u32::try_from(v).ok();
    u16, i64, |v| u16::try_from(v).ok();
    u8, i64, |v| u8::try_from(v).ok();
    Date, String, |v| v.parse().ok();
    Role, String, |v| Role::from_word(&v);
}

impl<W: Word> Field for Option<W> {
    fn read(row: &Row, column: &str) -> Result<Self, StorageError> {
        let word: Option<String> = Field::read(row, column)?;
        word.map(|word| W::of_word(&word).ok_or_else(|| StorageError::Decode(format!("{column}: {word}"))))
            .transpose()
    }
}

impl<K: Kind> Field for Id<K> {
    fn read(row: &Row, column: &str) -> Result<Self, StorageError> {
        Uuid::read(row, column).map(Self::from_uuid)
    }
}
impl<K: Kind> Field for Option<Id<K>> {
    fn read(row: &Row, column: &str) -> Result<Self, StorageError> {
        plain::<Uuid>(row, column).map(|v| v.map(Id::from_uuid))
    }
}

impl Field for Timestamp {
    fn read(row: &Row, column: &str) -> Result<Self, StorageError> {
        present(Option::<Self>::read(row, column)?, column)
    }
}
impl Field for Option<Timestamp> {
    fn read(row: &Row, column: &str) -> Result<Self, StorageError> {
        Ok(match row {
            Row::Sqlite(row) => row.try_get_unchecked::<Option<i64>, _>(column)?.map(Timestamp::from_micros),
            Row::Pg(row) => row.try_get::<Option<PgTime>, _>(column)?.map(|t| t.0),
        })
    }
}

impl<T: DeserializeOwned> Field for Json<T> {
    fn read(row: &Row, column: &str) -> Result<Self, StorageError> {
        present(Option::<Self>::read(row, column)?, column)
    }
}
impl<T: DeserializeOwned> Field for Option<Json<T>> {
    fn read(row: &Row, column: &str) -> Result<Self, StorageError> {
        let wrong = |e: serde_json::Error| StorageError::Decode(format!("{column}: {e}"));
        match row {
            Row::Sqlite(row) => match row.try_get_unchecked::<Option<String>, _>(column)? {
                Some(text) => serde_json::from_str(&text).map(|v| Some(Json(v))).map_err(wrong),
                None => Ok(None),
            },
            Row::Pg(row) => match row.try_get::<Option<sqlx::types::Json<serde_json::Value>>, _>(column)? {
                Some(value) => serde_json::from_value(value.0).map(|v| Some(Json(v))).map_err(wrong),
                None => Ok(None),
            },
        }
    }
}

/// Microseconds on PostgreSQL's wire, where a TIMESTAMPTZ counts from the year 2000.
pub(crate) struct PgTime(pub Timestamp);

const MICROS_1970_TO_2000: i64 = 946_684_800_000_000;

impl Type<Postgres> for PgTime {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("TIMESTAMPTZ")
    }
}
impl Encode<'_, Postgres> for PgTime {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode(self.0.micros() - MICROS_1970_TO_2000, buffer)
    }
}
impl<'r> Decode<'r, Postgres> for PgTime {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let micros: i64 = Decode::<Postgres>::decode(value)?;
        Ok(Self(Timestamp::from_micros(micros + MICROS_1970_TO_2000)))
    }
}

/// Declares a struct whose fields are columns of the same names, and how a row becomes one.
///
/// ```ignore
/// storage::from_row! {
///     #[derive(Debug, Clone)]
///     pub(crate) struct PersonRow { id: PersonId, name: String, phone_masked: Option<String> }
/// }
/// ```
#[macro_export]
macro_rules! from_row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])* $vis struct $name { $($(#[$fmeta])* $fvis $field: $type),* }
        impl $crate::FromRow for $name {
            fn from_row(row: &$crate::Row) -> Result<Self, $crate::StorageError> {
                Ok(Self { $($field: row.get(stringify!($field))?),* })
            }
        }
    };
}

macro_rules! single_column {
    ($($type:ty),*) => {$(
        /// A row of one column named `value`.
        impl FromRow for $type {
            fn from_row(row: &Row) -> Result<Self, StorageError> { row.get("value") }
        }
    )*};
}
single_column!(bool, i64, String, Option<String>, Option<i64>, Timestamp, Option<Timestamp>);

impl<K: Kind> FromRow for Id<K> {
    fn from_row(row: &Row) -> Result<Self, StorageError> {
        row.get("value")
    }
}
