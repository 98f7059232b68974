//! How many new idempotency keys may somebody use in a day? Each leaves its answer for a month, and what was done under it for longer. Kept in
//! memory, on the caller's clock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::Timestamp;
use kernel::id::PersonId;

/// Somebody who watches all day on two devices sends some 7,000 reports; nobody's day has more.
const A_DAY: u32 = 20_000;
const DAY: i64 = 86_400;
/// More people than this are looked through, and those whose day is over go.
const MANY: usize = 20_000;

/// Counts by person. Cheap to clone; the clones count together.
#[derive(Clone)]
pub struct KeyShares {
    most: u32,
    days: Arc<Mutex<HashMap<PersonId, Day>>>,
}

#[derive(Debug, Clone, Copy)]
struct Day {
    since: i64,
    used: u32,
}

impl Default for KeyShares {
    fn default() -> Self {
        Self::of(A_DAY)
    }
}

impl KeyShares {
    pub fn of(most: u32) -> Self {
        Self { most, days: Arc::default() }
    }

    /// One more key; where there is none left, the seconds until there is.
    pub(crate) fn take(&self, person: PersonId, now: Timestamp) -> Result<(), u32> {
        let now = now.seconds();
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |day: &Day| now - day.since >= DAY;
        if days.len() > MANY {
            days.retain(|_, day| !is_over(day));
        }
        let fresh = Day { since: now, used: 0 };
        let day = days.entry(person).or_insert(fresh);
        // A clock that was set back meanwhile counts no more than a day from now.
        day.since = day.since.min(now);
        if is_over(day) {
            *day = fresh;
        }
        if day.used >= self.most {
            return Err(u32::try_from(day.since + DAY - now).unwrap_or(1));
        }
        day.used += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_holds_so_many_keys_of_one_person() {
        let at = |second: i64| Timestamp::from_micros(1_790_000_000_000_000).plus_seconds(second);
        let person = |number: u8| -> PersonId {
            format!("per_01h455vb4pex5vsknk084sn0{number}q").parse().expect("an id")
        };
        let shares = KeyShares::of(2);
        assert_eq!(shares.take(person(1), at(0)), Ok(()));
        assert_eq!(shares.clone().take(person(1), at(10)), Ok(()));
        assert_eq!(shares.take(person(1), at(10)), Err(86_390));
        assert_eq!(shares.take(person(2), at(10)), Ok(()), "others have their own");
        assert_eq!(shares.take(person(1), at(86_399)), Err(1));
        assert_eq!(shares.take(person(1), at(86_400)), Ok(()));
        // Set back by ten days, it holds nobody for longer than a day.
        assert_eq!(shares.take(person(1), at(-864_000)), Ok(()));
        assert_eq!(shares.take(person(1), at(-864_000)), Err(86_400));
    }
}
