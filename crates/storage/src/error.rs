//! What the database refused, in the same words for both databases.

/// What the database's library said.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

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
    Unavailable(#[source] Cause),
    /// It stood in another transaction's way and was rolled back; the same would be right a moment later.
    #[error("the database refused for the sake of another transaction")]
    GaveWay(#[source] Cause),
    /// The commit was sent and its answer was lost: it may have taken effect.
    #[error("the answer to a commit was lost")]
    OutcomeUnknown(#[source] Cause),
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
    Database(#[source] Cause),
    #[error("the object store failed")]
    Blobs(#[source] Cause),
    #[error("migration {0} was changed after this database had it")]
    MigrationChanged(i64),
    #[error("this database has migration {0}, which this program does not know")]
    MigrationUnknown(i64),
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

    pub fn is_foreign_key(&self) -> bool {
        matches!(self, Self::Violation(v) if v.kind == ViolationKind::ForeignKey)
    }
}
