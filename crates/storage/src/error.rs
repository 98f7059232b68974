//! What the database refused, in the same words for both databases.

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::postgres::PgDatabaseError;

/// Which kind of rule a write broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViolationKind {
    Unique,
    Check,
    ForeignKey,
    NotNull,
}

/// A named rule of the schema that a write would have broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub kind: ViolationKind,
    /// `<table>_<columns>_key` or `_check`; empty for a foreign key on SQLite, which does not say which.
    pub constraint: String,
}

#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("the write breaks {}", .0.constraint)]
    Violation(Violation),
    #[error("the database cannot be reached")]
    Unavailable(#[source] sqlx::Error),
    /// It stood in another transaction's way and was rolled back; the same would be right a moment later.
    #[error("the database refused for the sake of another transaction")]
    GaveWay(#[source] sqlx::Error),
    /// The commit was sent and its answer was lost: it may have taken effect.
    #[error("the answer to a commit was lost")]
    OutcomeUnknown(#[source] sqlx::Error),
    /// PostgreSQL keeps no text with it, so neither does SQLite.
    #[error("a text holds the character NUL")]
    Nul,
    #[error("a stored value does not read as {0}")]
    Decode(String),
    /// A mistake in the program: names and values that do not fit each other.
    #[error("the statement is wrong: {0}")]
    Statement(String),
    #[error("no such row")]
    RowMissing,
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    #[error("the object store failed")]
    Blobs(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("a migration failed")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl StorageError {
    /// The name of the broken constraint, if that is what happened.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Violation(v) => Some(&v.constraint),
            _ => None,
        }
    }

    /// Whether this constraint is the one that was broken.
    pub fn breaks(&self, constraint: &str) -> bool {
        self.constraint() == Some(constraint)
    }

    /// Why a commit failed. Only what a rule or another transaction refused is known to be rolled back.
    pub(crate) fn of_commit(error: sqlx::Error) -> Self {
        let refused = error
            .as_database_error()
            .is_some_and(|db| db.kind() != ErrorKind::Other || gave_way(db) || took_too_long(db));
        if refused { Self::from(error) } else { Self::OutcomeUnknown(error) }
    }

    pub fn is_foreign_key(&self) -> bool {
        matches!(self, Self::Violation(v) if v.kind == ViolationKind::ForeignKey)
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(db) => match violation(db.as_ref()) {
                Some(v) => Self::Violation(v),
                None if gave_way(db.as_ref()) => Self::GaveWay(error),
                None if is_shutdown(db.as_ref()) || took_too_long(db.as_ref()) => Self::Unavailable(error),
                None => Self::Database(error),
            },
            sqlx::Error::RowNotFound => Self::RowMissing,
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            _ => Self::Database(error),
        }
    }
}

/// PostgreSQL's class 57P (shutdown, crash, not yet up) and 53 (out of connections): try again later.
fn is_shutdown(error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| code.starts_with("57P") || code.starts_with("53"))
}

/// PostgreSQL ended a statement that ran too long, or a transaction that said nothing for too long: all of it is rolled back.
fn took_too_long(error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| matches!(&*code, "57014" | "25P03"))
}

/// PostgreSQL's serialisation failure, deadlock and lock that was not given in time; SQLite's busy and locked, whatever their extended code.
fn gave_way(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else { return false };
    if error.try_downcast_ref::<PgDatabaseError>().is_some() {
        return matches!(&*code, "40001" | "40P01" | "55P03");
    }
    code.parse().is_ok_and(|code: u32| matches!(code & 0xff, 5 | 6))
}

fn violation(error: &dyn DatabaseError) -> Option<Violation> {
    let kind = match error.kind() {
        ErrorKind::UniqueViolation => ViolationKind::Unique,
        ErrorKind::ForeignKeyViolation => ViolationKind::ForeignKey,
        ErrorKind::NotNullViolation => ViolationKind::NotNull,
        ErrorKind::CheckViolation => ViolationKind::Check,
        _ => return None,
    };
    let constraint = match (error.constraint(), error.try_downcast_ref::<PgDatabaseError>()) {
        (Some(name), _) => name.to_owned(),
        (None, Some(pg)) => pg_not_null(pg),
        (None, None) => sqlite_constraint(kind, error.message()),
    };
    Some(Violation { kind, constraint })
}

/// PostgreSQL gives no name for a missing value, but table and column.
fn pg_not_null(error: &PgDatabaseError) -> String {
    format!("{}_{}_not_null", error.table().unwrap_or_default(), error.column().unwrap_or_default())
}

/// SQLite names a check, but of a unique constraint only the columns; our naming rule gives its name back.
fn sqlite_constraint(kind: ViolationKind, message: &str) -> String {
    let Some((_, what)) = message.split_once("constraint failed: ") else { return String::new() };
    match kind {
        ViolationKind::Check => what.to_owned(),
        ViolationKind::Unique => {
            if let Some(index) = what.strip_prefix("index '") {
                return index.trim_end_matches('\'').to_owned();
            }
            let mut name = String::new();
            for column in what.split(", ") {
                let (table, column) = column.split_once('.').unwrap_or(("", column));
                if name.is_empty() {
                    name.push_str(table);
                }
                name.push('_');
                name.push_str(column);
            }
            name + "_key"
        }
        ViolationKind::NotNull => what.replace('.', "_") + "_not_null",
        ViolationKind::ForeignKey => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_messages_give_back_constraint_names() {
        use ViolationKind::{Check, NotNull, Unique};
        for (kind, message, name) in [
            (Unique, "UNIQUE constraint failed: seats.class_id, seats.seat_no", "seats_class_id_seat_no_key"),
            (Unique, "UNIQUE constraint failed: index 'people_phone_key'", "people_phone_key"),
            (Check, "CHECK constraint failed: seats_seat_no_check", "seats_seat_no_check"),
            (NotNull, "NOT NULL constraint failed: people.name", "people_name_not_null"),
        ] {
            assert_eq!(sqlite_constraint(kind, message), name);
        }
    }
}
