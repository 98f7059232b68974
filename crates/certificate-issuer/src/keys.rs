//! The signing keys: PEM files in a folder outside the database. The newest signs; all stay published for ever.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, JwkSet, KeyAlgorithm, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use kernel::{Timestamp, jwt};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use storage::keys::{FoundKey, RegisteredKey};
use zeroize::Zeroizing;

/// What these keys are for, among the keys of an installation.
pub const PURPOSE: &str = "certificates";

/// The keys of one installation. Reading is cheap; rotation makes a new ring.
#[derive(Debug, Clone)]
pub struct KeyRing {
    folder: PathBuf,
    /// From oldest to newest; never empty.
    keys: Vec<SigningKey>,
    /// From when on each key signs, by id; without any plan the newest does.
    used_from: BTreeMap<String, Timestamp>,
    public: PublicKeys,
}

/// One P-256 key with its public half.
#[derive(Clone)]
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
    #[error("others may use {path}: take that right away (chmod {right_mode} {path})")]
    OpenToOthers { path: PathBuf, right_mode: &'static str },
    #[error("the key folder {path} holds no key")]
    Missing { path: PathBuf },
    #[error("{path} holds no P-256 private key in PKCS#8 PEM form")]
    NotAKey { path: PathBuf },
    #[error("the machine could not make a key")]
    NotMade,
}

impl KeyRing {
    /// Reads all keys of a folder; makes nothing.
    pub fn open(folder: &Path) -> Result<Self, KeyError> {
        let keys = read_folder(folder)?;
        if keys.is_empty() {
            return Err(KeyError::Missing { path: folder.to_owned() });
        }
        Ok(Self::of(folder, keys))
    }

    /// The same after giving an empty or missing folder its first key.
    pub fn open_or_make(folder: &Path, now: Timestamp) -> Result<Self, KeyError> {
        // A folder with keys may be mounted read-only, so it is not locked.
        let keys = read_folder(folder)?;
        if !keys.is_empty() {
            return Ok(Self::of(folder, keys));
        }
        let _held = hold(folder)?;
        let mut keys = read_folder(folder)?;
        if keys.is_empty() {
            keys.push(make_key(folder, now, None)?);
        }
        Ok(Self::of(folder, keys))
    }

    /// Adds a key that signs from now on. The older ones stay, so everything signed with them still verifies.
    pub fn rotate(folder: &Path, now: Timestamp) -> Result<Self, KeyError> {
        let _held = hold(folder)?;
        let mut keys = read_folder(folder)?;
        let newest = names(folder)?.pop();
        keys.push(make_key(folder, now, newest.as_deref())?);
        Ok(Self::of(folder, keys))
    }

    /// The same keys, each signing from the time on that the database says. A key that it does not know only verifies.
    pub fn planned(mut self, registered: &[RegisteredKey]) -> Self {
        let known = registered.iter().filter(|key| key.purpose == PURPOSE && key.retired_at.is_none());
        self.used_from = known.map(|key| (key.key_id.clone(), key.used_from)).collect();
        self
    }

    /// The folder read again, with the same plan.
    pub fn reopened(&self) -> Result<Self, KeyError> {
        let read = Self::open(&self.folder)?;
        Ok(Self { used_from: self.used_from.clone(), ..read })
    }

    /// The key that signs at an instant.
    pub fn signing_at(&self, at: Timestamp) -> &SigningKey {
        let begun = self.keys.iter().filter_map(|key| Some((self.used_from.get(&key.id)?, key)));
        let planned =
            begun.filter(|(from, _)| **from <= at).max_by_key(|(from, _)| **from).map(|(_, key)| key);
        let first = self.keys.iter().find(|key| self.used_from.contains_key(&key.id));
        planned.or(first).unwrap_or_else(|| self.newest())
    }

    /// The key that was made last.
    pub fn newest(&self) -> &SigningKey {
        self.keys.last().expect("a ring is made with at least one key")
    }
    pub const fn public(&self) -> &PublicKeys {
        &self.public
    }

    /// The keys that are held. A key's id is the hash of its public half, and so its fingerprint too.
    pub fn found(&self) -> Vec<FoundKey> {
        let found = |key: &SigningKey| FoundKey {
            purpose: PURPOSE,
            key_id: key.id.clone(),
            fingerprint: key.id.as_bytes().to_vec(),
        };
        self.keys.iter().map(found).collect()
    }

    fn of(folder: &Path, keys: Vec<SigningKey>) -> Self {
        let public =
            PublicKeys::from_jwks(&JwkSet { keys: keys.iter().map(|key| key.jwk.clone()).collect() });
        Self { folder: folder.to_owned(), keys, used_from: BTreeMap::new(), public }
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
        jwt::ready();
        let encoding = EncodingKey::from_ec_pem(pem).ok()?;
        let mut jwk = Jwk::from_encoding_key(&encoding, Algorithm::ES256).ok()?;
        let id = jwk.thumbprint(ThumbprintHash::SHA256).ok()?;
        jwk.common.key_id = Some(id.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        jwk.common.key_algorithm = Some(KeyAlgorithm::ES256);
        Some(Self { id, encoding, jwk })
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What a folder holds, whether or not that is enough to work with; nothing is made.
pub fn found(folder: &Path) -> Result<Vec<FoundKey>, KeyError> {
    Ok(KeyRing::of(folder, read_folder(folder)?).found())
}

impl PublicKeys {
    /// Takes the P-256 keys of a set, under their thumbprints; other kinds cannot verify our tokens and are left out.
    pub fn from_jwks(set: &JwkSet) -> Self {
        jwt::ready();
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
    let files = match fs::read_dir(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(names),
        Err(error) => return Err(problem(error)),
    };
    closed_to_others(folder, 0o022, "700")?;
    for file in files {
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
    closed_to_others(path, 0o077, "600")?;
    let pem = Zeroizing::new(fs::read(path).map_err(problem)?);
    SigningKey::from_pem(&pem).ok_or_else(|| KeyError::NotAKey { path: path.to_owned() })
}

/// Refuses a path on which others have one of these rights.
fn closed_to_others(path: &Path, rights: u32, right_mode: &'static str) -> Result<(), KeyError> {
    let metadata = fs::metadata(path).map_err(|source| KeyError::Folder { path: path.to_owned(), source })?;
    if metadata.permissions().mode() & rights == 0 {
        Ok(())
    } else {
        Err(KeyError::OpenToOthers { path: path.to_owned(), right_mode })
    }
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

fn pem(der: &[u8]) -> Zeroizing<String> {
    let body = Zeroizing::new(STANDARD.encode(der));
    let mut pem = Zeroizing::new(String::from("-----BEGIN PRIVATE KEY-----\n"));
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
        let first = KeyRing::open_or_make(&inside, NOW).expect("a new key");
        let again = KeyRing::open_or_make(&inside, NOW.plus_days(1)).expect("the same key");
        assert_eq!(first.newest().id(), again.newest().id());
        let rights = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(rights(&inside), 0o700);
        assert_eq!(key_files(&inside).iter().map(|path| rights(path)).collect::<Vec<_>>(), [0o600]);
    }

    #[test]
    fn newest_key_signs_even_if_the_clock_went_back() {
        let folder = folder();
        let mut seen =
            vec![KeyRing::open_or_make(folder.path(), NOW).expect("a key").newest().id().to_owned()];
        for now in [NOW.plus_days(1), NOW, NOW.plus_days(-30)] {
            let ring = KeyRing::rotate(folder.path(), now).expect("one more key");
            assert!(!seen.contains(&ring.newest().id().to_owned()), "a new key signs");
            seen.push(ring.newest().id().to_owned());
            let opened = KeyRing::open_or_make(folder.path(), now).expect("the same keys");
            assert_eq!(opened.newest().id(), ring.newest().id());
            assert_eq!(opened.public().jwks().keys.len(), seen.len(), "all keys stay published");
        }
        let ring = KeyRing::open_or_make(folder.path(), NOW).expect("keys");
        assert!(seen.iter().all(|id| ring.public().jwk(id).is_some()));
    }

    #[test]
    fn published_keys_hold_nothing_secret() {
        let folder = folder();
        let ring = KeyRing::open_or_make(folder.path(), NOW).expect("a key");
        let jwk = serde_json::to_value(ring.public().jwk(ring.newest().id())).expect("JSON");
        let mut names: Vec<&str> = jwk.as_object().expect("an object").keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
        assert!(!format!("{ring:?}").contains("PRIVATE"));
    }

    #[test]
    fn many_processes_starting_at_once_agree_on_the_first_key() {
        let folder = folder();
        let open = || KeyRing::open_or_make(folder.path(), NOW).expect("a key").newest().id().to_owned();
        let ids: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(key_files(folder.path()).len(), 1);
    }

    #[test]
    fn key_file_that_others_may_use_is_refused_with_the_way_out() {
        let folder = folder();
        KeyRing::open_or_make(folder.path(), NOW).expect("a key");
        let path = key_files(folder.path()).remove(0);
        for open in [0o644, 0o640, 0o602] {
            fs::set_permissions(&path, Permissions::from_mode(open)).expect("changed");
            let said = KeyRing::open(folder.path()).expect_err("too open").to_string();
            assert!(said.contains(&format!("chmod 600 {}", path.display())), "{said}");
        }
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("changed");
        fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).expect("changed");
        assert!(matches!(KeyRing::open(folder.path()), Err(KeyError::OpenToOthers { .. })));
    }

    #[test]
    fn opening_makes_nothing() {
        let folder = folder();
        let inside = folder.path().join("keys");
        assert!(matches!(KeyRing::open(&inside), Err(KeyError::Missing { .. })));
        assert!(!inside.exists());
    }

    #[test]
    fn key_signs_from_its_planned_time_on() {
        let folder = folder();
        let first = KeyRing::open_or_make(folder.path(), NOW).expect("a key");
        let both = KeyRing::rotate(folder.path(), NOW).expect("a second key");
        let known = |ring: &KeyRing, used_from| RegisteredKey {
            purpose: PURPOSE.to_owned(),
            key_id: ring.newest().id().to_owned(),
            fingerprint: Vec::new(),
            made_at: NOW,
            used_from,
            retired_at: None,
            folder: String::new(),
        };
        let plan = [known(&first, NOW), known(&both, NOW.plus_seconds(60))];
        let alone = both.clone().planned(&plan[..1]);
        assert_eq!(alone.signing_at(NOW.plus_days(1)).id(), first.newest().id(), "nobody planned the second");
        let planned = both.planned(&plan);
        assert_eq!(planned.signing_at(NOW.plus_seconds(59)).id(), first.newest().id());
        assert_eq!(planned.signing_at(NOW.plus_seconds(60)).id(), planned.newest().id());
    }

    #[test]
    fn file_that_is_no_key_is_refused() {
        let folder = folder();
        KeyRing::open_or_make(folder.path(), NOW).expect("a key");
        let path = key_files(folder.path()).remove(0);
        fs::write(&path, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").expect("written");
        assert!(matches!(KeyRing::open_or_make(folder.path(), NOW), Err(KeyError::NotAKey { .. })));
    }
}
