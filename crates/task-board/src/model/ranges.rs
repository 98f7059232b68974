//! Sets of whole numbers as disjoint stretches: which milliseconds were covered, which counters were seen.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Disjoint `[from, to)` stretches in order; neighbours that touch are one. Stored and sent as pairs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// Adds a stretch; how much of it is new.
    pub fn insert(&mut self, from: u32, to: u32) -> u32 {
        if from >= to {
            return 0;
        }
        let touched = self.touched(from, to);
        let mut joined = (from, to);
        let mut fresh = to - from;
        for (start, end) in &self.0[touched.clone()] {
            joined = (joined.0.min(*start), joined.1.max(*end));
            fresh -= to.min(*end) - from.max(*start);
        }
        self.0.splice(touched, [joined]);
        fresh
    }

    /// Whether a stretch would stand alone, as one piece more.
    pub fn stands_alone(&self, from: u32, to: u32) -> bool {
        self.touched(from, to).is_empty()
    }

    /// Those that end before a stretch starts stay beside it, and those that start after it ends; all between become one with it.
    fn touched(&self, from: u32, to: u32) -> Range<usize> {
        let first = self.0.partition_point(|(_, end)| *end < from);
        let last = self.0.partition_point(|(start, _)| *start <= to);
        first..last
    }

    pub fn contains(&self, number: u32) -> bool {
        let after = self.0.partition_point(|(start, _)| *start <= number);
        after > 0 && number < self.0[after - 1].1
    }

    /// How many numbers are in the set.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|(from, to)| u64::from(to - from)).sum()
    }

    /// How many stretches it takes to write it down.
    pub fn pieces(&self) -> usize {
        self.0.len()
    }

    pub fn as_pairs(&self) -> &[(u32, u32)] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn neighbours_become_one() {
        let mut set = Ranges::default();
        assert_eq!(set.insert(10, 20), 10);
        assert_eq!(set.insert(30, 40), 10);
        assert_eq!(set.insert(20, 30), 10);
        assert_eq!(set.as_pairs(), [(10, 40)]);
        assert_eq!(set.insert(15, 45), 5);
        assert_eq!(set.insert(7, 7), 0);
        assert!(set.contains(10) && set.contains(44) && !set.contains(45) && !set.contains(9));
    }

    proptest! {
        #[test]
        fn set_of_stretches_is_the_set_of_their_numbers(
            stretches in proptest::collection::vec((0_u32..60, 0_u32..60), 0..30),
        ) {
            let (mut ranges, mut numbers) = (Ranges::default(), BTreeSet::new());
            for (from, to) in stretches {
                let before = numbers.len();
                let near = from.saturating_sub(1)..=to;
                let is_alone = from < to && !numbers.iter().any(|number| near.contains(number));
                if from < to {
                    prop_assert_eq!(ranges.stands_alone(from, to), is_alone);
                }
                numbers.extend(from..to);
                prop_assert_eq!(usize::try_from(ranges.insert(from, to)), Ok(numbers.len() - before));
            }
            prop_assert_eq!(usize::try_from(ranges.total()), Ok(numbers.len()));
            for number in 0..61 {
                prop_assert_eq!(ranges.contains(number), numbers.contains(&number));
            }
            prop_assert!(ranges.as_pairs().windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }
}
