//! What PostgreSQL refused, in the words that both databases share.

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::postgres::PgDatabaseError;

use crate::error::{StorageError, Violation, ViolationKind};

impl StorageError {
    /// Why a commit failed. Only what a rule or another transaction refused is known to be rolled back.
    pub(crate) fn of_pg_commit(error: sqlx::Error) -> Self {
        let refused = error
            .as_database_error()
            .is_some_and(|db| db.kind() != ErrorKind::Other || gave_way(db) || took_too_long(db));
        if refused { Self::from(error) } else { Self::OutcomeUnknown(error.into()) }
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(db) => match violation(db.as_ref()) {
                Some(v) => Self::Violation(v),
                // A transaction is begun again on a connection that knows nothing yet.
                None if gave_way(db.as_ref()) || is_out_of_step(db.as_ref()) => Self::GaveWay(error.into()),
                None if is_shutdown(db.as_ref()) || is_short(db.as_ref()) || took_too_long(db.as_ref()) => {
                    Self::Unavailable(error.into())
                }
                None => Self::Database(error.into()),
            },
            _ if is_lost(&error) => Self::Unavailable(error.into()),
            _ => Self::Database(error.into()),
        }
    }
}

/// Whether the connection is of no use any more.
pub(super) fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(db) => {
            is_shutdown(db.as_ref())
                || is_out_of_step(db.as_ref())
                || db.code().is_some_and(|code| code == "25P03" || code.starts_with("08"))
        }
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => {
            true
        }
        _ => false,
    }
}

/// Whether a server that refuses a connection may accept one in a moment.
pub(super) fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => {
            matches!(error.kind(), std::io::ErrorKind::ConnectionRefused | std::io::ErrorKind::NotFound)
        }
        sqlx::Error::Database(db) => is_shutdown(db.as_ref()) || is_short(db.as_ref()),
        _ => false,
    }
}

/// Class 57P (shutdown, crash, not yet up): try again later.
fn is_shutdown(error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| code.starts_with("57P"))
}

/// What was prepared on the connection is gone, or a migration beside us has changed what it answers: it goes on refusing.
fn is_out_of_step(error: &dyn DatabaseError) -> bool {
    match error.code().as_deref() {
        Some("26000") => true,
        Some("0A000") => error.message().contains("cached plan"),
        _ => false,
    }
}

/// Class 53: the server is out of connections, memory or disk. The connection that heard it is as good as before.
fn is_short(error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| code.starts_with("53"))
}

/// A statement that ran too long, or a transaction that said nothing for too long, was ended: all of it is rolled back.
fn took_too_long(error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| matches!(&*code, "57014" | "25P03"))
}

/// Serialisation failure, deadlock, and a lock that was not given in time.
fn gave_way(error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| matches!(&*code, "40001" | "40P01" | "55P03"))
}

fn violation(error: &dyn DatabaseError) -> Option<Violation> {
    let kind = match error.kind() {
        ErrorKind::UniqueViolation => ViolationKind::Unique,
        ErrorKind::ForeignKeyViolation => ViolationKind::ForeignKey,
        ErrorKind::NotNullViolation => ViolationKind::NotNull,
        ErrorKind::CheckViolation => ViolationKind::Check,
        _ => return None,
    };
    let constraint = match error.constraint() {
        Some(name) => name.to_owned(),
        None => error.try_downcast_ref::<PgDatabaseError>().map(not_null).unwrap_or_default(),
    };
    Some(Violation { kind, constraint })
}

/// There is no name for a missing value, but table and column.
fn not_null(error: &PgDatabaseError) -> String {
    format!("{}_{}_not_null", error.table().unwrap_or_default(), error.column().unwrap_or_default())
}
