//! Time and randomness as arguments: the binary passes the machine's, tests and the demo pass their own.

use std::sync::{Arc, Mutex, PoisonError};

use rand::{Rng, SeedableRng, rngs::StdRng};

use crate::id::{Id, Kind};
use crate::time::Timestamp;

/// Where "now" comes from.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// Where unpredictable bytes come from.
pub trait Entropy: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

/// The clock and the entropy of one process; cheap to clone.
#[derive(Clone)]
pub struct Ambient {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Ambient {
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy }
    }

    /// The machine's clock and operating system randomness.
    pub fn system() -> Self {
        Self::new(Arc::new(SystemClock), Arc::new(SystemEntropy))
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new UUIDv7: later ids sort after earlier ones, to the microsecond.
    pub fn new_id<K: Kind>(&self) -> Id<K> {
        let micros = u64::try_from(self.now().micros()).unwrap_or(0);
        let mut noise: [u8; 10] = self.random_bytes();
        // The 12 bits after the version hold the microseconds within the millisecond (RFC 9562, method 3),
        // so that ids made in one millisecond keep their order.
        let fraction = u16::try_from(micros % 1000).unwrap_or(0) << 2;
        noise[0] = fraction.to_be_bytes()[0];
        noise[1] = fraction.to_be_bytes()[1];
        Id::from_uuid(uuid::Builder::from_unix_timestamp_millis(micros / 1000, &noise).into_uuid())
    }

    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }
}

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::from_jiff(jiff::Timestamp::now())
    }
}

struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct FixedClock(Arc<Mutex<Timestamp>>);

impl FixedClock {
    pub fn at(now: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
    pub fn advance_seconds(&self, seconds: i64) {
        self.set(self.now().plus_seconds(seconds));
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Entropy that repeats itself for the same seed: for the demo and for tests, never for secrets of real people.
pub struct SeededEntropy(Mutex<StdRng>);

impl SeededEntropy {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ClassId;

    #[test]
    fn ids_sort_by_creation() {
        let clock = FixedClock::at(Timestamp::from_micros(1_790_000_000_000_000));
        let ambient = Ambient::new(Arc::new(clock.clone()), Arc::new(SeededEntropy::new(1)));
        let mut last: ClassId = ambient.new_id();
        for step in [1, 1, 998, 1, 5_000] {
            clock.set(clock.now().plus_micros(step));
            let next: ClassId = ambient.new_id();
            assert!(next > last, "{step} microseconds later");
            last = next;
        }
    }

    #[test]
    fn same_seed_same_bytes() {
        let bytes = |seed| {
            let mut out = [0; 16];
            SeededEntropy::new(seed).fill(&mut out);
            out
        };
        assert_eq!(bytes(7), bytes(7));
        assert_ne!(bytes(7), bytes(8));
    }
}
