//! Files of a copy: written durably, readable by their owner alone, known by their hash.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read as _, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::BackupError;

/// A file of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashedFile {
    pub name: String,
    pub size: u64,
    pub sha256: String,
}

/// Writes a new file and hashes what goes by.
pub struct Hasher {
    name: String,
    file: BufWriter<File>,
    size: u64,
    sha256: Sha256,
}

impl Hasher {
    pub fn create(folder: &Path, name: &str) -> Result<Self, BackupError> {
        let path = folder.join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(|source| BackupError::File { path, source })?;
        let file = BufWriter::new(file);
        Ok(Self { name: name.to_owned(), file, size: 0, sha256: Sha256::new() })
    }

    pub fn write(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        self.size += bytes.len() as u64;
        self.sha256.update(bytes);
        self.file.write_all(bytes).map_err(|source| self.refused(source))
    }

    /// Waits until everything is on the disk.
    pub fn finish(mut self) -> Result<HashedFile, BackupError> {
        let done = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        done.map_err(|source| self.refused(source))?;
        Ok(HashedFile { name: self.name, size: self.size, sha256: hex::encode(self.sha256.finalize()) })
    }

    fn refused(&self, source: io::Error) -> BackupError {
        BackupError::File { path: self.name.clone().into(), source }
    }
}

/// Size and hash of a file as it is.
pub fn hash_file(folder: &Path, name: &str) -> Result<HashedFile, BackupError> {
    let path = folder.join(name);
    let hash = || -> io::Result<HashedFile> {
        let mut file = BufReader::with_capacity(1 << 20, File::open(&path)?);
        let mut buffer = vec![0; 1 << 20];
        let (mut size, mut sha256) = (0, Sha256::new());
        loop {
            let count = file.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            size += count as u64;
            sha256.update(&buffer[..count]);
        }
        Ok(HashedFile { name: name.to_owned(), size, sha256: hex::encode(sha256.finalize()) })
    };
    hash().map_err(|source| BackupError::File { path: path.clone(), source })
}

pub(super) fn sync_folder(folder: &Path) -> Result<(), BackupError> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| BackupError::File { path: folder.to_owned(), source })
}
