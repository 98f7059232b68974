//! What SQLite refused, in the words that both databases share.

use rusqlite::ffi;

use crate::error::{StorageError, Violation, ViolationKind};

impl StorageError {
    /// Why a commit failed. Only what a rule, another connection or a full disk refused is known to be rolled back.
    pub(crate) fn of_sqlite_commit(error: rusqlite::Error) -> Self {
        // Of what did not fit on the disk the mark of its end is not there.
        let is_full = code(&error).is_some_and(|code| code & 0xff == ffi::SQLITE_FULL);
        if is_busy(&error) || is_full || violation(&error).is_some() {
            Self::from(error)
        } else {
            Self::OutcomeUnknown(error.into())
        }
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        if let Some(violation) = violation(&error) {
            return Self::Violation(violation);
        }
        match code(&error).map(|code| code & 0xff) {
            Some(ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED) => Self::GaveWay(error.into()),
            // It ran for too long, nothing more can be stored, or the disk fails.
            Some(ffi::SQLITE_INTERRUPT | ffi::SQLITE_FULL | ffi::SQLITE_CANTOPEN | ffi::SQLITE_IOERR) => {
                Self::Unavailable(error.into())
            }
            _ => Self::Database(error.into()),
        }
    }
}

/// Another connection has the file, whatever the extended code.
pub(crate) fn is_busy(error: &rusqlite::Error) -> bool {
    code(error).is_some_and(|code| matches!(code & 0xff, ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED))
}

fn code(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|error| error.extended_code)
}

fn violation(error: &rusqlite::Error) -> Option<Violation> {
    let kind = match code(error)? {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => ViolationKind::Unique,
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ViolationKind::ForeignKey,
        ffi::SQLITE_CONSTRAINT_NOTNULL => ViolationKind::NotNull,
        ffi::SQLITE_CONSTRAINT_CHECK => ViolationKind::Check,
        _ => return None,
    };
    let rusqlite::Error::SqliteFailure(_, Some(message)) = error else { return None };
    Some(Violation { kind, constraint: constraint(kind, message) })
}

/// SQLite names a check, but of a unique constraint only the columns; our naming rule gives its name back.
fn constraint(kind: ViolationKind, message: &str) -> String {
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
    fn messages_give_back_constraint_names() {
        use ViolationKind::{Check, NotNull, Unique};
        for (kind, message, name) in [
            (Unique, "UNIQUE constraint failed: seats.class_id, seats.seat_no", "seats_class_id_seat_no_key"),
            (Unique, "UNIQUE constraint failed: index 'people_phone_key'", "people_phone_key"),
            (Check, "CHECK constraint failed: seats_seat_no_check", "seats_seat_no_check"),
            (NotNull, "NOT NULL constraint failed: people.name", "people_name_not_null"),
        ] {
            assert_eq!(constraint(kind, message), name);
        }
    }
}
