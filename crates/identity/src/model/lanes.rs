//! Who waits for a password to be hashed? Two lanes, each with an end, that take turns: whoever comes from a device that their account
//! knows does not wait behind a crowd of others.

use std::collections::VecDeque;

/// So many hashes at once keep two cores.
pub const AT_ONCE: usize = 2;
/// So many wait in a lane, each some 25 ms for two: the last of one lane waits 13 s, and 25 s when both are full. A request has 30.
pub const WAITING: usize = 1_000;

/// From where somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// A device or session of theirs, or a link that was given to them.
    Known,
    Anywhere,
}

/// A lane is at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// Those who wait, in the order of their coming.
#[derive(Debug)]
pub struct Lanes<T> {
    known: VecDeque<T>,
    anywhere: VecDeque<T>,
    /// Whose turn it is when both wait.
    known_is_next: bool,
}

impl<T> Default for Lanes<T> {
    fn default() -> Self {
        Self { known: VecDeque::new(), anywhere: VecDeque::new(), known_is_next: true }
    }
}

impl<T> Lanes<T> {
    /// Lines up, unless the lane is full of those who still wait.
    pub fn push(&mut self, lane: Lane, one: T, waits: impl FnMut(&T) -> bool) -> Result<(), Full> {
        let queue = match lane {
            Lane::Known => &mut self.known,
            Lane::Anywhere => &mut self.anywhere,
        };
        if queue.len() >= WAITING {
            queue.retain(waits);
        }
        if queue.len() >= WAITING {
            return Err(Full);
        }
        queue.push_back(one);
        Ok(())
    }

    /// Whose turn it is now.
    pub fn pop(&mut self) -> Option<T> {
        let (first, second) = if self.known_is_next {
            (&mut self.known, &mut self.anywhere)
        } else {
            (&mut self.anywhere, &mut self.known)
        };
        let next = first.pop_front();
        if next.is_some() {
            self.known_is_next = !self.known_is_next;
            return next;
        }
        second.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_take_turns_and_each_keeps_its_order() {
        let mut lanes = Lanes::default();
        for number in 0..4 {
            lanes.push(Lane::Anywhere, ("anywhere", number), |_| true).expect("room");
        }
        assert_eq!(lanes.pop(), Some(("anywhere", 0)), "alone");
        for number in 0..2 {
            lanes.push(Lane::Known, ("known", number), |_| true).expect("room");
        }
        let order: Vec<_> = std::iter::from_fn(|| lanes.pop()).collect();
        let expected = [("known", 0), ("anywhere", 1), ("known", 1), ("anywhere", 2), ("anywhere", 3)];
        assert_eq!(order, expected);
    }

    #[test]
    fn a_full_lane_holds_no_place_for_who_went_away_and_takes_none_of_the_other() {
        let mut lanes = Lanes::default();
        for number in 0..WAITING {
            lanes.push(Lane::Anywhere, number, |_| true).expect("room");
        }
        assert_eq!(lanes.push(Lane::Anywhere, 0, |_| true), Err(Full));
        assert_eq!(lanes.push(Lane::Known, 0, |_| true), Ok(()));
        assert_eq!(lanes.push(Lane::Anywhere, 0, |number| *number != 7), Ok(()), "one went away");
        assert_eq!(lanes.push(Lane::Anywhere, 0, |_| true), Err(Full));
    }
}
