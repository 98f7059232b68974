//! How many people a class takes, and how people are divided evenly over classes.

use std::collections::BTreeSet;

/// A class has at most so many learners; the database refuses one more.
pub const CAP: usize = 20;
/// A class should have at least so many learners, when there are enough.
pub const LEAST: usize = 12;

/// The sizes of the fewest classes that take everybody, as equal as can be; larger ones first.
pub fn balanced_sizes(people: usize, cap: usize) -> Vec<usize> {
    let classes = people.div_ceil(cap.max(1));
    if classes == 0 {
        return Vec::new();
    }
    let (size, larger) = (people / classes, people % classes);
    (0..classes).map(|class| size + usize::from(class < larger)).collect()
}

/// Whether so many people can be divided into classes of at least the least size.
pub fn least_is_possible(people: usize, cap: usize, least: usize) -> bool {
    balanced_sizes(people, cap).last().is_some_and(|smallest| *smallest >= least)
}

/// The lowest seat that is free. A full class gives the seat after its last, which the database refuses.
pub fn free_seat(taken: &BTreeSet<u8>) -> u8 {
    (1..=u8::MAX).find(|seat| !taken.contains(seat)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_equal_to_one() {
        for (people, sizes) in [
            (0, vec![]),
            (5, vec![5]),
            (20, vec![20]),
            (21, vec![11, 10]),
            (60, vec![20, 20, 20]),
            (61, vec![16, 15, 15, 15]),
        ] {
            assert_eq!(balanced_sizes(people, CAP), sizes, "{people}");
        }
    }

    #[test]
    fn least_size_is_missed_only_where_it_must_be() {
        let missed: Vec<usize> = (1..=500).filter(|n| !least_is_possible(*n, CAP, LEAST)).collect();
        assert_eq!(missed, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 21, 22, 23]);
    }

    #[test]
    fn lowest_free_seat_is_taken_first() {
        assert_eq!(free_seat(&BTreeSet::new()), 1);
        assert_eq!(free_seat(&[1, 2, 4].into()), 3);
        assert_eq!(free_seat(&(1..=20).collect()), 21);
    }
}
