//! Where a file is and how it is opened.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rusqlite::OpenFlags;

use super::conn::SqliteConn;
use crate::error::StorageError;

/// A journal that has grown behind a long reader, a backup say, is cut to this when it is begun anew.
const JOURNAL_BYTES: u32 = 64 * 1024 * 1024;
/// What another process may take when it writes to the same file.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub file: PathBuf,
    /// Make it if it is absent.
    pub create: bool,
    /// Wait for the disk at each commit.
    pub durable: bool,
    /// How long a statement may run.
    pub statement: Duration,
    opened: Arc<Opened>,
}

/// Which file was opened first, by device and number. What lies at its place later is another database.
#[derive(Debug, Default)]
struct Opened {
    file: OnceLock<(u64, u64)>,
    /// That it is gone is told once.
    is_told: AtomicBool,
}

impl Place {
    pub fn new(file: PathBuf, create: bool, durable: bool, statement: Duration) -> Self {
        Self { file, create, durable, statement, opened: Arc::default() }
    }

    /// The file that `sqlite:PATH` names.
    pub fn file_of(address: &str) -> PathBuf {
        let path = address.strip_prefix("sqlite:").unwrap_or(address);
        PathBuf::from(path.strip_prefix("//").unwrap_or(path))
    }

    /// A connection that only reads: a write that lost its way is refused.
    pub fn reader(&self) -> Result<SqliteConn, StorageError> {
        let conn = self.connect()?;
        conn.execute_batch("pragma query_only = on")?;
        SqliteConn::new(conn, self.statement)
    }

    /// The one that writes. It never waits for another process by itself: whoever begins does, without holding up a thread.
    pub fn writer(&self) -> Result<SqliteConn, StorageError> {
        let conn = self.connect()?;
        // SQLite opens for reading alone, without a word, what may not be written.
        if conn.is_readonly(rusqlite::MAIN_DB)? {
            return Err(StorageError::Unavailable("the file may only be read".into()));
        }
        conn.busy_timeout(Duration::ZERO)?;
        SqliteConn::new(conn, self.statement)
    }

    /// One beside a server that uses the same file.
    pub fn visitor(&self) -> Result<SqliteConn, StorageError> {
        SqliteConn::new(self.connect()?, self.statement)
    }

    fn connect(&self) -> Result<rusqlite::Connection, StorageError> {
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if self.opened.file.get().is_some() {
            self.is_itself()?;
        } else if self.create {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let conn = rusqlite::Connection::open_with_flags(&self.file, flags)?;
        conn.busy_timeout(PATIENCE)?;
        let synchronous = if self.durable { "full" } else { "off" };
        conn.execute_batch(&format!(
            "pragma journal_mode = wal; pragma synchronous = {synchronous}; pragma foreign_keys = on; \
             pragma journal_size_limit = {JOURNAL_BYTES}; pragma temp_store = memory"
        ))?;
        self.opened.file.get_or_init(|| self.lying_there().unwrap_or_default());
        Ok(conn)
    }

    /// Whether the file is the one that was opened: who writes into one that was removed or replaced loses all of it when they end.
    pub fn is_itself(&self) -> Result<(), StorageError> {
        if self.lying_there().is_some_and(|file| self.opened.file.get() == Some(&file)) {
            return Ok(());
        }
        if !self.opened.is_told.swap(true, Ordering::Relaxed) {
            let file = self.file.display();
            tracing::error!(%file, "the database was removed or replaced while it is open: stop, put the file back, start again");
        }
        Err(StorageError::Unavailable("another file lies where the database was, or none".into()))
    }

    fn lying_there(&self) -> Option<(u64, u64)> {
        std::fs::metadata(&self.file).ok().map(|file| (file.dev(), file.ino()))
    }

    /// A file that nobody writes to, as it lies there.
    pub fn open_at_rest(file: &Path) -> Result<SqliteConn, StorageError> {
        let escaped = |byte: &u8| match byte {
            b'/' | b'.' | b'-' | b'_' => char::from(*byte).to_string(),
            letter if letter.is_ascii_alphanumeric() => char::from(*letter).to_string(),
            other => format!("%{other:02x}"),
        };
        let path: String = file.as_os_str().as_encoded_bytes().iter().map(escaped).collect();
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let conn = rusqlite::Connection::open_with_flags(format!("file:{path}?immutable=1"), flags)?;
        SqliteConn::new(conn, Duration::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_files() {
        for (address, file) in [
            ("sqlite:/var/lib/lingxue.db", "/var/lib/lingxue.db"),
            ("sqlite:///var/lib/lingxue.db", "/var/lib/lingxue.db"),
            ("sqlite:data/领学.db", "data/领学.db"),
        ] {
            assert_eq!(Place::file_of(address), Path::new(file), "{address}");
        }
    }

    #[test]
    fn a_file_at_rest_has_any_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a b?c#%20 领.db");
        rusqlite::Connection::open(&file)
            .and_then(|conn| conn.execute_batch("create table probes (number bigint)"))
            .expect("a file");
        let mut conn = Place::open_at_rest(&file).expect("it opens");
        let mut columns = 0;
        conn.each("pragma table_info(probes)", &[], &mut |_| columns += 1).expect("it reads");
        assert_eq!(columns, 1);
        assert!(conn.batch("drop table probes").is_err());
    }
}
