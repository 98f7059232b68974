//! Keys as files: 64 hexadecimal digits each, readable by their owner alone, made once however many processes start together.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use kernel::{Ambient, Timestamp};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{Purpose, VaultError};

/// Thirty-two secret bytes, gone from memory when dropped and never printed.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What may be known of a key: enough to tell it from another, nothing to compute it from.
    pub(super) fn fingerprint(&self, purpose: Purpose) -> Vec<u8> {
        let mut hasher = Sha256::new();
        hasher.update(b"lingxue key\0");
        hasher.update(purpose.name().as_bytes());
        hasher.update(b"\0");
        hasher.update(self.bytes());
        hasher.finalize()[..16].to_vec()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Numbered keys of one purpose: one is used at a time, all are accepted.
#[derive(Debug, Default, Clone)]
pub(super) struct Ring {
    pub keys: BTreeMap<u8, Secret>,
    /// From when on each is used; without any plan the newest is.
    pub used_from: BTreeMap<u8, Timestamp>,
}

impl Ring {
    /// The key that is used at an instant.
    pub fn used_at(&self, at: Timestamp) -> (u8, &Secret) {
        let begun =
            self.used_from.iter().filter(|(number, from)| **from <= at && self.keys.contains_key(number));
        let planned = begun.max_by_key(|(number, from)| (**from, **number)).map(|(number, _)| *number);
        // Before the time of the first there is only the first.
        let first = self.used_from.keys().find(|number| self.keys.contains_key(number)).copied();
        let newest = self.keys.last_key_value().map(|(number, _)| *number);
        let number = planned.or(first).or(newest).unwrap_or_default();
        (number, self.keys.get(&number).expect("a vault opens only with a key of each purpose"))
    }
}

pub(super) fn prepare(folder: &Path) -> Result<(), VaultError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| refused(folder, e))
}

/// All keys of a purpose that are in a folder; none when there is no folder. Numbers may be missing: what was retired can be taken away.
pub(super) fn read(folder: &Path, purpose: Purpose) -> Result<BTreeMap<u8, Secret>, VaultError> {
    let mut keys = BTreeMap::new();
    let files = match fs::read_dir(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(keys),
        Err(error) => return Err(refused(folder, error)),
    };
    closed_to_others(folder, 0o022, "700")?;
    for file in files {
        let name = file.map_err(|e| refused(folder, e))?.file_name();
        if let Some(number) = name.to_str().and_then(|name| purpose.number(name)) {
            let path = folder.join(&name);
            closed_to_others(&path, 0o077, "600")?;
            let text = Zeroizing::new(fs::read_to_string(&path).map_err(|e| refused(&path, e))?);
            keys.insert(number, parse(&path, &text)?);
        }
    }
    Ok(keys)
}

/// Makes a key, unless there is one already of this number.
pub(super) fn make(folder: &Path, purpose: Purpose, number: u8) -> Result<(), VaultError> {
    let path = folder.join(purpose.file_name(number));
    write_new(&path).map_err(|e| refused(&path, e))
}

/// Written whole beside its place and linked into it: of two processes one wins, and nobody reads half a key. A key is the one thing
/// that must never be repeatable, so the machine's own randomness makes it whatever the process runs with.
fn write_new(path: &Path) -> io::Result<()> {
    let ambient = Ambient::system();
    let secret = Zeroizing::new(ambient.random_bytes::<32>());
    let draft = path.with_extension(format!("draft-{}", hex::encode(ambient.random_bytes::<6>())));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(Zeroizing::new(hex::encode(*secret)).as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e),
        _ => {}
    }
    path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
}

fn parse(path: &Path, text: &str) -> Result<Secret, VaultError> {
    let mut secret = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim(), secret.as_mut_slice())
        .map_err(|_| VaultError::Malformed { path: path.to_owned() })?;
    Ok(Secret(secret))
}

/// Refuses a path on which others have one of these rights.
#[cfg(unix)]
fn closed_to_others(path: &Path, rights: u32, right_mode: &'static str) -> Result<(), VaultError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).map_err(|e| refused(path, e))?.permissions().mode();
    if mode & rights == 0 {
        Ok(())
    } else {
        Err(VaultError::OpenToOthers { path: path.to_owned(), right_mode })
    }
}

#[cfg(not(unix))]
fn closed_to_others(_: &Path, _: u32, _: &'static str) -> Result<(), VaultError> {
    Ok(())
}

fn refused(path: &Path, source: io::Error) -> VaultError {
    VaultError::Folder { path: PathBuf::from(path), source }
}
