//! How much may somebody learn in an hour about people outside their reach? That a number is registered elsewhere has to be said, but
//! not to who asks for number after number. Kept in memory, on the caller's clock.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::Timestamp;
use kernel::id::PersonId;

/// So many times an hour somebody is told of a person elsewhere.
pub const TOLD_AN_HOUR: u32 = 100;
/// So many rosters are checked in an hour.
pub const ROSTERS_AN_HOUR: u32 = 20;
/// So often in an hour the links of rosters are made once more: each time writes thousands of rows, and nobody loses a list so often.
pub const AGAIN_AN_HOUR: u32 = 5;

const HOUR: i64 = 3_600;
/// More askers than this are looked through, and those whose hour is over go.
const MANY: usize = 1_000;

#[derive(Debug, Clone, Copy)]
struct Hour {
    since: i64,
    told: u32,
    rosters: u32,
    again: u32,
    /// A roster was refused when it was to be applied.
    refused: bool,
    /// It is on record that there was no more to learn.
    on_record: bool,
}

/// There is no more to learn in this hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too much was asked about people elsewhere; {seconds} seconds to wait")]
pub struct Enough {
    pub seconds: u32,
}

/// Counts what was told to whom.
#[derive(Default)]
pub struct Probes(Mutex<HashMap<PersonId, Hour>>);

impl Probes {
    /// May they ask about one more person?
    pub fn ask(&self, asker: PersonId, now: Timestamp) -> Result<(), Enough> {
        self.count(asker, now, |hour| hour.told < TOLD_AN_HOUR)
    }

    /// One more list of links in the place of an earlier one.
    pub fn again(&self, asker: PersonId, now: Timestamp) -> Result<(), Enough> {
        self.count(asker, now, |hour| {
            let may = hour.again < AGAIN_AN_HOUR;
            hour.again += u32::from(may);
            may
        })
    }

    /// One more roster.
    pub fn roster(&self, asker: PersonId, now: Timestamp) -> Result<(), Enough> {
        self.count(asker, now, |hour| {
            let may = hour.rosters < ROSTERS_AN_HOUR && hour.told < TOLD_AN_HOUR;
            hour.rosters += u32::from(may);
            may
        })
    }

    /// May one more roster be applied? When the hour holds no more rosters, until the first that is refused: who has sent many is not kept
    /// from applying the last of them.
    pub fn apply(&self, asker: PersonId, now: Timestamp) -> Result<(), Enough> {
        self.count(asker, now, |hour| hour.rosters < ROSTERS_AN_HOUR || !hour.refused)
    }

    /// A roster was not applied: that cost as much as another that is read.
    pub fn not_applied(&self, asker: PersonId, now: Timestamp) {
        // What is counted here is asked for the next time.
        let _ = self.count(asker, now, |hour| {
            hour.rosters = hour.rosters.saturating_add(1);
            hour.refused = true;
            true
        });
    }

    /// Whether it is to be put on record that somebody asked for too much: once in their hour, however often they ask.
    pub fn to_record(&self, asker: PersonId, now: Timestamp) -> bool {
        self.count(asker, now, |hour| !std::mem::replace(&mut hour.on_record, true)).is_ok()
    }

    /// So many people are elsewhere: that is told when all of it may be, or else nothing of it.
    pub fn tell(&self, asker: PersonId, people: u32, now: Timestamp) -> Result<(), Enough> {
        self.count(asker, now, |hour| {
            let may = hour.told.saturating_add(people) <= TOLD_AN_HOUR;
            hour.told += if may { people } else { 0 };
            may
        })
    }

    fn count(
        &self,
        asker: PersonId,
        now: Timestamp,
        may: impl FnOnce(&mut Hour) -> bool,
    ) -> Result<(), Enough> {
        let now = now.seconds();
        let mut hours = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |hour: &Hour| now - hour.since >= HOUR;
        if hours.len() > MANY {
            hours.retain(|_, hour| !is_over(hour));
        }
        let fresh = Hour { since: now, told: 0, rosters: 0, again: 0, refused: false, on_record: false };
        let hour = hours.entry(asker).or_insert(fresh);
        // A clock that was set back meanwhile counts no more than an hour from now.
        hour.since = hour.since.min(now);
        if is_over(hour) {
            *hour = fresh;
        }
        if may(hour) {
            return Ok(());
        }
        Err(Enough { seconds: u32::try_from(hour.since + HOUR - now).unwrap_or(1) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_micros(1_790_000_000_000_000).plus_seconds(second)
    }
    fn person(number: u128) -> PersonId {
        PersonId::from_uuid(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn an_hour_holds_a_hundred_people_and_twenty_rosters() {
        let (probes, asker) = (Probes::default(), person(1));
        for _ in 0..ROSTERS_AN_HOUR {
            assert_eq!(probes.roster(asker, at(0)), Ok(()));
        }
        assert_eq!(probes.roster(asker, at(10)), Err(Enough { seconds: 3_590 }));
        assert_eq!(probes.tell(asker, 60, at(10)), Ok(()));
        assert_eq!(probes.tell(asker, 41, at(10)), Err(Enough { seconds: 3_590 }), "all of it or nothing");
        assert_eq!(probes.tell(asker, 40, at(10)), Ok(()));
        assert_eq!(probes.ask(asker, at(3_599)), Err(Enough { seconds: 1 }));
        assert_eq!(probes.ask(person(2), at(10)), Ok(()), "others have their own");
        assert_eq!(probes.ask(asker, at(3_600)), Ok(()));
        assert_eq!(probes.roster(asker, at(3_600)), Ok(()));
    }

    #[test]
    fn refused_rosters_fill_the_hour_and_who_sent_many_may_still_apply_the_last() {
        let (probes, asker) = (Probes::default(), person(1));
        for _ in 0..ROSTERS_AN_HOUR {
            assert_eq!(probes.roster(asker, at(0)), Ok(()));
        }
        assert_eq!(probes.apply(asker, at(10)), Ok(()));
        probes.not_applied(asker, at(10));
        assert_eq!(probes.apply(asker, at(10)), Err(Enough { seconds: 3_590 }));
        assert_eq!(probes.apply(person(2), at(10)), Ok(()));
        assert_eq!(probes.apply(asker, at(3_600)), Ok(()));
        for _ in 0..ROSTERS_AN_HOUR {
            assert_eq!(probes.apply(asker, at(3_600)), Ok(()));
            probes.not_applied(asker, at(3_600));
        }
        assert_eq!(probes.apply(asker, at(3_600)), Err(Enough { seconds: 3_600 }));
        assert_eq!(probes.roster(asker, at(3_600)), Err(Enough { seconds: 3_600 }), "it is one bound");
    }

    #[test]
    fn an_hour_is_on_record_once() {
        let (probes, asker) = (Probes::default(), person(1));
        assert!(probes.to_record(asker, at(0)));
        assert!(!probes.to_record(asker, at(3_599)));
        assert!(probes.to_record(person(2), at(10)));
        assert!(probes.to_record(asker, at(3_600)));
    }

    /// What was told while the clock was ahead counts as much as the rest once it is right, for an hour and no longer.
    #[test]
    fn an_hour_that_began_while_the_clock_was_ahead_ends_like_any_other() {
        for ahead in [60, 3_600, 60 * 86_400] {
            let (probes, asker) = (Probes::default(), person(1));
            assert_eq!(probes.tell(asker, TOLD_AN_HOUR, at(ahead)), Ok(()));
            assert_eq!(probes.ask(asker, at(0)), Err(Enough { seconds: 3_600 }), "{ahead} s ahead");
            assert_eq!(probes.ask(asker, at(3_599)), Err(Enough { seconds: 1 }), "{ahead} s ahead");
            assert_eq!(probes.ask(asker, at(3_600)), Ok(()), "{ahead} s ahead");
        }
    }

    #[test]
    fn who_asked_long_ago_is_forgotten() {
        let probes = Probes::default();
        for n in 0..5_000 {
            let _ = probes.ask(person(n), at(i64::try_from(n).expect("small") * 10));
        }
        assert!(probes.0.lock().expect("no panic").len() <= MANY + 1);
    }
}
