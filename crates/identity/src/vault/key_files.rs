//! Keys as files: 64 hexadecimal digits each, readable by their owner alone, made once however many processes start together.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use kernel::Ambient;
use zeroize::Zeroizing;

use super::VaultError;

pub(super) type Secret = Zeroizing<[u8; 32]>;

/// Numbered keys of one kind: the newest is used, all are accepted.
pub(super) struct Ring(BTreeMap<u8, Secret>);

impl Ring {
    pub fn newest(&self) -> (u8, &Secret) {
        let (number, secret) = self.0.last_key_value().expect("a ring is made with its first key");
        (*number, secret)
    }
    pub fn get(&self, number: u8) -> Option<&Secret> {
        self.0.get(&number)
    }
}

pub(super) fn prepare(folder: &Path) -> Result<(), VaultError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| refused(folder, e))
}

/// `name-1.key`, `name-2.key`, …; the first is made when there is none.
pub(super) fn ring(folder: &Path, name: &str, ambient: &Ambient) -> Result<Ring, VaultError> {
    let first = read_or_make(&folder.join(format!("{name}-1.key")), ambient)?;
    let mut keys = BTreeMap::from([(1, first)]);
    for number in 2..=u8::MAX {
        let path = folder.join(format!("{name}-{number}.key"));
        match fs::read_to_string(&path) {
            Ok(text) => keys.insert(number, parse(&path, &Zeroizing::new(text))?),
            Err(e) if e.kind() == io::ErrorKind::NotFound => break,
            Err(e) => return Err(refused(&path, e)),
        };
    }
    Ok(Ring(keys))
}

/// `name.key`: hashes made with it are stored, so it never changes.
pub(super) fn single(folder: &Path, name: &str, ambient: &Ambient) -> Result<Secret, VaultError> {
    read_or_make(&folder.join(format!("{name}.key")), ambient)
}

fn read_or_make(path: &Path, ambient: &Ambient) -> Result<Secret, VaultError> {
    if !path.exists() {
        make(path, ambient).map_err(|e| refused(path, e))?;
    }
    let text = Zeroizing::new(fs::read_to_string(path).map_err(|e| refused(path, e))?);
    parse(path, &text)
}

/// Written whole beside its place and linked into it: of two processes one wins, and nobody reads half a key.
fn make(path: &Path, ambient: &Ambient) -> io::Result<()> {
    let secret: Secret = Zeroizing::new(ambient.random_bytes());
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(Zeroizing::new(hex::encode(*secret)).as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
        _ => Ok(()),
    }
}

fn parse(path: &Path, text: &str) -> Result<Secret, VaultError> {
    let mut secret = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim(), secret.as_mut_slice())
        .map_err(|_| VaultError::Malformed { path: path.display().to_string() })?;
    Ok(secret)
}

fn refused(path: &Path, source: io::Error) -> VaultError {
    VaultError::Folder { path: path.display().to_string(), source }
}
