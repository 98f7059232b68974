//! Classes are worked out by one at a time, each after a bounded wait; more are told to come again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinError;
use tokio::time::timeout;

/// One core at most is taken from those who learn meanwhile.
const AT_ONCE: usize = 1;
/// The work of 500 people takes some seconds: who stands further back would wait in vain.
const WAITING: usize = 8;
const PATIENCE: Duration = Duration::from_secs(10);

/// More classes wait to be worked out at this moment than can be soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many allocations wait to be worked out")]
pub struct Busy;

/// Where one process works out classes; cheap to clone.
#[derive(Clone)]
pub struct Solving {
    admitted: Arc<Semaphore>,
    working: Arc<Semaphore>,
    patience: Duration,
    worked_out: Arc<AtomicU64>,
}

/// The turn to work out classes.
pub(crate) struct Turn {
    _held: (OwnedSemaphorePermit, OwnedSemaphorePermit),
    worked_out: Arc<AtomicU64>,
}

impl Default for Solving {
    fn default() -> Self {
        Self::bounded(AT_ONCE, WAITING, PATIENCE)
    }
}

impl Solving {
    /// So many at once, so many more who wait, each for so long.
    pub fn bounded(at_once: usize, waiting: usize, patience: Duration) -> Self {
        Self {
            admitted: Arc::new(Semaphore::new(at_once + waiting)),
            working: Arc::new(Semaphore::new(at_once)),
            patience,
            worked_out: Arc::default(),
        }
    }

    /// How often classes were worked out.
    pub fn worked_out(&self) -> u64 {
        self.worked_out.load(Ordering::Relaxed)
    }

    pub(crate) async fn turn(&self) -> Result<Turn, Busy> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| Busy)?;
        let turn = timeout(self.patience, Arc::clone(&self.working).acquire_owned()).await;
        let turn = turn.map_err(|_| Busy)?.map_err(|_| Busy)?;
        Ok(Turn { _held: (admitted, turn), worked_out: Arc::clone(&self.worked_out) })
    }
}

impl Turn {
    /// Does the work on a blocking thread, and gives the turn back with what came of it: what follows may belong to the same turn. When the
    /// asker goes away, the turn ends with the work.
    pub(crate) async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<(T, Self), JoinError> {
        tokio::task::spawn_blocking(move || {
            self.worked_out.fetch_add(1, Ordering::Relaxed);
            (work(), self)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn one_works_some_wait_and_the_rest_come_again() {
        let solving = Solving::bounded(1, 1, Duration::from_mins(1));
        let first = solving.turn().await.expect("free");
        let second = tokio::spawn({
            let solving = solving.clone();
            async move { solving.turn().await.map(drop) }
        });
        while solving.admitted.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(solving.turn().await.map(drop), Err(Busy), "the queue has an end");
        let (seven, turn) = first.work(|| 7).await.expect("it works");
        assert_eq!((seven, solving.worked_out()), (7, 1));
        assert!(!second.is_finished(), "the turn lasts as long as its holder says");
        drop(turn);
        assert_eq!(second.await.expect("it ends"), Ok(()));
        assert!(solving.turn().await.is_ok(), "everything is free again");
    }

    #[tokio::test]
    async fn who_waits_too_long_gives_the_place_up() {
        let solving = Solving::bounded(1, 1, Duration::from_millis(1));
        let _first = solving.turn().await.expect("free");
        for _ in 0..3 {
            assert_eq!(solving.turn().await.map(drop), Err(Busy));
        }
    }

    #[tokio::test]
    async fn a_turn_ends_with_the_work_and_not_with_the_asker() {
        let solving = Solving::bounded(1, 0, Duration::from_mins(1));
        let turn = solving.turn().await.expect("free");
        let (begun, is_begun) = mpsc::channel();
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let asker = tokio::spawn(turn.work(move || {
            let _ = begun.send(());
            let _ = may_go_on.recv();
        }));
        tokio::task::spawn_blocking(move || is_begun.recv()).await.expect("joined").expect("it works");
        asker.abort();
        assert!(asker.await.is_err_and(|error| error.is_cancelled()));
        assert_eq!(solving.turn().await.map(drop), Err(Busy), "the core is still busy");
        drop(go_on);
        while solving.admitted.available_permits() == 0 {
            tokio::task::yield_now().await;
        }
        assert!(solving.turn().await.is_ok());
    }
}
