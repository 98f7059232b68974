//! How many of something each one holds at this moment, with a bound that the asker names.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts by key. Cheap to clone; the clones count together.
#[derive(Debug)]
pub struct Tally<K>(Arc<Mutex<HashMap<K, usize>>>);

/// One of them; it is given back with this.
#[derive(Debug)]
pub struct Place<K: Eq + Hash> {
    tally: Tally<K>,
    key: K,
}

impl<K> Clone for Tally<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Eq + Hash> Tally<K> {
    /// Takes one more; `None` when `key` holds `most` already.
    pub fn take(&self, key: K, most: usize) -> Option<Place<K>>
    where
        K: Clone,
    {
        let mut counts = self.counts();
        let count = counts.get(&key).copied().unwrap_or(0);
        if count >= most {
            return None;
        }
        counts.insert(key.clone(), count + 1);
        Some(Place { tally: self.clone(), key })
    }

    pub fn held(&self, key: &K) -> usize {
        self.counts().get(key).copied().unwrap_or(0)
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<K, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut counts = self.tally.counts();
        if let Some(count) = counts.get_mut(&self.key) {
            *count -= 1;
            // Who holds nothing is forgotten, or the table would grow for ever.
            if *count == 0 {
                counts.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_holds_at_most_its_bound_and_gives_back() {
        let tally = Tally::default();
        let first = tally.take("school", 2).expect("free");
        let second = tally.take("school", 2).expect("free");
        assert!(tally.take("school", 2).is_none());
        let other = tally.take("home", 2).expect("another key");
        drop(first);
        let third = tally.take("school", 2).expect("one came back");
        assert_eq!((tally.held(&"school"), tally.held(&"home")), (2, 1));
        drop((second, third, other));
        assert!(tally.counts().is_empty(), "nothing is remembered of who holds nothing");
    }
}
