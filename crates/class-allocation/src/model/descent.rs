//! Swapping two people of two classes as long as that makes the mix better.

use super::objective::{SLOTS, Table, whole};

/// More rounds than any mix needs; it ends the search whatever happens.
const MOST_ROUNDS: usize = 100;

/// Improves classes (indices of learners) until no swap of two people does; sizes stay as they are.
/// The seed decides in which order swaps are tried, and so which of several good mixes is found.
pub(crate) fn descend(table: &Table, classes: &mut [Vec<usize>], seed: u64) {
    let mut state = State::new(table, classes);
    let mut order: Vec<usize> = (0..table.of.len()).collect();
    shuffle(&mut order, seed);
    for _ in 0..MOST_ROUNDS {
        let mut better = false;
        for (position, &one) in order.iter().enumerate() {
            for &other in &order[position + 1..] {
                if state.class_of[one] != state.class_of[other] && state.gain(one, other) < 0 {
                    state.swap(one, other);
                    better = true;
                }
            }
        }
        if !better {
            break;
        }
    }
    for class in classes.iter_mut() {
        class.clear();
    }
    for (learner, class) in state.class_of.into_iter().enumerate() {
        classes[class].push(learner);
    }
}

struct State<'a> {
    table: &'a Table,
    class_of: Vec<usize>,
    sizes: Vec<i64>,
    /// How many people of a class have a feature.
    counts: Vec<Vec<i64>>,
}

impl<'a> State<'a> {
    fn new(table: &'a Table, classes: &[Vec<usize>]) -> Self {
        let mut class_of = vec![0; table.of.len()];
        let mut counts = vec![vec![0; table.features()]; classes.len()];
        for (class, learners) in classes.iter().enumerate() {
            for &learner in learners {
                class_of[learner] = class;
                for feature in table.of[learner] {
                    counts[class][feature] += 1;
                }
            }
        }
        let sizes = classes.iter().map(|class| whole(class.len())).collect();
        Self { table, class_of, sizes, counts }
    }

    /// By how much the cost changes when two people change places.
    fn gain(&self, one: usize, other: usize) -> i64 {
        let (from, to) = (self.class_of[one], self.class_of[other]);
        let mut change = 0;
        for slot in 0..SLOTS {
            let (leaves, comes) = (self.table.of[one][slot], self.table.of[other][slot]);
            if leaves != comes {
                change += self.step(from, leaves, -1) + self.step(to, leaves, 1);
                change += self.step(from, comes, 1) + self.step(to, comes, -1);
            }
        }
        change
    }

    fn step(&self, class: usize, feature: usize, by: i64) -> i64 {
        let (count, size) = (self.counts[class][feature], self.sizes[class]);
        self.table.term(feature, count + by, size) - self.table.term(feature, count, size)
    }

    fn swap(&mut self, one: usize, other: usize) {
        let (from, to) = (self.class_of[one], self.class_of[other]);
        for slot in 0..SLOTS {
            let (leaves, comes) = (self.table.of[one][slot], self.table.of[other][slot]);
            self.counts[from][leaves] -= 1;
            self.counts[to][leaves] += 1;
            self.counts[to][comes] -= 1;
            self.counts[from][comes] += 1;
        }
        self.class_of.swap(one, other);
    }
}

/// Fisher and Yates, with a generator of our own (SplitMix64) whose numbers never change with a library.
fn shuffle(items: &mut [usize], seed: u64) {
    let mut state = seed;
    for last in (1..items.len()).rev() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let bound = u64::try_from(last + 1).unwrap_or(u64::MAX);
        items.swap(last, usize::try_from(mixed % bound).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::objective::Weights;
    use crate::model::solver::fixtures::crowd;

    #[test]
    fn a_judged_swap_changes_the_cost_by_just_that() {
        let learners = crowd(30, 3);
        let table = Table::new(&learners, Weights::DEFAULT);
        let classes: Vec<Vec<usize>> = vec![(0..15).collect(), (15..30).collect()];
        let before = table.cost(&classes).total();
        for one in 0..15 {
            for other in 15..30 {
                let judged = State::new(&table, &classes).gain(one, other);
                let mut swapped = classes.clone();
                swapped[0][one] = other;
                swapped[1][other - 15] = one;
                assert_eq!(table.cost(&swapped).total() - before, judged, "{one} and {other}");
            }
        }
    }

    #[test]
    fn nothing_is_left_to_swap() {
        let learners = crowd(45, 8);
        let table = Table::new(&learners, Weights::DEFAULT);
        let mut classes: Vec<Vec<usize>> = vec![(0..15).collect(), (15..30).collect(), (30..45).collect()];
        let before = table.cost(&classes).total();
        descend(&table, &mut classes, 1);
        assert!(table.cost(&classes).total() < before);
        let state = State::new(&table, &classes);
        for one in 0..45 {
            for other in 0..45 {
                assert!(
                    state.class_of[one] == state.class_of[other] || state.gain(one, other) >= 0,
                    "{one} and {other}"
                );
            }
        }
    }
}
