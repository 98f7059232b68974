//! The keys that live outside the database, and what is done with them: personal data sealed and found again, tokens signed.

mod key_files;
mod purpose;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use kernel::{Ambient, Timestamp};
use sha2::{Digest, Sha256};
use storage::keys::{FoundKey, RegisteredKey};
use uuid::Uuid;

use key_files::Ring;

pub use key_files::Secret;
pub use purpose::Purpose;

/// Why the vault did not open, or would not give back what was sealed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("the key folder {} cannot be used", .path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("the key file {} does not hold 64 hexadecimal digits", .path.display())]
    Malformed { path: PathBuf },
    #[error("others may use {0}: take that right away (chmod {right_mode} {0})", .path.display())]
    OpenToOthers { path: PathBuf, right_mode: &'static str },
    #[error("the key folder {} holds no {purpose} key", .path.display())]
    Missing { path: PathBuf, purpose: &'static str },
    #[error("no more than 255 keys of one purpose can be made")]
    Full,
    #[error("a sealed field was altered, or its key is missing")]
    Sealed,
}

/// The keys of one folder; cheap to clone. Keys that come into the folder later are taken up while the process runs.
#[derive(Clone)]
pub struct Vault(Arc<House>);

struct House {
    folder: PathBuf,
    keys: RwLock<Arc<Keys>>,
    looked: Mutex<Option<Instant>>,
}

#[derive(Debug, Clone, Default)]
struct Keys {
    personal: Ring,
    lookup: Ring,
    address: Ring,
    token: Ring,
    audit: Ring,
}

/// Which column of which row a sealed value belongs to: sealed values cannot be swapped between rows.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub column: &'static str,
    pub row: Uuid,
}

const NONCE: usize = 24;
/// Whoever sends unknown key numbers makes us look at the folder no more often than this.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// What a folder holds, whether or not that is enough to work with; nothing is made.
pub fn found(folder: &Path) -> Result<Vec<FoundKey>, VaultError> {
    Ok(Keys::read(folder)?.found())
}

impl Vault {
    /// Reads the keys of a folder; makes nothing.
    pub fn open(folder: &Path) -> Result<Self, VaultError> {
        let keys = Keys::read(folder)?;
        for purpose in Purpose::ALL {
            if keys.ring(purpose).keys.is_empty() {
                return Err(VaultError::Missing { path: folder.to_owned(), purpose: purpose.name() });
            }
        }
        // Access tokens are signed with them.
        kernel::jwt::ready();
        let keys = RwLock::new(Arc::new(keys));
        Ok(Self(Arc::new(House { folder: folder.to_owned(), keys, looked: Mutex::default() })))
    }

    /// The same after making the folder and the first key of each purpose, where they are not there yet.
    pub fn open_or_make(folder: &Path) -> Result<Self, VaultError> {
        key_files::prepare(folder)?;
        for purpose in Purpose::ALL {
            if key_files::read(folder, purpose)?.is_empty() {
                key_files::make(folder, purpose, 1)?;
            }
        }
        Self::open(folder)
    }

    /// Puts one more key of a purpose into the folder. It is used from the time on that [`Vault::plan`] is told.
    pub fn make_next(&self, purpose: Purpose) -> Result<FoundKey, VaultError> {
        let newest = key_files::read(&self.0.folder, purpose)?.into_keys().max().unwrap_or(0);
        let number = newest.checked_add(1).ok_or(VaultError::Full)?;
        key_files::make(&self.0.folder, purpose, number)?;
        self.reload()?;
        let made = self
            .found()
            .into_iter()
            .find(|key| key.purpose == purpose.name() && key.key_id == number.to_string());
        made.ok_or(VaultError::Missing { path: self.0.folder.clone(), purpose: purpose.name() })
    }

    /// The keys that are held, by fingerprint.
    pub fn found(&self) -> Vec<FoundKey> {
        self.keys().found()
    }

    /// From when on each key is used, as the database says it. Keys that it does not know only read.
    pub fn plan(&self, registered: &[RegisteredKey]) {
        let mut keys = Keys::clone(&self.keys());
        for purpose in Purpose::ALL {
            let known =
                registered.iter().filter(|key| key.purpose == purpose.name() && key.retired_at.is_none());
            let plan = known.filter_map(|key| Some((key.key_id.parse().ok()?, key.used_from)));
            keys.ring_mut(purpose).used_from = plan.collect();
        }
        self.put(keys);
    }

    /// Reads the folder again. Keys that went are held on to while the process lives.
    pub fn reload(&self) -> Result<(), VaultError> {
        let read = Keys::read(&self.0.folder)?;
        let mut keys = Keys::clone(&self.keys());
        for purpose in Purpose::ALL {
            keys.ring_mut(purpose).keys.extend(read.ring(purpose).keys.clone());
        }
        self.put(keys);
        Ok(())
    }

    /// Encrypts one field: key number, nonce, XChaCha20-Poly1305 bound to its place.
    pub fn seal(&self, ambient: &Ambient, place: Place, plain: &str) -> Vec<u8> {
        let keys = self.keys();
        let (number, secret) = keys.personal.used_at(ambient.now());
        let nonce: [u8; NONCE] = ambient.random_bytes();
        let payload = Payload { msg: plain.as_bytes(), aad: &place.bytes() };
        let sealed = cipher(secret)
            .encrypt(&XNonce::from(nonce), payload)
            .expect("XChaCha20-Poly1305 refuses only texts of more than 256 GiB");
        [&[number][..], &nonce, &sealed].concat()
    }

    /// Decrypts one field.
    pub fn unseal(&self, place: Place, sealed: &[u8]) -> Result<String, VaultError> {
        let (number, rest) = sealed.split_first().ok_or(VaultError::Sealed)?;
        let (nonce, cipher_text) = rest.split_first_chunk::<NONCE>().ok_or(VaultError::Sealed)?;
        let secret = self.numbered(Purpose::Personal, *number).ok_or(VaultError::Sealed)?;
        let payload = Payload { msg: cipher_text, aad: &place.bytes() };
        let plain =
            cipher(&secret).decrypt(&XNonce::from(*nonce), payload).map_err(|_| VaultError::Sealed)?;
        String::from_utf8(plain).map_err(|_| VaultError::Sealed)
    }

    /// Whether a field is sealed with another key than the one in use.
    pub(crate) fn is_outdated(&self, sealed: &[u8], now: Timestamp) -> bool {
        sealed.first() != Some(&self.keys().personal.used_at(now).0)
    }

    /// The keyed hash by which a value is found without being stored readably.
    pub fn lookup(&self, what: &str, normalised: &str) -> Vec<u8> {
        mac(self.only(Purpose::Lookup).bytes(), &[what.as_bytes(), normalised.as_bytes()])
    }

    /// The key that signs addresses of files.
    pub fn address_key(&self) -> Secret {
        self.only(Purpose::Address)
    }

    /// The key that signs the heads of the audit chains, and its number.
    pub fn audit_key(&self, now: Timestamp) -> (u8, Secret) {
        let keys = self.keys();
        let (number, secret) = keys.audit.used_at(now);
        (number, secret.clone())
    }

    pub fn audit_keys(&self) -> Vec<(u8, Secret)> {
        self.keys().audit.keys.iter().map(|(number, secret)| (*number, secret.clone())).collect()
    }

    /// The one successor of a refresh token first used at an instant: whoever holds the token and the key makes the same again, also
    /// when another key has taken over in between.
    pub(crate) fn successor(&self, token: &str, used_at: Timestamp) -> [u8; 32] {
        let keys = self.keys();
        let bytes = mac(keys.token.used_at(used_at).1.bytes(), &[b"refresh successor", token.as_bytes()]);
        bytes.try_into().expect("HMAC-SHA256 is 32 bytes")
    }

    /// The key that signs access tokens, and its number.
    pub(crate) fn signing_key(&self, now: Timestamp) -> (u8, Secret) {
        let keys = self.keys();
        let (number, secret) = keys.token.used_at(now);
        (number, secret.clone())
    }

    pub(crate) fn verifying_key(&self, number: u8) -> Option<Secret> {
        self.numbered(Purpose::Token, number)
    }

    /// A key by its number; one that we do not hold may have come into the folder since.
    fn numbered(&self, purpose: Purpose, number: u8) -> Option<Secret> {
        let held = || self.keys().ring(purpose).keys.get(&number).cloned();
        held().or_else(|| {
            if self.may_look_again()
                && let Err(error) = self.reload()
            {
                tracing::error!(
                    error = %kernel::Causes(&error),
                    "the key folder cannot be read again"
                );
            }
            held()
        })
    }

    fn only(&self, purpose: Purpose) -> Secret {
        let keys = self.keys();
        keys.ring(purpose).keys.get(&1).cloned().expect("a vault opens only with a key of each purpose")
    }

    fn may_look_again(&self) -> bool {
        let mut looked = self.0.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let due = looked.is_none_or(|at| now.duration_since(at) >= LOOK_AGAIN);
        if due {
            *looked = Some(now);
        }
        due
    }

    fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.0.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
    fn put(&self, keys: Keys) {
        *self.0.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("folder", &self.0.folder).finish_non_exhaustive()
    }
}

impl Keys {
    fn read(folder: &Path) -> Result<Self, VaultError> {
        let mut keys = Self::default();
        for purpose in Purpose::ALL {
            keys.ring_mut(purpose).keys = key_files::read(folder, purpose)?;
        }
        Ok(keys)
    }

    fn found(&self) -> Vec<FoundKey> {
        let of = |purpose: Purpose| {
            self.ring(purpose).keys.iter().map(move |(number, secret)| FoundKey {
                purpose: purpose.name(),
                key_id: number.to_string(),
                fingerprint: secret.fingerprint(purpose),
            })
        };
        Purpose::ALL.into_iter().flat_map(of).collect()
    }

    fn ring(&self, purpose: Purpose) -> &Ring {
        match purpose {
            Purpose::Personal => &self.personal,
            Purpose::Lookup => &self.lookup,
            Purpose::Address => &self.address,
            Purpose::Token => &self.token,
            Purpose::Audit => &self.audit,
        }
    }

    fn ring_mut(&mut self, purpose: Purpose) -> &mut Ring {
        match purpose {
            Purpose::Personal => &mut self.personal,
            Purpose::Lookup => &mut self.lookup,
            Purpose::Address => &mut self.address,
            Purpose::Token => &mut self.token,
            Purpose::Audit => &mut self.audit,
        }
    }
}

impl Place {
    fn bytes(self) -> Vec<u8> {
        [self.column.as_bytes(), b"\0", self.row.as_bytes()].concat()
    }
}

/// What is stored of a secret that its holder brings back.
pub(crate) fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

fn cipher(secret: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*secret.bytes()))
}

/// Each part goes in with its length, so that no two lists of parts read alike.
fn mac(secret: &[u8; 32], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests;
