//! Hashing passwords with Argon2id: at most two at once on the blocking pool, and a queue that has an end.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use kernel::Ambient;
use tokio::sync::Semaphore;

/// Two hashes at once keep two cores; more waiting than this would only wait for nothing.
const AT_ONCE: usize = 2;
const WAITING: usize = 300;

/// More people sign in at this moment than can be served soon.
#[derive(Debug, thiserror::Error)]
#[error("too many passwords wait to be checked")]
pub struct Busy;

/// The hasher of one process; cheap to clone.
#[derive(Clone)]
pub struct Passwords(Arc<Gate>);

struct Gate {
    working: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
    /// Checked when there is no such account, so that the answer takes the same time.
    nobody: String,
}

impl Default for Passwords {
    fn default() -> Self {
        let nobody = hash(b"nobody has this password", b"a salt of nobody");
        Self(Arc::new(Gate {
            working: Arc::new(Semaphore::new(AT_ONCE)),
            admitted: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            nobody,
        }))
    }
}

impl Passwords {
    /// The hash to store: a PHC string with its own parameters and salt.
    pub async fn hash(&self, ambient: &Ambient, password: &str) -> Result<String, Busy> {
        let salt: [u8; 16] = ambient.random_bytes();
        let password = password.to_owned();
        self.work(move || hash(password.as_bytes(), &salt)).await
    }

    /// Whether this is the password. Without a stored hash the same work is done and the answer is no.
    pub async fn is_right(&self, password: &str, stored: Option<String>) -> Result<bool, Busy> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.0.nobody.clone());
        let password = password.to_owned();
        self.work(move || method().verify_password(password.as_bytes(), stored.as_str()).is_ok() && known)
            .await
    }

    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let admitted = Arc::clone(&self.0.admitted).try_acquire_owned().map_err(|_| Busy)?;
        let turn = Arc::clone(&self.0.working).acquire_owned().await.map_err(|_| Busy)?;
        // The permits end with the work and not with the asker, who may go away before.
        let job = move || {
            let _held = (admitted, turn);
            job()
        };
        tokio::task::spawn_blocking(job).await.map_err(|_| Busy)
    }
}

/// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
fn method() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("the parameters are within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &[u8], salt: &[u8]) -> String {
    method()
        .hash_password_with_salt(password, salt)
        .expect("a password of at most 512 bytes and a salt of 16 bytes are within Argon2's bounds")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_is_right() {
        let passwords = Passwords::default();
        let stored = passwords.hash(&Ambient::system(), "山里的孩子").await.expect("not busy");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(passwords.is_right("山里的孩子", Some(stored.clone())).await.expect("not busy"));
        assert!(!passwords.is_right("山里的孩孩", Some(stored)).await.expect("not busy"));
        assert!(!passwords.is_right("nobody has this password", None).await.expect("not busy"));
    }

    #[tokio::test]
    async fn the_queue_has_an_end() {
        let passwords = Passwords::default();
        let _all = passwords.0.admitted.try_acquire_many(302).expect("nobody waits");
        assert!(passwords.is_right("x", None).await.is_err());
    }
}
