//! The signing keys: PEM files in a folder outside the database. The newest signs; all stay published for ever.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, JwkSet, KeyAlgorithm, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use kernel::Timestamp;

/// The keys of one installation. Reading is cheap; rotation makes a new ring.
#[derive(Debug, Clone)]
pub struct KeyRing {
    /// From oldest to newest; never empty.
    keys: Vec<SigningKey>,
    public: PublicKeys,
}

/// One P-256 key with its public half.
#[derive(Debug, Clone)]
pub struct SigningKey {
    id: String,
    encoding: EncodingKey,
    jwk: Jwk,
}

/// The published halves: all that is needed to verify.
#[derive(Debug, Clone, Default)]
pub struct PublicKeys {
    keys: BTreeMap<String, (Jwk, DecodingKey)>,
}

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key folder {path} cannot be used")]
    Folder { path: PathBuf, source: io::Error },
    #[error("the key file {path} can be read by everybody: take that right away (chmod o-rwx)")]
    OpenToAll { path: PathBuf },
    #[error("{path} holds no P-256 private key in PKCS#8 PEM form")]
    NotAKey { path: PathBuf },
    #[error("the machine could not make a key")]
    NotMade,
}

impl KeyRing {
    /// Reads all keys of a folder. An empty or missing folder gets its first key.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Self, KeyError> {
        // A folder with keys may be mounted read-only, so it is not locked.
        if folder.is_dir() {
            let keys = read_folder(folder)?;
            if !keys.is_empty() {
                return Ok(Self::of(keys));
            }
        }
        let _held = hold(folder)?;
        let mut keys = read_folder(folder)?;
        if keys.is_empty() {
            keys.push(make_key(folder, now, None)?);
        }
        Ok(Self::of(keys))
    }

    /// Adds a key that signs from now on. The older ones stay, so everything signed with them still verifies.
    pub fn rotate(folder: &Path, now: Timestamp) -> Result<Self, KeyError> {
        let _held = hold(folder)?;
        let mut keys = read_folder(folder)?;
        let newest = names(folder)?.pop();
        keys.push(make_key(folder, now, newest.as_deref())?);
        Ok(Self::of(keys))
    }

    /// The key that signs.
    pub fn newest(&self) -> &SigningKey {
        self.keys.last().expect("a ring is made with at least one key")
    }
    pub const fn public(&self) -> &PublicKeys {
        &self.public
    }

    fn of(keys: Vec<SigningKey>) -> Self {
        let public =
            PublicKeys::from_jwks(&JwkSet { keys: keys.iter().map(|key| key.jwk.clone()).collect() });
        Self { keys, public }
    }
}

impl SigningKey {
    /// The thumbprint of the public half (RFC 7638).
    pub fn id(&self) -> &str {
        &self.id
    }
    pub(crate) const fn encoding(&self) -> &EncodingKey {
        &self.encoding
    }
    /// The public half as it goes into a token's header.
    pub(crate) fn embedded_jwk(&self) -> Jwk {
        let mut jwk = self.jwk.clone();
        jwk.common.key_id = None;
        jwk.common.public_key_use = None;
        jwk
    }

    fn from_pem(pem: &[u8]) -> Option<Self> {
        let encoding = EncodingKey::from_ec_pem(pem).ok()?;
        let mut jwk = Jwk::from_encoding_key(&encoding, Algorithm::ES256).ok()?;
        let id = jwk.thumbprint(ThumbprintHash::SHA256).ok()?;
        jwk.common.key_id = Some(id.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        jwk.common.key_algorithm = Some(KeyAlgorithm::ES256);
        Some(Self { id, encoding, jwk })
    }
}

impl PublicKeys {
    /// Takes the P-256 keys of a set, under their thumbprints; other kinds cannot verify our tokens and are left out.
    pub fn from_jwks(set: &JwkSet) -> Self {
        let keys = set.keys.iter().filter_map(|jwk| {
            let decoding = DecodingKey::from_jwk(jwk).ok()?;
            Some((jwk.thumbprint(ThumbprintHash::SHA256).ok()?, (jwk.clone(), decoding)))
        });
        Self { keys: keys.collect() }
    }

    /// One public key, as it is published.
    pub fn jwk(&self, id: &str) -> Option<&Jwk> {
        self.keys.get(id).map(|(jwk, _)| jwk)
    }
    /// All public keys, as they are published.
    pub fn jwks(&self) -> JwkSet {
        JwkSet { keys: self.keys.values().map(|(jwk, _)| jwk.clone()).collect() }
    }

    /// The published key that is the same as the one embedded in a token.
    pub(crate) fn pinned(&self, embedded: &Jwk) -> Option<&DecodingKey> {
        let id = embedded.thumbprint(ThumbprintHash::SHA256).ok()?;
        self.keys.get(&id).map(|(_, key)| key)
    }
}

/// Makes the folder and holds it, so that two processes starting at once agree on the first key.
fn hold(folder: &Path) -> Result<File, KeyError> {
    let problem = |source| KeyError::Folder { path: folder.to_owned(), source };
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(problem)?;
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(folder.join(".lock"))
        .map_err(problem)?;
    lock.lock().map_err(problem)?;
    Ok(lock)
}

/// The names of the key files, oldest first: they begin with the instant of their making.
fn names(folder: &Path) -> Result<Vec<String>, KeyError> {
    let problem = |source| KeyError::Folder { path: folder.to_owned(), source };
    let mut names = Vec::new();
    for file in fs::read_dir(folder).map_err(problem)? {
        let name = file.map_err(problem)?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && Path::new(&name).extension().is_some_and(|end| end == "pem") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn read_folder(folder: &Path) -> Result<Vec<SigningKey>, KeyError> {
    names(folder)?.into_iter().map(|name| read_key(&folder.join(name))).collect()
}

fn read_key(path: &Path) -> Result<SigningKey, KeyError> {
    let problem = |source| KeyError::Folder { path: path.to_owned(), source };
    let rights = fs::metadata(path).map_err(problem)?.permissions();
    if rights.mode() & 0o007 != 0 {
        return Err(KeyError::OpenToAll { path: path.to_owned() });
    }
    let pem = fs::read(path).map_err(problem)?;
    SigningKey::from_pem(&pem).ok_or_else(|| KeyError::NotAKey { path: path.to_owned() })
}

/// Makes a key with the machine's own randomness: a key is the one thing that must never be repeatable.
/// Its file name sorts after `newest`, even if the clock was set back.
fn make_key(folder: &Path, now: Timestamp, newest: Option<&str>) -> Result<SigningKey, KeyError> {
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .map_err(|_| KeyError::NotMade)?;
    let pem = pem(made.as_ref());
    let key = SigningKey::from_pem(pem.as_bytes()).ok_or(KeyError::NotMade)?;
    let mut at = now.micros().max(0);
    let after = newest.and_then(|name| name.split('-').next()).and_then(|at| at.parse::<i64>().ok());
    if let Some(after) = after {
        at = at.max(after + 1);
    }
    let path = folder.join(format!("{at:020}-{}.pem", &key.id[..8]));
    write_secret(&path, &pem).map_err(|source| KeyError::Folder { path, source })?;
    Ok(key)
}

fn pem(der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for line in body.as_bytes().chunks(64) {
        pem.extend(line.iter().copied().map(char::from));
        pem.push('\n');
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    pem
}

/// Whole or not at all, and on the disk before anything is signed with it.
fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    let draft = path.with_extension("draft");
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&draft)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_780_300_800_000_000);

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }
    fn key_files(folder: &Path) -> Vec<PathBuf> {
        names(folder).expect("a folder").into_iter().map(|name| folder.join(name)).collect()
    }

    #[test]
    fn first_key_is_made_once_and_only_its_owner_reads_it() {
        let folder = folder();
        let inside = folder.path().join("keys");
        let first = KeyRing::open(&inside, NOW).expect("a new key");
        let again = KeyRing::open(&inside, NOW.plus_days(1)).expect("the same key");
        assert_eq!(first.newest().id(), again.newest().id());
        let rights = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(rights(&inside), 0o700);
        assert_eq!(key_files(&inside).iter().map(|path| rights(path)).collect::<Vec<_>>(), [0o600]);
    }

    #[test]
    fn newest_key_signs_even_if_the_clock_went_back() {
        let folder = folder();
        let mut seen = vec![KeyRing::open(folder.path(), NOW).expect("a key").newest().id().to_owned()];
        for now in [NOW.plus_days(1), NOW, NOW.plus_days(-30)] {
            let ring = KeyRing::rotate(folder.path(), now).expect("one more key");
            assert!(!seen.contains(&ring.newest().id().to_owned()), "a new key signs");
            seen.push(ring.newest().id().to_owned());
            let opened = KeyRing::open(folder.path(), now).expect("the same keys");
            assert_eq!(opened.newest().id(), ring.newest().id());
            assert_eq!(opened.public().jwks().keys.len(), seen.len(), "all keys stay published");
        }
        let ring = KeyRing::open(folder.path(), NOW).expect("keys");
        assert!(seen.iter().all(|id| ring.public().jwk(id).is_some()));
    }

    #[test]
    fn published_keys_hold_nothing_secret() {
        let folder = folder();
        let ring = KeyRing::open(folder.path(), NOW).expect("a key");
        let jwk = serde_json::to_value(ring.public().jwk(ring.newest().id())).expect("JSON");
        let mut names: Vec<&str> = jwk.as_object().expect("an object").keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
        assert!(!format!("{ring:?}").contains("PRIVATE"));
    }

    #[test]
    fn many_processes_starting_at_once_agree_on_the_first_key() {
        let folder = folder();
        let open = || KeyRing::open(folder.path(), NOW).expect("a key").newest().id().to_owned();
        let ids: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(key_files(folder.path()).len(), 1);
    }

    #[test]
    fn key_file_that_everybody_reads_is_refused() {
        let folder = folder();
        KeyRing::open(folder.path(), NOW).expect("a key");
        let path = key_files(folder.path()).remove(0);
        fs::set_permissions(&path, Permissions::from_mode(0o644)).expect("changed");
        assert!(matches!(KeyRing::open(folder.path(), NOW), Err(KeyError::OpenToAll { .. })));
    }

    #[test]
    fn file_that_is_no_key_is_refused() {
        let folder = folder();
        KeyRing::open(folder.path(), NOW).expect("a key");
        let path = key_files(folder.path()).remove(0);
        fs::write(&path, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").expect("written");
        assert!(matches!(KeyRing::open(folder.path(), NOW), Err(KeyError::NotAKey { .. })));
    }
}
