//! What strangers send is looked through by few at once, each for a bounded time; more are told to come again.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Two files at once on the blocking pool leave the rest of the machine to those who are signed in.
const AT_ONCE: usize = 2;
/// So many files are held in memory at most, being sent or waiting for their turn.
const ADMITTED: usize = 48;
/// A certificate has some 60 kB: this is 1 kB a second.
const SENDING: Duration = Duration::from_mins(1);
/// Looking through the largest file takes some 20 ms, so this is long for a turn and the work together.
const LOOKING: Duration = Duration::from_secs(5);

/// More files are being verified at this moment than can be served soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many files wait to be verified")]
pub struct Busy;

/// The desk of one process where strangers' files are looked through; cheap to clone.
#[derive(Clone)]
pub(crate) struct Checking {
    admitted: Arc<Semaphore>,
    working: Arc<Semaphore>,
    limits: Limits,
}

/// How long one file may take.
#[derive(Debug, Clone, Copy)]
struct Limits {
    sending: Duration,
    looking: Duration,
}

/// A place to send one file and have it looked through.
pub(crate) struct Place {
    admitted: OwnedSemaphorePermit,
    working: Arc<Semaphore>,
    limits: Limits,
}

impl Default for Checking {
    fn default() -> Self {
        Self {
            admitted: Arc::new(Semaphore::new(ADMITTED)),
            working: Arc::new(Semaphore::new(AT_ONCE)),
            limits: Limits { sending: SENDING, looking: LOOKING },
        }
    }
}

impl Checking {
    /// Taken before the first byte of a file is read.
    pub(crate) fn place(&self) -> Result<Place, Busy> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| Busy)?;
        Ok(Place { admitted, working: Arc::clone(&self.working), limits: self.limits })
    }
}

impl Place {
    /// Takes a file in; who sends too slowly gives the place up.
    pub(crate) async fn receive<T>(&self, file: impl Future<Output = T>) -> Result<T, Busy> {
        timeout(self.limits.sending, file).await.map_err(|_| Busy)
    }

    /// Does the work on a blocking thread.
    pub(crate) async fn look<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let Self { admitted, working, limits } = self;
        let looked = async move {
            let turn = working.acquire_owned().await.map_err(|_| Busy)?;
            // The places end with the work and not with the asker, who may go away before.
            let work = move || {
                let _held = (admitted, turn);
                work()
            };
            tokio::task::spawn_blocking(work).await.map_err(|_| Busy)
        };
        timeout(limits.looking, looked).await.map_err(|_| Busy)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_places_have_an_end_and_come_back() {
        let checking = Checking::default();
        let mut places: Vec<Place> = (0..ADMITTED).map(|_| checking.place().expect("a place")).collect();
        assert_eq!(checking.place().map(|_| ()), Err(Busy));
        assert_eq!(places.pop().expect("a place").look(|| 7).await, Ok(7));
        assert!(checking.place().is_ok());
    }

    #[tokio::test]
    async fn who_sends_too_slowly_and_who_waits_too_long_are_told_to_come_again() {
        let at_once = Duration::from_millis(1);
        let limits = Limits { sending: at_once, looking: at_once };
        let checking = Checking { limits, ..Checking::default() };
        let place = checking.place().expect("a place");
        assert_eq!(place.receive(std::future::pending::<()>()).await, Err(Busy));
        let _both = checking.working.acquire_many(2).await.expect("nobody works");
        assert_eq!(place.look(|| ()).await, Err(Busy));
        assert_eq!(checking.admitted.available_permits(), ADMITTED, "the place is free again");
    }
}
