//! How long must somebody wait who keeps guessing? Kept in memory, on the caller's clock; never a lock that a stranger could
//! put on somebody else's account for good.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use kernel::Timestamp;

/// Failures are counted per account and network, per account, and per network.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    AccountFrom(Vec<u8>, IpAddr),
    Account(Vec<u8>),
    From(IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Timestamp,
}

/// Counts failures; cheap to ask.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<Key, Failures>>);

/// An attempt that was let through. It counts as failed until it says otherwise, so that attempts at once are counted too.
#[must_use]
pub struct Attempt<'a> {
    throttle: &'a Throttle,
    keys: [Key; 3],
}

/// Failures are forgotten after this long without a new one.
const MEMORY_SECONDS: i64 = 3_600;
/// More entries than this are looked through for forgotten ones.
const PLENTY: usize = 10_000;

impl Key {
    /// How many failures are free, and the longest wait. A school shares one address, so networks may fail more often; an account is
    /// slowed for everybody only after many failures, and then briefly.
    const fn bounds(&self) -> (u32, i64) {
        match self {
            Self::AccountFrom(..) => (5, 900),
            Self::Account(_) => (50, 60),
            Self::From(_) => (60, 300),
        }
    }
}

impl Throttle {
    /// Lets an attempt through, or says how many seconds to wait. `account` is any digest of what was typed.
    pub fn begin(&self, account: &[u8], address: IpAddr, now: Timestamp) -> Result<Attempt<'_>, u32> {
        let from = network(address);
        let keys =
            [Key::AccountFrom(account.to_vec(), from), Key::Account(account.to_vec()), Key::From(from)];
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() > PLENTY {
            entries.retain(|_, failures| now.seconds_since(failures.last) < MEMORY_SECONDS);
        }
        let wait =
            keys.iter().filter_map(|key| entries.get(key).map(|f| wait(key, *f, now))).max().unwrap_or(0);
        if wait > 0 {
            return Err(u32::try_from(wait).unwrap_or(u32::MAX));
        }
        for key in &keys {
            let failures = entries.entry(key.clone()).or_insert(Failures { count: 0, last: now });
            if now.seconds_since(failures.last) >= MEMORY_SECONDS {
                failures.count = 0;
            }
            *failures = Failures { count: failures.count + 1, last: now };
        }
        drop(entries);
        Ok(Attempt { throttle: self, keys })
    }
}

impl Attempt<'_> {
    /// It was the right password: the account's failures from here are forgotten, the others lose this one.
    pub fn succeeded(self) {
        let mut entries = self.throttle.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.remove(&self.keys[0]);
        for key in &self.keys[1..] {
            if let Some(failures) = entries.get_mut(key) {
                failures.count = failures.count.saturating_sub(1);
            }
        }
    }

    /// Nothing was tried (the server was too busy): nothing is counted.
    pub fn not_made(self) {
        let mut entries = self.throttle.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys {
            if let Some(failures) = entries.get_mut(key) {
                failures.count = failures.count.saturating_sub(1);
            }
        }
    }
}

/// Seconds still to wait: 5, 10, 20, … after the free failures, up to the longest.
fn wait(key: &Key, failures: Failures, now: Timestamp) -> i64 {
    let (free, longest) = key.bounds();
    if failures.count < free {
        return 0;
    }
    let delay = (5_i64 << (failures.count - free).min(20)).min(longest);
    (delay - now.seconds_since(failures.last)).max(0)
}

/// The /24 of an IPv4 address, the /64 of an IPv6 address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            IpAddr::V4([a, b, c, 0].into())
        }
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 1, 2, 3));
    const NEIGHBOUR: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 1, 2, 99));
    const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 9, 9, 9));

    fn at(second: i64) -> Timestamp {
        Timestamp::from_micros(1_790_000_000_000_000).plus_seconds(second)
    }
    fn fail(throttle: &Throttle, account: &str, from: IpAddr, second: i64) -> Result<(), u32> {
        throttle.begin(account.as_bytes(), from, at(second)).map(|_| ())
    }

    #[test]
    fn five_failures_are_free_then_the_delay_grows() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(fail(&throttle, "wang", HOME, 0), Ok(()));
        }
        assert_eq!(fail(&throttle, "wang", HOME, 0), Err(5));
        assert_eq!(fail(&throttle, "wang", NEIGHBOUR, 4), Err(1));
        assert_eq!(fail(&throttle, "wang", HOME, 5), Ok(()));
        assert_eq!(fail(&throttle, "wang", HOME, 5), Err(10));
        assert_eq!(fail(&throttle, "li", HOME, 5), Ok(()), "another account of the same school");
        assert_eq!(fail(&throttle, "wang", ELSEWHERE, 5), Ok(()), "the owner, elsewhere, is not locked out");
    }

    #[test]
    fn success_and_time_forgive() {
        let throttle = Throttle::default();
        for _ in 0..4 {
            assert!(fail(&throttle, "wang", HOME, 0).is_ok());
        }
        throttle.begin(b"wang", HOME, at(0)).unwrap_or_else(|_| panic!("the fifth is free")).succeeded();
        for _ in 0..5 {
            assert!(fail(&throttle, "wang", HOME, 1).is_ok());
        }
        assert!(fail(&throttle, "wang", HOME, 1).is_err());
        assert!(fail(&throttle, "wang", HOME, 1 + MEMORY_SECONDS).is_ok());
        assert!(fail(&throttle, "wang", HOME, 1 + MEMORY_SECONDS).is_ok());
    }

    #[test]
    fn a_network_that_tries_many_accounts_is_slowed() {
        let throttle = Throttle::default();
        for account in 0..60 {
            assert!(fail(&throttle, &account.to_string(), HOME, 0).is_ok());
        }
        assert_eq!(fail(&throttle, "another", HOME, 0), Err(5));
        assert!(fail(&throttle, "another", ELSEWHERE, 0).is_ok());
    }
}
