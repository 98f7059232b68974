//! One row of an answer, read column by column into our own types.

use std::cell::Cell;

use kernel::id::{Id, Kind};
use kernel::{Date, Role, Timestamp};
use rusqlite::types::ValueRef;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use sqlx::postgres::PgRow;
use sqlx::{Decode, Postgres, Row as _, Type};
use uuid::Uuid;

use crate::error::StorageError;
use crate::postgres::PgTime;
use crate::words::Word;

/// A row as it comes from the database, for as long as it is being looked at.
pub enum Row<'r> {
    Sqlite(SqliteRow<'r>),
    Pg(&'r PgRow),
}

impl Row<'_> {
    /// Reads a column by its name.
    pub fn get<T: Field>(&self, column: &str) -> Result<T, StorageError> {
        T::read(self, column)
    }
}

/// A row in SQLite's own hands.
pub struct SqliteRow<'r> {
    row: &'r rusqlite::Row<'r>,
    /// Columns are mostly read in the order in which they were asked for.
    next: Cell<usize>,
}

impl<'r> SqliteRow<'r> {
    pub(crate) fn new(row: &'r rusqlite::Row<'r>) -> Self {
        Self { row, next: Cell::new(0) }
    }

    fn value(&self, column: &str) -> Result<ValueRef<'r>, StorageError> {
        let statement = self.row.as_ref();
        let count = statement.column_count();
        let from = self.next.get();
        let place = (from..count)
            .chain(0..from.min(count))
            .find(|place| statement.column_name(*place).is_ok_and(|name| name == column))
            .ok_or_else(|| StorageError::Database(format!("there is no column {column}").into()))?;
        self.next.set(place + 1);
        Ok(self.row.get_ref(place)?)
    }
}

/// A type that a column can be read as.
pub trait Field: Sized {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError>;
}

/// A type that a whole row can be read as; [`from_row!`](crate::from_row) writes it.
pub trait FromRow: Sized + Send {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError>;
}

/// A JSONB column: an object or an array, never a bare scalar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Json<T>(pub T);

/// A value of SQLite as one of our types; none when it is of another kind. Columns have no strict types there: the declared name is ours,
/// the value says what it is.
trait OfSqlite: Sized {
    fn of(value: ValueRef<'_>) -> Option<Self>;
}

macro_rules! of_sqlite {
    ($($type:ty: $($pattern:pat => $value:expr),*;)*) => {$(
        impl OfSqlite for $type {
            fn of(value: ValueRef<'_>) -> Option<Self> {
                match value { $($pattern => $value,)* _ => None }
            }
        }
    )*};
}
of_sqlite! {
    bool: ValueRef::Integer(v) => Some(v != 0);
    i64: ValueRef::Integer(v) => Some(v);
    f64: ValueRef::Real(v) => Some(v), ValueRef::Integer(v) => Some(whole(v));
    String: ValueRef::Text(v) => std::str::from_utf8(v).ok().map(str::to_owned);
    Vec<u8>: ValueRef::Blob(v) => Some(v.to_vec());
    Uuid: ValueRef::Blob(v) => Uuid::from_slice(v).ok();
    Timestamp: ValueRef::Integer(v) => Some(Timestamp::from_micros(v));
}

/// SQLite keeps a whole number of a DOUBLE PRECISION column in the space of an integer.
#[expect(clippy::cast_precision_loss, reason = "it was written as a float")]
fn whole(value: i64) -> f64 {
    value as f64
}

fn of_sqlite<T: OfSqlite>(row: &SqliteRow<'_>, column: &str) -> Result<Option<T>, StorageError> {
    match row.value(column)? {
        ValueRef::Null => Ok(None),
        value => T::of(value).map(Some).ok_or_else(|| unreadable::<T>(column)),
    }
}

fn unreadable<T>(column: &str) -> StorageError {
    StorageError::Decode(format!("{column}: {}", std::any::type_name::<T>()))
}

fn plain<'r, T>(row: &Row<'r>, column: &str) -> Result<Option<T>, StorageError>
where
    T: OfSqlite + Decode<'r, Postgres> + Type<Postgres>,
{
    match row {
        Row::Sqlite(row) => of_sqlite(row, column),
        Row::Pg(row) => Ok(row.try_get(column)?),
    }
}

fn present<T>(value: Option<T>, column: &str) -> Result<T, StorageError> {
    value.ok_or_else(|| unreadable::<T>(column))
}

macro_rules! plain_fields {
    ($($type:ty),*) => {$(
        impl Field for $type {
            fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> { present(plain(row, column)?, column) }
        }
        impl Field for Option<$type> {
            fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> { plain(row, column) }
        }
    )*};
}
plain_fields!(bool, i64, f64, String, Vec<u8>, Uuid);

macro_rules! via {
    ($($type:ty, $from:ty, |$v:ident| $convert:expr;)*) => {$(
        impl Field for $type {
            fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
                let $v: $from = Field::read(row, column)?;
                $convert.ok_or_else(|| StorageError::Decode(format!("{column}: {}", stringify!($type))))
            }
        }
        impl Field for Option<$type> {
            fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
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
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        let word: Option<String> = Field::read(row, column)?;
        word.map(|word| W::of_word(&word).ok_or_else(|| StorageError::Decode(format!("{column}: {word}"))))
            .transpose()
    }
}

impl<K: Kind> Field for Id<K> {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        Uuid::read(row, column).map(Self::from_uuid)
    }
}
impl<K: Kind> Field for Option<Id<K>> {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        plain::<Uuid>(row, column).map(|v| v.map(Id::from_uuid))
    }
}

impl Field for Timestamp {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        present(Option::<Self>::read(row, column)?, column)
    }
}
impl Field for Option<Timestamp> {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        Ok(match row {
            Row::Sqlite(row) => of_sqlite(row, column)?,
            Row::Pg(row) => row.try_get::<Option<PgTime>, _>(column)?.map(|t| t.0),
        })
    }
}

impl<T: DeserializeOwned> Field for Json<T> {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        present(Option::<Self>::read(row, column)?, column)
    }
}
impl<T: DeserializeOwned> Field for Option<Json<T>> {
    fn read(row: &Row<'_>, column: &str) -> Result<Self, StorageError> {
        let text: Option<String> = match row {
            Row::Sqlite(row) => of_sqlite(row, column)?,
            Row::Pg(row) => row
                .try_get::<Option<sqlx::types::Json<Box<RawValue>>>, _>(column)?
                .map(|json| String::from(Box::<str>::from(json.0))),
        };
        let read = |text: String| serde_json::from_str(&text).map(Json);
        text.map(read).transpose().map_err(|error| StorageError::Decode(format!("{column}: {error}")))
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
            fn from_row(row: &$crate::Row<'_>) -> Result<Self, $crate::StorageError> {
                Ok(Self { $($field: row.get(stringify!($field))?),* })
            }
        }
    };
}

macro_rules! single_column {
    ($($type:ty),*) => {$(
        /// A row of one column named `value`.
        impl FromRow for $type {
            fn from_row(row: &Row<'_>) -> Result<Self, StorageError> { row.get("value") }
        }
    )*};
}
single_column!(bool, i64, String, Vec<u8>, Option<String>, Option<i64>, Timestamp, Option<Timestamp>);

impl<K: Kind> FromRow for Id<K> {
    fn from_row(row: &Row<'_>) -> Result<Self, StorageError> {
        row.get("value")
    }
}
