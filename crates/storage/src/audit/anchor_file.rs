//! The file that keeps the anchors outside of the database: only ever longer, and always the beginning of what the database holds.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::anchors;
use crate::db::Db;
use crate::error::StorageError;

/// The file of one process. Point it at a disk that the database's administrators cannot write.
#[derive(Debug, Clone)]
pub struct AnchorFile(PathBuf);

/// Why the file was not continued.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    #[error("the anchor file {} cannot be used", .path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("the anchor file {} is not there, though {lines} anchors were made", .path.display())]
    Missing { path: PathBuf, lines: usize },
    #[error("the database no longer holds what the anchor file {} does, from line {line} on", .path.display())]
    Differs { path: PathBuf, line: usize },
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl AnchorFile {
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The whole text; nothing when there is no file.
    pub fn text(&self) -> Result<Option<String>, AnchorError> {
        match std::fs::read_to_string(&self.0) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.refused(error)),
        }
    }

    /// Adds the lines that the database has and the file has not; how many those were. A file that is not there is begun only with the
    /// first anchor of all: if it went later, people must hear of it.
    pub async fn follow(&self, db: &Db) -> Result<usize, AnchorError> {
        let lines = anchors::lines(&mut db.read().await?).await?;
        let text = match self.text()? {
            None if lines.len() > 1 => {
                return Err(AnchorError::Missing { path: self.0.clone(), lines: lines.len() });
            }
            text => text.unwrap_or_default(),
        };
        self.write_rest(&lines, &text)
    }

    /// Begins the file anew with everything that the database holds: for a further host, and for who has looked into why it went.
    pub async fn begin(&self, db: &Db) -> Result<usize, AnchorError> {
        let lines = anchors::lines(&mut db.read().await?).await?;
        let text = self.text()?.unwrap_or_default();
        self.write_rest(&lines, &text)
    }

    fn write_rest(&self, lines: &[String], text: &str) -> Result<usize, AnchorError> {
        let whole: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        // A process that dies while it writes leaves half a line, which is continued.
        let Some(rest) = whole.strip_prefix(text) else {
            return Err(AnchorError::Differs { path: self.0.clone(), line: first_difference(lines, text) });
        };
        if !rest.is_empty() {
            append(&self.0, rest).map_err(|error| self.refused(error))?;
        }
        Ok(rest.lines().count())
    }

    fn refused(&self, source: io::Error) -> AnchorError {
        AnchorError::File { path: self.0.clone(), source }
    }
}

/// The number of the first line of a file's text that is not the one of the same number.
pub(super) fn first_difference(lines: &[String], text: &str) -> usize {
    let mut lines = lines.iter();
    text.lines().take_while(|line| lines.next().is_some_and(|known| known.starts_with(*line))).count() + 1
}

fn append(path: &Path, text: &str) -> io::Result<()> {
    let is_new = !path.exists();
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    match path.parent().filter(|folder| is_new && !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
