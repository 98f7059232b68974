//! PostgreSQL: how many write at once. There are fewer permits than connections, so that whoever only reads does not wait behind writers
//! that stand in each other's way.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::attempt;
use crate::error::StorageError;
use crate::waiting::Waiting;

/// Held by a write transaction.
pub(crate) type WritePermit = OwnedSemaphorePermit;

#[derive(Clone)]
pub(crate) struct WritePermits {
    free: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    patience: Duration,
}

impl WritePermits {
    /// Those who have a turn may each wait for a row as long as `lock` says, and again when they are made again. Whoever stands behind them
    /// waits as long: a turn that is not free is no sign that the database is away.
    pub fn of(connections: u32, patience: Duration, lock: Duration) -> Self {
        let free = Arc::new(Semaphore::new(writers(connections) as usize));
        Self { free, waiting: Arc::default(), patience: patience.max(lock * 2) }
    }

    pub async fn take(&self) -> Result<WritePermit, StorageError> {
        if let Ok(permit) = Arc::clone(&self.free).try_acquire_owned() {
            return Ok(permit);
        }
        // Others read meanwhile.
        attempt::rest();
        let _waiting = Waiting::new(&self.waiting);
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.free).acquire_owned());
        match turn.await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(StorageError::Unavailable("all turns to write are taken".into())),
        }
    }

    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Acquire)
    }
}

/// A quarter of the connections, and at least one, is for reading. Who has one connection shares it.
fn writers(connections: u32) -> u32 {
    (connections - (connections / 4).max(1).min(connections)).max(1)
}

#[cfg(test)]
mod tests {
    use super::writers;

    #[test]
    fn some_connections_are_for_reading() {
        let expected = [(1, 1), (2, 1), (3, 2), (4, 3), (8, 6), (16, 12), (40, 30)];
        for (connections, most) in expected {
            assert_eq!(writers(connections), most, "{connections}");
        }
    }
}
