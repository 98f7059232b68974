//! Which seat somebody gets: the smallest that is free.

/// Invariant: a training has at most this many seats; the database refuses a larger number.
pub const MOST_SEATS: u16 = 500;

/// The smallest free seat, when one is left. `taken` is sorted.
pub fn smallest_free(taken: &[u16], capacity: u16) -> Option<u16> {
    let capacity = capacity.min(MOST_SEATS);
    // Fewer seats than people can happen only through a smaller capacity; nobody is unseated, nobody is added.
    if taken.len() >= usize::from(capacity) {
        return None;
    }
    let first_gap = (1..).zip(taken).find(|(expected, seat)| expected != *seat).map(|(expected, _)| expected);
    let after_all = u16::try_from(taken.len()).ok()? + 1;
    Some(first_gap.unwrap_or(after_all)).filter(|seat| *seat <= capacity)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn gaps_are_filled_first() {
        assert_eq!(smallest_free(&[], 3), Some(1));
        assert_eq!(smallest_free(&[1, 2], 3), Some(3));
        assert_eq!(smallest_free(&[1, 3], 3), Some(2));
        assert_eq!(smallest_free(&[1, 2, 3], 3), None);
        assert_eq!(smallest_free(&[], 0), None);
    }

    proptest! {
        #[test]
        fn a_seat_is_free_and_within_capacity(
            taken in prop::collection::btree_set(1_u16..=500, 0..500), capacity in 0_u16..=600,
        ) {
            let taken: Vec<u16> = taken.into_iter().collect();
            match smallest_free(&taken, capacity) {
                Some(seat) => {
                    prop_assert!(!taken.contains(&seat) && seat >= 1 && seat <= capacity.min(MOST_SEATS));
                    prop_assert!((1..seat).all(|smaller| taken.contains(&smaller)));
                }
                None => prop_assert!(taken.len() >= usize::from(capacity.min(MOST_SEATS))),
            }
        }
    }
}
