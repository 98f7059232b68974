//! How many things one person writes at once. There are few turns to write, so that nobody who asks often, or for what takes long, has all of
//! them: whoever has theirs in use waits for their own, and for nobody else's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use kernel::id::PersonId;
use storage::attempt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Two devices of one person, or what a page saves by itself beside what they press.
const AT_ONCE: usize = 2;
/// As long as writers wait for each other.
const PATIENCE: Duration = Duration::from_secs(6);

/// The shares of one process; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct WriteShares(Arc<Mutex<HashMap<PersonId, Weak<Semaphore>>>>);

impl WriteShares {
    /// One of a person's turns, given back with what is returned. None when they have kept theirs for as long as anybody waits.
    pub(crate) async fn take(&self, person: PersonId) -> Option<OwnedSemaphorePermit> {
        self.take_within(PATIENCE, person).await
    }

    async fn take_within(&self, patience: Duration, person: PersonId) -> Option<OwnedSemaphorePermit> {
        let own = self.of(person);
        if let Ok(turn) = Arc::clone(&own).try_acquire_owned() {
            return Some(turn);
        }
        // Others have the connection meanwhile.
        attempt::rest();
        tokio::time::timeout(patience, own.acquire_owned()).await.ok()?.ok()
    }

    /// A permit keeps it alive, and so does whoever waits for one.
    fn of(&self, person: PersonId) -> Arc<Semaphore> {
        let mut shares = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = shares.get(&person).and_then(Weak::upgrade) {
            return own;
        }
        // Before it grows, those who write nothing any more are forgotten.
        if shares.len() == shares.capacity() {
            shares.retain(|_, share| share.strong_count() > 0);
        }
        let own = Arc::new(Semaphore::new(AT_ONCE));
        shares.insert(person, Arc::downgrade(&own));
        own
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use kernel::Ambient;

    use super::*;

    #[tokio::test]
    async fn who_has_theirs_in_use_waits_for_them_and_others_do_not() {
        let (shares, ambient) = (WriteShares::default(), Ambient::system());
        let [greedy, other] = [(), ()].map(|()| ambient.new_id());
        let first = shares.take(greedy).await.expect("a turn");
        let second = shares.take(greedy).await.expect("another");
        assert!(shares.take(greedy).now_or_never().is_none(), "the third waits");
        assert!(shares.take(other).now_or_never().expect("at once").is_some());
        drop(first);
        assert!(shares.take(greedy).now_or_never().expect("at once").is_some());
        let third = shares.take(greedy).await.expect("the turn given back");
        assert!(shares.take_within(Duration::ZERO, greedy).await.is_none(), "nobody waits for ever");
        drop(third);
        drop(second);
    }

    #[tokio::test]
    async fn who_writes_nothing_is_forgotten() {
        let (shares, ambient) = (WriteShares::default(), Ambient::system());
        for _ in 0..10_000 {
            drop(shares.take(ambient.new_id()).await.expect("a turn"));
        }
        assert!(shares.0.lock().expect("a table").capacity() < 100);
    }
}
