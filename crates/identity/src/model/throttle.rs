//! How long must somebody wait who keeps guessing? Kept in memory, on the caller's clock. The rule and its arithmetic stand in the
//! crate's README.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http_kit::{aggregate, network};
use kernel::Timestamp;

/// Whose attempt it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A device from which this account's password was given rightly before.
    KnownDevice([u8; 8]),
    Address(IpAddr),
}

/// A digest of the name that was typed, whether it names anybody or not.
pub type Typed = [u8; 32];

/// A digest of whom it names.
pub type Account = [u8; 32];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    /// A name from one device that knows its account.
    Device(Typed, [u8; 8]),
    /// A name from one network.
    TypedFrom(Typed, IpAddr),
    /// An account by all its names, from everywhere but its own devices. Nobody is told of it.
    Account(Account),
    /// All accounts from one network; an IPv6 line counts as a whole.
    From(IpAddr),
    /// Right passwords and links of an account, from everywhere.
    Right(Account),
}

/// So many are free; each is forgotten after some seconds, one after the other.
#[derive(Debug, Clone, Copy)]
struct Rule {
    free: i64,
    forgets: i64,
    /// After the free ones the wait doubles from 5 seconds up to this; without it, the wait is for the next to be forgotten.
    longest: Option<i64>,
}

impl Key {
    const fn rule(&self) -> Rule {
        match self {
            Self::Device(..) | Self::TypedFrom(..) => Rule { free: 5, forgets: 900, longest: Some(900) },
            Self::Account(_) => Rule { free: 30, forgets: 120, longest: None },
            Self::From(_) => Rule { free: 600, forgets: 2, longest: None },
            Self::Right(_) => Rule { free: 20, forgets: 30, longest: None },
        }
    }
}

/// Failures, or right passwords, as the second at which the last of them is forgotten.
#[derive(Debug, Clone, Copy)]
struct Tally {
    forgotten: i64,
    last: i64,
}

impl Tally {
    /// The same failures for a clock that was set back since: what is remembered longer than that is remembered for ever.
    fn seen_at(self, now: i64) -> Self {
        let ahead = (self.last - now).max(0);
        Self { forgotten: self.forgotten - ahead, last: self.last - ahead }
    }

    fn count(self, rule: Rule, now: i64) -> i64 {
        ((self.forgotten - now).max(0) + rule.forgets - 1) / rule.forgets
    }

    /// With one more of them.
    fn and_one(self, rule: Rule, now: i64) -> Self {
        Self { forgotten: self.forgotten.max(now) + rule.forgets, last: now }
    }

    fn wait(self, rule: Rule, now: i64) -> i64 {
        let over = self.count(rule, now) - rule.free;
        if over < 0 {
            return 0;
        }
        match rule.longest {
            Some(longest) => ((5 << over.min(20)).min(longest) - (now - self.last)).max(0),
            None => self.forgotten - now - (rule.free - 1) * rule.forgets,
        }
    }
}

/// Counts failures, and right passwords apart from them; cheap to ask.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<Key, Tally>>);

/// An attempt that was let through. It counts as failed until it says otherwise, so that attempts at once are counted too.
#[must_use]
pub struct Attempt<'a> {
    throttle: &'a Throttle,
    keys: Vec<Key>,
    account: Option<Account>,
    now: i64,
    /// The name's failures from there, as they were before.
    before: Option<Tally>,
    is_checked: bool,
}

/// More entries than this are looked through, and the lightest go.
const MOST: usize = 100_000;

impl Throttle {
    /// Lets an attempt through, or says how many seconds to wait. What it says depends on what was typed and where, and not on whom
    /// that names: of two names of one account nobody learns that they belong together. Only who has given the right password time
    /// and again is told by the account.
    pub fn begin(
        &self,
        typed: Typed,
        account: Option<Account>,
        origin: Origin,
        now: Timestamp,
    ) -> Result<Attempt<'_>, u32> {
        let mut keys = match origin {
            Origin::KnownDevice(device) => vec![Key::Device(typed, device)],
            Origin::Address(address) => {
                let line = aggregate(address).unwrap_or_else(|| network(address));
                vec![Key::TypedFrom(typed, network(address)), Key::From(line)]
            }
        };
        let right = account.map(Key::Right);
        let hidden = account.filter(|_| matches!(origin, Origin::Address(_))).map(Key::Account);
        let now = now.seconds();
        let mut tallies = self.tallies();
        if tallies.len() > MOST {
            lighten(&mut tallies, now);
        }
        for key in keys.iter().chain(&hidden).chain(&right) {
            if let Some(tally) = tallies.get_mut(key) {
                *tally = tally.seen_at(now);
            }
        }
        let wait_of = |key: &Key| Some(tallies.get(key)?.wait(key.rule(), now));
        if let Some(wait @ 1..) = keys.iter().chain(&right).filter_map(wait_of).max() {
            return Err(u32::try_from(wait).unwrap_or(u32::MAX));
        }
        // What is not checked does not count for the account: who goes on guessing does not keep its owner out for longer.
        let is_checked = hidden.as_ref().and_then(wait_of).is_none_or(|wait| wait == 0);
        keys.extend(hidden.filter(|_| is_checked));
        let before = tallies.get(&keys[0]).copied();
        for key in &keys {
            one_more(&mut tallies, *key, now);
        }
        drop(tallies);
        Ok(Attempt { throttle: self, keys, account, now, before, is_checked })
    }

    /// Somebody who has a link of the account may have a password hashed for it, or has to wait so many seconds.
    pub fn has_link(&self, account: Account, now: Timestamp) -> Result<(), u32> {
        let (key, now) = (Key::Right(account), now.seconds());
        let mut tallies = self.tallies();
        let wait = tallies.get(&key).map_or(0, |tally| tally.seen_at(now).wait(key.rule(), now));
        if wait > 0 {
            return Err(u32::try_from(wait).unwrap_or(u32::MAX));
        }
        one_more(&mut tallies, key, now);
        Ok(())
    }

    fn tallies(&self) -> MutexGuard<'_, HashMap<Key, Tally>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attempt<'_> {
    /// Whether the password is to be looked at. When not, too many have guessed at the account: it is refused like a wrong one.
    pub fn is_checked(&self) -> bool {
        self.is_checked
    }

    /// It was the right password: it counts as no failure, and the name's failures from here are forgotten.
    pub fn succeeded(self) {
        let mut tallies = self.throttle.tallies();
        tallies.remove(&self.keys[0]);
        self.take_back(&mut tallies, 1);
        if let Some(account) = self.account {
            one_more(&mut tallies, Key::Right(account), self.now);
        }
    }

    /// Nothing was tried (the server was too busy): nothing is counted, and no wait begins anew.
    pub fn not_made(self) {
        let mut tallies = self.throttle.tallies();
        self.take_back(&mut tallies, 0);
        if let (Some(tally), Some(before)) = (tallies.get_mut(&self.keys[0]), self.before) {
            tally.last = before.last;
        }
    }

    fn take_back(&self, tallies: &mut HashMap<Key, Tally>, from: usize) {
        for key in &self.keys[from..] {
            if let Some(tally) = tallies.get_mut(key) {
                tally.forgotten -= key.rule().forgets;
            }
        }
    }
}

fn one_more(tallies: &mut HashMap<Key, Tally>, key: Key, now: i64) {
    let tally = tallies.entry(key).or_insert(Tally { forgotten: now, last: now });
    *tally = tally.seen_at(now).and_one(key.rule(), now);
}

/// Half of what may be kept is left: forgotten entries go first, then those of one failure, of two, … A flood of names or
/// addresses drives out its own, and not the accounts that are guessed at in earnest.
fn lighten(tallies: &mut HashMap<Key, Tally>, now: i64) {
    let mut lightest = 0;
    while tallies.len() > MOST / 2 {
        tallies.retain(|key, tally| tally.seen_at(now).count(key.rule(), now) > lightest);
        lightest += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 1, 2, 3));
    const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 9, 9, 9));
    const PHONE: Origin = Origin::KnownDevice([1; 8]);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_micros(1_790_000_000_000_000).plus_seconds(second)
    }
    fn account(number: u32) -> Account {
        let mut account = [0; 32];
        account[..4].copy_from_slice(&number.to_be_bytes());
        account
    }
    fn network_number(number: u32) -> IpAddr {
        IpAddr::V4((0x0a00_0000 + number * 256).into())
    }
    fn fail(throttle: &Throttle, who: u32, from: IpAddr, second: i64) -> Result<(), u32> {
        throttle.begin(account(who), Some(account(who)), Origin::Address(from), at(second)).map(|_| ())
    }
    fn is_checked(throttle: &Throttle, who: u32, from: IpAddr, second: i64) -> bool {
        let attempt = throttle.begin(account(who), Some(account(who)), Origin::Address(from), at(second));
        attempt.is_ok_and(|attempt| attempt.is_checked())
    }
    /// Tries every second and counts what gets through.
    fn guesses(throttle: &Throttle, who: u32, from: impl Fn(i64) -> IpAddr, seconds: i64) -> i64 {
        (0..seconds).map(|second| i64::from(is_checked(throttle, who, from(second), second))).sum()
    }

    #[test]
    fn five_failures_are_free_then_the_delay_grows() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(fail(&throttle, 1, HOME, 0), Ok(()));
        }
        assert_eq!(fail(&throttle, 1, HOME, 0), Err(5));
        assert_eq!(fail(&throttle, 1, HOME, 4), Err(1));
        assert_eq!(fail(&throttle, 1, HOME, 5), Ok(()));
        assert_eq!(fail(&throttle, 1, HOME, 5), Err(10));
        assert_eq!(fail(&throttle, 2, HOME, 5), Ok(()), "another account of the same school");
        assert_eq!(fail(&throttle, 1, ELSEWHERE, 5), Ok(()), "the owner, elsewhere, is not locked out");
    }

    #[test]
    fn a_success_neither_counts_nor_renews_a_wait_and_time_forgives() {
        let throttle = Throttle::default();
        let begin = |second| throttle.begin(account(1), Some(account(1)), Origin::Address(HOME), at(second));
        for _ in 0..4 {
            assert!(begin(0).is_ok());
        }
        begin(0).unwrap_or_else(|_| panic!("the fifth is free")).succeeded();
        let forgotten =
            |key: Key| throttle.tallies().get(&key).map(|tally| tally.forgotten - at(0).seconds());
        assert_eq!(forgotten(Key::TypedFrom(account(1), HOME)), None);
        assert_eq!(forgotten(Key::Account(account(1))), Some(4 * 120));
        assert_eq!(forgotten(Key::From(HOME)), Some(4 * 2));

        for _ in 0..5 {
            assert!(begin(1).is_ok());
        }
        let sixth = begin(6).unwrap_or_else(|_| panic!("five seconds later"));
        sixth.not_made();
        assert!(begin(6).is_ok(), "what was not tried renews no wait");
        assert!(begin(6 + 5).is_err());
        assert!(begin(1 + 6 * 900).is_ok_and(|attempt| {
            attempt.succeeded();
            true
        }));
    }

    /// Failures while the clock is ahead count as much as others once it is right, and no more.
    #[test]
    fn who_failed_while_the_clock_was_ahead_waits_no_longer_than_others() {
        for ahead in [60, 3_600, 60 * 86_400] {
            for (failures, waits) in [(1, Ok(())), (4, Ok(())), (5, Err(5)), (6, Err(5))] {
                let throttle = Throttle::default();
                for _ in 0..failures {
                    let _ = fail(&throttle, 1, HOME, ahead);
                }
                assert_eq!(fail(&throttle, 1, HOME, 0), waits, "{failures} failures, {ahead} s ahead");
                assert_eq!(fail(&throttle, 2, HOME, 0), Ok(()), "another account of the same network");
                assert!(is_checked(&throttle, 1, ELSEWHERE, 0), "the owner, elsewhere");
                assert_eq!(fail(&throttle, 1, HOME, 900), Ok(()), "and time forgives");
            }
            let throttle = Throttle::default();
            let begin =
                |second| throttle.begin(account(1), Some(account(1)), Origin::Address(HOME), at(second));
            begin(ahead).unwrap_or_else(|_| panic!("the first")).succeeded();
            assert_eq!(guesses(&throttle, 1, |_| HOME, 1), 1, "a success while it was ahead holds nobody up");
        }
    }

    #[test]
    fn one_network_guesses_at_one_account_fourteen_times_and_then_four_an_hour() {
        let throttle = Throttle::default();
        let day = guesses(&throttle, 1, |_| HOME, 86_400);
        assert!((96..=14 + 96).contains(&day), "{day}");
    }

    #[test]
    fn a_thousand_networks_guess_at_one_account_thirty_times_and_then_thirty_an_hour() {
        for (hours, least) in [(1, 50), (24, 700)] {
            let throttle = Throttle::default();
            let through = guesses(
                &throttle,
                1,
                |second| network_number(u32::try_from(second % 1_000).expect("small")),
                hours * 3_600,
            );
            assert!((least..=30 + 30 * hours).contains(&through), "{through} in {hours} h");
        }
        // Ten thousand in one second.
        let throttle = Throttle::default();
        let at_once = (0..10_000).filter(|n| is_checked(&throttle, 1, network_number(n % 1_000), 0)).count();
        assert_eq!(at_once, 30);
        // Elsewhere nobody is told to wait, and two minutes later one more is looked at, however many were not.
        assert_eq!(fail(&throttle, 1, ELSEWHERE, 0), Ok(()));
        assert!(!is_checked(&throttle, 1, ELSEWHERE, 119));
        assert!(is_checked(&throttle, 1, ELSEWHERE, 120));
        // The owner does not notice on a device that knows them, and nobody else does anywhere.
        assert!(throttle.begin(account(1), Some(account(1)), PHONE, at(0)).is_ok());
        assert!(fail(&throttle, 2, network_number(1), 0).is_ok());
    }

    #[test]
    fn one_network_tries_six_hundred_accounts_and_then_one_in_two_seconds() {
        let throttle = Throttle::default();
        let through =
            (0..10_000_u32).filter(|n| fail(&throttle, *n, HOME, i64::from(*n) / 10).is_ok()).count();
        assert!((1_050..=600 + 500).contains(&through), "{through} in 1,000 s");
        assert_eq!(fail(&throttle, 1, ELSEWHERE, 1_000), Ok(()));
    }

    #[test]
    fn a_device_that_knows_the_account_has_its_own_count() {
        let throttle = Throttle::default();
        for n in 0..700 {
            let _ = fail(&throttle, n % 3, HOME, 0);
        }
        assert!(fail(&throttle, 1, HOME, 0).is_err());
        for _ in 0..5 {
            assert!(throttle.begin(account(1), Some(account(1)), PHONE, at(0)).is_ok());
        }
        assert!(
            throttle.begin(account(1), Some(account(1)), PHONE, at(0)).is_err(),
            "who took the device guesses no faster"
        );
    }

    #[test]
    fn networks_of_one_line_share_its_bound() {
        let throttle = Throttle::default();
        let street = |n: u16| IpAddr::V6([0x2001, 0xdb8, 0, 0x4200 | (n % 256), 0, 0, 0, n].into());
        let through =
            (0..2_000_u16).filter(|n| fail(&throttle, u32::from(*n), street(*n), 0).is_ok()).count();
        assert_eq!(through, 600);
        let mapped = IpAddr::V6(std::net::Ipv4Addr::new(10, 1, 2, 3).to_ipv6_mapped());
        for _ in 0..5 {
            assert!(fail(&throttle, 9_999, mapped, 0).is_ok());
        }
        assert!(fail(&throttle, 9_999, HOME, 0).is_err());
    }

    #[test]
    fn a_flood_of_names_drives_out_its_own() {
        let throttle = Throttle::default();
        for _ in 0..6 {
            let _ = fail(&throttle, 0, HOME, 0);
        }
        for n in 1..200_000 {
            let _ = fail(&throttle, n, network_number(n % 50_000), 0);
        }
        assert!(throttle.tallies().len() <= MOST + 3);
        assert!(fail(&throttle, 0, HOME, 0).is_err(), "what was counted in earnest is still known");
    }

    /// What is told to who types these names one after the other, all in one second.
    fn told(throttle: &Throttle, from: IpAddr, names: &[(u32, Option<u32>)]) -> Vec<Result<(), u32>> {
        let begin = |&(typed, whose): &(u32, Option<u32>)| {
            throttle.begin(account(typed), whose.map(account), Origin::Address(from), at(0)).map(|_| ())
        };
        names.iter().map(begin).collect()
    }

    #[test]
    fn what_is_told_depends_on_what_was_typed_and_where_alone() {
        const NAME: (u32, Option<u32>) = (10, Some(1));
        for (of_account, phone) in
            [(Some(1), "its own phone"), (Some(2), "somebody else's"), (None, "nobody's")]
        {
            for guesses in [0, 1, 4, 5, 6, 30] {
                let throttle = Throttle::default();
                let mut expected = vec![Ok(()); guesses.min(5)];
                expected.resize(guesses, Err(5));
                assert_eq!(told(&throttle, HOME, &vec![NAME; guesses]), expected);
                let six = told(&throttle, HOME, &[(11, of_account); 6]);
                assert_eq!(six, [Ok(()), Ok(()), Ok(()), Ok(()), Ok(()), Err(5)], "{phone} after {guesses}");
            }
            let throttle = Throttle::default();
            for n in 0..1_000 {
                let _ = told(&throttle, network_number(n), &[NAME]);
            }
            let six = told(&throttle, HOME, &[(11, of_account); 6]);
            assert_eq!(six, [Ok(()), Ok(()), Ok(()), Ok(()), Ok(()), Err(5)], "{phone} under attack");
        }
    }

    #[test]
    fn both_names_of_an_account_share_what_is_looked_at() {
        let throttle = Throttle::default();
        let checked = (0..1_000_u32).filter(|n| {
            let from = Origin::Address(network_number(n / 2));
            let attempt = throttle.begin(account(10 + n % 2), Some(account(1)), from, at(0));
            attempt.is_ok_and(|attempt| attempt.is_checked())
        });
        assert_eq!(checked.count(), 30);
        // One network with both names.
        let throttle = Throttle::default();
        let day: i64 = (0..86_400)
            .map(|second| {
                let typed = account(10 + u32::from(second % 2 == 0));
                let attempt = throttle.begin(typed, Some(account(1)), Origin::Address(HOME), at(second));
                i64::from(attempt.is_ok_and(|attempt| attempt.is_checked()))
            })
            .sum();
        assert!((192..=28 + 192).contains(&day), "{day}");
    }

    #[test]
    fn right_passwords_of_an_account_are_bounded_wherever_they_come_from() {
        let throttle = Throttle::default();
        let mut place = 0;
        let mut sign_in = |throttle: &Throttle, who: u32, second: i64| {
            place += 1;
            // By both names, from everywhere, on devices old and new.
            let origin = if place % 3 == 0 {
                Origin::KnownDevice(u64::from(place).to_be_bytes())
            } else {
                Origin::Address(network_number(place % 50_000))
            };
            let attempt =
                throttle.begin(account(2 * who + place % 2), Some(account(who)), origin, at(second));
            attempt.map(Attempt::succeeded)
        };
        let at_once = (0..1_000).filter(|_| sign_in(&throttle, 1, 0).is_ok()).count();
        assert_eq!(at_once, 20);
        assert_eq!(sign_in(&throttle, 1, 0), Err(30), "and says when");
        assert_eq!(throttle.has_link(account(1), at(0)), Err(30), "a link is no way around");
        assert_eq!(sign_in(&throttle, 2, 0), Ok(()), "others have their own");
        let day = (1..=86_400).filter(|second| sign_in(&throttle, 1, *second).is_ok()).count();
        assert_eq!(day, 86_400 / 30);
        // It is no failure: nobody is slowed for it elsewhere, and a clock that was ahead is forgiven.
        assert_eq!(sign_in(&throttle, 1, 0), Err(30));
        assert_eq!(sign_in(&throttle, 1, 30), Ok(()));

        let by_link = (0..1_000).filter(|_| throttle.has_link(account(3), at(0)).is_ok()).count();
        assert_eq!(by_link, 20);
        assert_eq!(sign_in(&throttle, 3, 0), Err(30));
        // Who fails uses up none of it.
        for _ in 0..5 {
            assert_eq!(fail(&throttle, 4, HOME, 0), Ok(()));
        }
        assert_eq!((0..30).filter(|_| throttle.has_link(account(4), at(0)).is_ok()).count(), 20);
    }
}
