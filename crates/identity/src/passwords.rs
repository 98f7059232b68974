//! Hashing passwords with Argon2id: two at once on the blocking pool, and two lanes of who waits, each with an end.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use kernel::Ambient;
use tokio::sync::oneshot;

use crate::model::lanes::{AT_ONCE, Lane, Lanes};

/// More people sign in at this moment than can be served soon.
#[derive(Debug, thiserror::Error)]
#[error("too many passwords wait to be checked")]
pub struct Busy;

/// The hasher of one process; cheap to clone.
#[derive(Clone, Default)]
pub struct Passwords(Arc<Gate>);

#[derive(Default)]
struct Gate {
    desk: Mutex<Desk>,
}

#[derive(Default)]
struct Desk {
    working: usize,
    waiting: Lanes<oneshot::Sender<Turn>>,
}

/// The right to hash; whoever lets go of it hands it on.
struct Turn(Arc<Gate>);

/// Checked when there is no such account, so that the answer takes the same time.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$YSBzYWx0IG9mIG5vYm9keQ$MYQGJYsgo7eLGdHQLwtojiANe5Vhg1Cl0/0PhUtirho";

impl Passwords {
    /// The hash to store: a PHC string with its own parameters and salt. Whoever sets a password was known before.
    pub async fn hash(&self, ambient: &Ambient, password: &str) -> Result<String, Busy> {
        let salt: [u8; 16] = ambient.random_bytes();
        let password = password.to_owned();
        self.work(Lane::Known, move || hash(password.as_bytes(), &salt)).await
    }

    /// Whether this is the password. Without a stored hash the same work is done and the answer is no.
    pub(crate) async fn is_right(
        &self,
        lane: Lane,
        password: &str,
        stored: Option<String>,
    ) -> Result<bool, Busy> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
        let password = password.to_owned();
        let check = move || method().verify_password(password.as_bytes(), stored.as_str()).is_ok() && known;
        self.work(lane, check).await
    }

    async fn work<T: Send + 'static>(
        &self,
        lane: Lane,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        // Hashing takes long, and longer where others stand in line.
        storage::attempt::rest();
        let turn = line_up(&self.0, lane)?.await.map_err(|_| Busy)?;
        // The turn ends with the work and not with the asker, who may go away before.
        let job = move || {
            let _held = turn;
            job()
        };
        tokio::task::spawn_blocking(job).await.map_err(|_| Busy)
    }
}

impl Gate {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A turn at once, or when it comes.
fn line_up(gate: &Arc<Gate>, lane: Lane) -> Result<oneshot::Receiver<Turn>, Busy> {
    let (hand, turn) = oneshot::channel();
    let mut desk = gate.desk();
    if desk.working < AT_ONCE {
        desk.working += 1;
        drop(desk);
        let _ = hand.send(Turn(Arc::clone(gate)));
    } else {
        desk.waiting.push(lane, hand, |waiting| !waiting.is_closed()).map_err(|_| Busy)?;
    }
    Ok(turn)
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut desk = self.0.desk();
        // Who went away while waiting is passed over.
        while let Some(next) = desk.waiting.pop() {
            if next.is_closed() {
                continue;
            }
            drop(desk);
            // Who goes away at this very moment hands the turn on by letting go of it.
            let _ = next.send(Self(Arc::clone(&self.0)));
            return;
        }
        desk.working -= 1;
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
    use crate::model::lanes::WAITING;

    #[test]
    fn nobody_costs_what_everybody_does() {
        assert_eq!(hash(b"nobody has this password", b"a salt of nobody"), NOBODY);
    }

    #[tokio::test]
    async fn only_the_password_itself_is_right() {
        let passwords = Passwords::default();
        let is_right = async |password: &str, stored: Option<String>| {
            passwords.is_right(Lane::Anywhere, password, stored).await.expect("not busy")
        };
        let stored = passwords.hash(&Ambient::system(), "山里的孩子").await.expect("not busy");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(is_right("山里的孩子", Some(stored.clone())).await);
        assert!(!is_right("山里的孩孩", Some(stored)).await);
        assert!(!is_right("nobody has this password", None).await);
    }

    /// Holds both turns.
    async fn both(passwords: &Passwords) -> Vec<Turn> {
        let mut turns = Vec::new();
        for _ in 0..AT_ONCE {
            turns.push(line_up(&passwords.0, Lane::Anywhere).expect("free").await.expect("at once"));
        }
        turns
    }

    #[tokio::test]
    async fn who_is_known_does_not_wait_behind_a_crowd() {
        let passwords = Passwords::default();
        let mut turns = both(&passwords).await;
        let wait = |lane| line_up(&passwords.0, lane).expect("room");
        let mut crowd: Vec<_> = (0..400).map(|_| wait(Lane::Anywhere)).collect();
        let mut known = [wait(Lane::Known), wait(Lane::Known)];
        assert!(known[0].try_recv().is_err(), "nobody lets go yet");
        let mut next = turns.pop().expect("a turn");
        for at in 0..2 {
            drop(next);
            next = known[at].try_recv().expect("the next turn is theirs");
            drop(next);
            next = crowd[at].try_recv().expect("and one of the crowd's");
        }
        drop((next, turns));
        assert!(crowd[2].try_recv().is_ok() && crowd[3].try_recv().is_ok());
    }

    #[tokio::test]
    async fn the_queue_has_an_end_and_who_goes_away_holds_nobody_up() {
        let passwords = Passwords::default();
        let turns = both(&passwords).await;
        let mut waiting: Vec<_> =
            (0..WAITING).map(|_| line_up(&passwords.0, Lane::Anywhere).expect("room")).collect();
        assert!(passwords.is_right(Lane::Anywhere, "x", None).await.is_err());
        assert!(line_up(&passwords.0, Lane::Known).is_ok(), "those who are known have places of their own");
        let last = waiting.pop().expect("the last");
        waiting.clear();
        drop(turns);
        last.await.expect("the turns of all others were handed on");
        assert_eq!(passwords.0.desk().working, 0, "every turn came back");
    }
}
