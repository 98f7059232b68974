//! A copy of a whole database as it was at one instant, taken while it is in use, and put back into an empty place.
//!
//! SQLite copies itself (`vacuum into`); PostgreSQL is read in one repeatable-read transaction, table by table, as lines of JSON that it
//! reads back by itself. Nothing else needs to be installed. A copy goes back into the kind of database that it came from.

mod hashed;
mod postgres;
mod sqlite;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::blobs::Blob;
use crate::conn::{Conn, Tx};
use crate::db::Db;
use crate::error::StorageError;
use crate::query::Text;

pub use hashed::{HashedFile, Hasher, hash_file};

/// Which kind of database a copy is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatabaseKind {
    Sqlite,
    Postgres,
}

/// A table of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedTable {
    pub name: String,
    pub rows: u64,
}

/// A copy, as it lies in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseCopy {
    pub kind: DatabaseKind,
    /// The numbers of the migrations it was made with.
    pub migrations: Vec<i64>,
    pub tables: Vec<CopiedTable>,
    pub files: Vec<HashedFile>,
}

/// Why a copy was not made or not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{} cannot be used", .path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("the place is not empty: {0}")]
    NotEmpty(String),
    #[error("the copy is of another kind of database")]
    OtherKind,
    #[error("table {table} has {found} rows instead of {expected}")]
    Rows { table: String, expected: u64, found: u64 },
    #[error("the database in the copy is damaged: {0}")]
    Damaged(String),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Copies a database into a folder; also all files that it knows, kept or on their way, as they are in the copy.
pub async fn copy(db: &Db, address: &str, folder: &Path) -> Result<(DatabaseCopy, Vec<Blob>), BackupError> {
    let migrations = crate::applied_migrations(db).await?;
    if db.is_sqlite() {
        sqlite::copy(address, folder, migrations).await
    } else {
        postgres::copy(db, folder, migrations).await
    }
}

/// A copy that is being put back. Nothing of it is there before [`Restoring::finish`].
pub struct Restoring {
    pub tx: Tx,
    db: Db,
    /// SQLite's file goes to its place last.
    place: Option<(PathBuf, PathBuf)>,
}

/// Puts a copy into an empty place, up to the last step: what must change in a restored database is changed in `tx`.
pub async fn begin_restore(
    copy: &DatabaseCopy,
    folder: &Path,
    address: &str,
) -> Result<Restoring, BackupError> {
    let is_sqlite = !address.starts_with("postgres");
    if is_sqlite != (copy.kind == DatabaseKind::Sqlite) {
        return Err(BackupError::OtherKind);
    }
    if is_sqlite {
        sqlite::begin_restore(copy, folder, address).await
    } else {
        postgres::begin_restore(copy, folder, address).await
    }
}

impl Restoring {
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Makes it the database.
    pub async fn finish(self) -> Result<(), BackupError> {
        let Self { tx, db, place } = self;
        tx.commit().await?;
        let Some((from, to)) = place else {
            db.close().await;
            return Ok(());
        };
        db.close_as_one_file().await?;
        std::fs::rename(&from, &to).map_err(|source| BackupError::File { path: to.clone(), source })?;
        if let Some(folder) = to.parent() {
            hashed::sync_folder(folder)?;
        }
        Ok(())
    }
}

async fn count(conn: &mut Conn, table: &str) -> Result<u64, StorageError> {
    if !table.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
        return Err(StorageError::Decode(format!("the name of a table: {table}")));
    }
    let mut count = Err(StorageError::RowMissing);
    let text = Text::Owned(format!("select count(*) as value from \"{table}\""));
    conn.each(text, Vec::new(), &mut |row| count = row.get::<i64>("value")).await?;
    u64::try_from(count?).map_err(|_| StorageError::Decode("count".to_owned()))
}

/// Compares the rows of a restored database with those of its copy.
async fn compare_rows(tx: &mut Tx, copy: &DatabaseCopy) -> Result<(), BackupError> {
    for table in &copy.tables {
        let found = count(tx, &table.name).await?;
        if found != table.rows {
            return Err(BackupError::Rows { table: table.name.clone(), expected: table.rows, found });
        }
    }
    Ok(())
}
