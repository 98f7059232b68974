//! What strangers send is looked through by few at once, each for a bounded time; more are told to come again. No network takes the
//! desk from the others: each has a share of the places, and when all are taken, the one that holds most gives way; where none holds
//! more than one, whoever has been sending for longer than a file takes.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kernel::Timestamp;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Two files at once on the blocking pool leave the rest of the machine to those who are signed in.
const AT_ONCE: usize = 2;
/// So many files are held in memory at most, being sent or waiting for their turn.
const ADMITTED: usize = 48;
/// So many of them may come from one network. An office that checks a pile sends one after the other.
const SHARE: usize = 6;
/// So long nobody who holds no more than the others gives way: a certificate of ours has come by then over 256 kbit/s.
const TURN_SECONDS: i64 = 10;
/// Looking through the largest file takes some 20 ms, so this is long for a turn and the work together.
const LOOKING: Duration = Duration::from_secs(5);

/// More files are being verified at this moment than can be served soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many files wait to be verified")]
pub struct Busy;

/// The desk of one process where strangers' files are looked through; cheap to clone.
#[derive(Clone)]
pub(crate) struct Checking {
    places: Places,
    working: Arc<Semaphore>,
    looking: Duration,
}

/// A place to send one file and have it looked through.
pub(crate) struct Place {
    taken: Taken,
    gives_way: Arc<Notify>,
    working: Arc<Semaphore>,
    looking: Duration,
}

impl Default for Checking {
    fn default() -> Self {
        let working = Arc::new(Semaphore::new(AT_ONCE));
        Self { places: Places::default(), working, looking: LOOKING }
    }
}

impl Checking {
    /// Taken before the first byte of a file is read.
    pub(crate) fn place(&self, network: IpAddr, now: Timestamp) -> Result<Place, Busy> {
        let (taken, gives_way) = self.places.take(network, now)?;
        Ok(Place { taken, gives_way, working: Arc::clone(&self.working), looking: self.looking })
    }
}

impl Place {
    /// Takes a file in, within the time that the layers give a request. Who is still sending may have to give the place up.
    pub(crate) async fn receive<T>(&self, file: impl Future<Output = T>) -> Result<T, Busy> {
        let file = tokio::select! {
            file = file => file,
            () = self.gives_way.notified() => return Err(Busy),
        };
        self.taken.arrived().map(|()| file)
    }

    /// Does the work on a blocking thread.
    pub(crate) async fn look<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let Self { taken, working, looking, .. } = self;
        let looked = async move {
            let turn: OwnedSemaphorePermit = working.acquire_owned().await.map_err(|_| Busy)?;
            // The places end with the work and not with the asker, who may go away before.
            let work = move || {
                let _held = (taken, turn);
                work()
            };
            tokio::task::spawn_blocking(work).await.map_err(|_| Busy)
        };
        timeout(looking, looked).await.map_err(|_| Busy)?
    }
}

/// The places that are taken.
#[derive(Clone, Default)]
struct Places(Arc<Mutex<Guests>>);

#[derive(Default)]
struct Guests {
    /// In the order in which they came.
    here: Vec<Guest>,
    came: u64,
}

struct Guest {
    network: IpAddr,
    since: Timestamp,
    /// By this the place knows its guest; absent once the file has arrived, as then it is soon done.
    sends: Option<Arc<Notify>>,
    number: u64,
}

/// One of the places; it is given back with this.
struct Taken {
    places: Places,
    number: u64,
}

impl Places {
    fn take(&self, network: IpAddr, now: Timestamp) -> Result<(Taken, Arc<Notify>), Busy> {
        let mut guests = self.guests();
        let own = held(&guests.here, network);
        if own >= SHARE {
            return Err(Busy);
        }
        if guests.here.len() >= ADMITTED {
            let at = who_gives_way(&guests.here, own, now).ok_or(Busy)?;
            if let Some(sends) = guests.here.remove(at).sends {
                sends.notify_one();
            }
        }
        guests.came += 1;
        let (gives_way, number) = (Arc::new(Notify::new()), guests.came);
        guests.here.push(Guest { network, since: now, sends: Some(Arc::clone(&gives_way)), number });
        Ok((Taken { places: self.clone(), number }, gives_way))
    }

    fn guests(&self) -> MutexGuard<'_, Guests> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn held(guests: &[Guest], network: IpAddr) -> usize {
    guests.iter().filter(|guest| guest.network == network).count()
}

/// Of the networks that hold most, who has been sending longest: to one that holds fewer, also afterwards, or whose turn was long enough.
fn who_gives_way(guests: &[Guest], own: usize, now: Timestamp) -> Option<usize> {
    let sending = guests.iter().enumerate().filter(|(_, guest)| guest.sends.is_some());
    let weighed = sending.map(|(at, guest)| (held(guests, guest.network), at));
    let (most, at) = weighed.max_by_key(|&(most, at)| (most, usize::MAX - at))?;
    let had_a_turn = now.seconds_since(guests[at].since) >= TURN_SECONDS;
    (most > own + usize::from(!had_a_turn)).then_some(at)
}

impl Taken {
    /// The file is here: from now on the place is not given away. It may have been just now.
    fn arrived(&self) -> Result<(), Busy> {
        let mut guests = self.places.guests();
        let guest = guests.here.iter_mut().find(|guest| guest.number == self.number).ok_or(Busy)?;
        guest.sends = None;
        Ok(())
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.places.guests().here.retain(|guest| guest.number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    fn network(number: u8) -> IpAddr {
        IpAddr::from([10, 0, number, 0])
    }
    fn at(second: i64) -> Timestamp {
        Timestamp::from_micros(1_790_000_000_000_000).plus_seconds(second)
    }
    /// So many places for each of these networks, in turn.
    fn taken(checking: &Checking, networks: u8, each: usize) -> Vec<Place> {
        let all = (0..each).flat_map(|_| 1..=networks);
        all.map(|number| checking.place(network(number), at(0)).expect("a place")).collect()
    }
    fn is_turned_away(checking: &Checking, number: u8) -> bool {
        checking.place(network(number), at(0)).is_err()
    }

    #[tokio::test]
    async fn the_places_have_an_end_and_come_back() {
        let checking = Checking::default();
        let mut places = taken(&checking, 48, 1);
        assert!(is_turned_away(&checking, 49));
        assert_eq!(places.pop().expect("a place").look(|| 7).await, Ok(7));
        assert!(!is_turned_away(&checking, 49));
    }

    #[tokio::test]
    async fn who_waits_too_long_is_told_to_come_again() {
        let checking = Checking { looking: Duration::from_millis(1), ..Checking::default() };
        let place = checking.place(network(1), at(0)).expect("a place");
        let _both = checking.working.acquire_many(2).await.expect("nobody works");
        assert_eq!(place.look(|| ()).await, Err(Busy));
        assert!(checking.places.guests().here.is_empty(), "the place is free again");
    }

    #[tokio::test]
    async fn a_network_has_its_share_and_no_more() {
        let checking = Checking::default();
        let mut own = taken(&checking, 1, SHARE);
        assert!(is_turned_away(&checking, 1), "also of those that have arrived");
        own.pop();
        assert!(!is_turned_away(&checking, 1));
    }

    #[tokio::test]
    async fn whoever_holds_most_gives_way_and_of_them_who_sends_longest() {
        let checking = Checking::default();
        let places = taken(&checking, 8, SHARE);
        assert_eq!(places[0].receive(ready(1)).await, Ok(1), "it has arrived, and is let be");
        let ninth = checking.place(network(9), at(0)).expect("of the second");
        assert_eq!(places[1].receive(pending::<()>()).await, Err(Busy));
        assert_eq!(places[1].receive(ready(())).await, Err(Busy), "also when it comes at that moment");
        assert_eq!(places[2].receive(ready(2)).await, Ok(2));
        // As long as others hold more than it would itself.
        let more: Vec<Place> =
            (1..5).map(|_| checking.place(network(9), at(0)).expect("of the others")).collect();
        assert!(is_turned_away(&checking, 9), "none holds more than it would then");
        drop((ninth, more));
        assert_eq!(checking.places.guests().here.len(), ADMITTED - 5);
    }

    #[tokio::test]
    async fn where_none_holds_more_whoever_had_a_turn_gives_way() {
        let checking = Checking::default();
        let mut places = taken(&checking, 48, 1);
        assert_eq!(places[0].receive(ready(1)).await, Ok(1), "it has arrived, and is let be");
        assert!(checking.place(network(49), at(9)).is_err(), "everybody has their turn");
        let late = checking.place(network(49), at(10)).expect("of the second");
        assert_eq!(places[1].receive(pending::<()>()).await, Err(Busy));
        // It gives way to who holds fewer alone, and has a turn of its own.
        assert!(checking.place(network(3), at(10)).is_err(), "one for one");
        places.drain(2..).for_each(drop);
        let renewed: Vec<Place> =
            (3..=48).map(|number| checking.place(network(number), at(10)).expect("free again")).collect();
        assert!(checking.place(network(50), at(19)).is_err());
        assert_eq!(late.receive(ready(49)).await, Ok(49));
        assert!(checking.place(network(50), at(20)).is_ok());
        drop(renewed);
    }
}
