//! The keys that live outside the database, and what is done with them: personal data sealed and found again, tokens signed.

mod key_files;

use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use kernel::Ambient;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use key_files::{Ring, Secret};

/// Why the vault did not open, or would not give back what was sealed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("the key folder {path} cannot be used")]
    Folder { path: String, source: std::io::Error },
    #[error("the key file {path} does not hold 64 hexadecimal digits")]
    Malformed { path: String },
    #[error("a sealed field was altered, or its key is missing")]
    Sealed,
}

/// The keys of one folder; cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    personal: Ring,
    lookup: Secret,
    address: Secret,
    token: Ring,
}

/// Which column of which row a sealed value belongs to: sealed values cannot be swapped between rows.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub column: &'static str,
    pub row: Uuid,
}

const NONCE: usize = 24;

impl Vault {
    /// Reads the keys of a folder; makes the folder and its first keys when they are not there yet.
    ///
    /// A file `personal-2.key` or `token-2.key` put beside the first becomes the one in use; the older go on reading.
    pub fn open(folder: &Path, ambient: &Ambient) -> Result<Self, VaultError> {
        key_files::prepare(folder)?;
        Ok(Self(Arc::new(Keys {
            personal: key_files::ring(folder, "personal", ambient)?,
            lookup: key_files::single(folder, "lookup", ambient)?,
            address: key_files::single(folder, "address", ambient)?,
            token: key_files::ring(folder, "token", ambient)?,
        })))
    }

    /// Encrypts one field: key number, nonce, XChaCha20-Poly1305 bound to its place.
    pub fn seal(&self, ambient: &Ambient, place: Place, plain: &str) -> Vec<u8> {
        let (number, secret) = self.0.personal.newest();
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
        let secret = self.0.personal.get(*number).ok_or(VaultError::Sealed)?;
        let payload = Payload { msg: cipher_text, aad: &place.bytes() };
        let plain = cipher(secret).decrypt(&XNonce::from(*nonce), payload).map_err(|_| VaultError::Sealed)?;
        String::from_utf8(plain).map_err(|_| VaultError::Sealed)
    }

    /// The keyed hash by which a value is found without being stored readably.
    pub fn lookup(&self, what: &str, normalised: &str) -> Vec<u8> {
        mac(&self.0.lookup, &[what.as_bytes(), normalised.as_bytes()])
    }

    /// The key that signs addresses of files.
    pub fn address_key(&self) -> &[u8] {
        self.0.address.as_slice()
    }

    /// The one successor of a refresh token: whoever holds the token and the key makes the same again.
    pub(crate) fn successor(&self, token: &str) -> [u8; 32] {
        let bytes = mac(self.0.token.newest().1, &[b"refresh successor", token.as_bytes()]);
        bytes.try_into().expect("HMAC-SHA256 is 32 bytes")
    }

    /// The key that signs access tokens, and its number.
    pub(crate) fn signing_key(&self) -> (u8, &[u8]) {
        let (number, secret) = self.0.token.newest();
        (number, secret.as_slice())
    }

    pub(crate) fn verifying_key(&self, number: u8) -> Option<&[u8]> {
        self.0.token.get(number).map(|secret| secret.as_slice())
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
    XChaCha20Poly1305::new(&Key::from(**secret))
}

/// Each part goes in with its length, so that no two lists of parts read alike.
fn mac(secret: &Secret, parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_slice()).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { column: "people.phone", row: Uuid::from_u128(7) };

    fn vault(folder: &Path) -> Vault {
        Vault::open(folder, &Ambient::system()).expect("a vault opens")
    }

    #[test]
    fn sealed_values_open_only_in_their_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = vault(folder.path());
        let sealed = vault.seal(&Ambient::system(), PLACE, "13812345678");
        assert_eq!(vault.unseal(PLACE, &sealed).expect("it opens"), "13812345678");
        assert!(vault.unseal(Place { row: Uuid::from_u128(8), ..PLACE }, &sealed).is_err());
        assert!(vault.unseal(Place { column: "people.other", ..PLACE }, &sealed).is_err());
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(vault.unseal(PLACE, &altered).is_err(), "byte {at}");
        }
        assert!(vault.unseal(PLACE, &[]).is_err());
    }

    #[test]
    fn the_same_value_is_sealed_differently_and_found_alike() {
        let folder = tempfile::tempdir().expect("a folder");
        let (first, second) = (vault(folder.path()), vault(folder.path()));
        let ambient = Ambient::system();
        assert_ne!(first.seal(&ambient, PLACE, "x"), first.seal(&ambient, PLACE, "x"));
        assert_eq!(first.lookup("phone", "x"), second.lookup("phone", "x"));
        assert_ne!(first.lookup("phone", "x"), first.lookup("identity_number", "x"));
    }

    #[test]
    fn a_new_key_is_used_and_the_old_one_still_reads() {
        let folder = tempfile::tempdir().expect("a folder");
        let ambient = Ambient::system();
        let old = vault(folder.path()).seal(&ambient, PLACE, "x");
        std::fs::write(folder.path().join("personal-2.key"), "ab".repeat(32)).expect("a key");
        let rotated = vault(folder.path());
        assert_eq!(rotated.unseal(PLACE, &old).expect("the old key reads"), "x");
        assert_eq!(rotated.seal(&ambient, PLACE, "x")[0], 2);
    }

    #[cfg(unix)]
    #[test]
    fn key_files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        vault(folder.path());
        for name in ["personal-1.key", "lookup.key", "address.key", "token-1.key"] {
            let mode = std::fs::metadata(folder.path().join(name)).expect("the file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }
}
