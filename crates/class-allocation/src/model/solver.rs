//! Who learns with whom: from the admitted and the limits to classes.
//!
//! Behind this face stands a plain method: people in order of their region are cut into classes of equal size, which are
//! then improved by swaps. A finer search may take its place; who asks sees only [`Problem`] and [`Allocation`].

use kernel::id::PersonId;

use super::descent::descend;
use super::objective::{Cost, Table, Weights};
use super::region::Region;
use super::seats::{CAP, balanced_sizes};

/// An admitted person, as far as classes are mixed by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    pub id: PersonId,
    pub region: Region,
    /// Whole years of teaching when the training starts.
    pub years: Option<u16>,
    pub title: Option<String>,
    pub subject: Option<String>,
}

/// Who is to be divided, and how.
#[derive(Debug, Clone)]
pub struct Problem {
    pub learners: Vec<Learner>,
    /// Most learners in a class.
    pub cap: usize,
    pub weights: Weights,
    /// Another seed may find another mix; the same seed never does.
    pub seed: u64,
}

impl Problem {
    pub fn new(learners: Vec<Learner>, seed: u64) -> Self {
        Self { learners, cap: CAP, weights: Weights::DEFAULT, seed }
    }
}

/// The classes: who sits in each, in the order of their seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    pub classes: Vec<Vec<PersonId>>,
}

/// Divides everybody over the fewest classes, of equal size.
///
/// Invariant: the same people, limits and seed give the same classes, whatever the order in which they come.
pub fn allocate(problem: &Problem) -> Allocation {
    let mut learners = problem.learners.clone();
    learners.sort_by(|a, b| (&a.region, a.id).cmp(&(&b.region, b.id)));
    let mut next = 0;
    let mut classes: Vec<Vec<usize>> = Vec::new();
    for size in balanced_sizes(learners.len(), problem.cap) {
        classes.push((next..next + size).collect());
        next += size;
    }
    descend(&Table::new(&learners, problem.weights), &mut classes, problem.seed);
    // Classes in the order of their regions; their learners came out in that order already.
    classes.sort();
    let ids = |class: Vec<usize>| class.into_iter().map(|learner| learners[learner].id).collect();
    Allocation { classes: classes.into_iter().map(ids).collect() }
}

/// What classes cost that somebody made, in any way. People that the problem does not know are left out.
pub fn cost(learners: &[Learner], classes: &[Vec<PersonId>], weights: Weights) -> Cost {
    let index: std::collections::BTreeMap<PersonId, usize> =
        learners.iter().enumerate().map(|(index, learner)| (learner.id, index)).collect();
    let classes: Vec<Vec<usize>> =
        classes.iter().map(|class| class.iter().filter_map(|id| index.get(id).copied()).collect()).collect();
    Table::new(learners, weights).cost(&classes)
}

#[cfg(test)]
pub(crate) mod fixtures {
    use super::*;

    /// A path in which no level is missing.
    fn all_levels(path: &str) -> Region {
        let units: Vec<&str> = path.split('/').filter(|unit| !unit.is_empty()).collect();
        let mut whole = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            whole.push(format!("{at}-{}-{unit}", units[..at].join("-")));
        }
        let slot = |unit: &str| unit.split('-').next().and_then(|at| at.parse().ok());
        Region::along(&format!("/{}/", whole.join("/")), slot)
    }

    pub(crate) fn learner(n: u128, region: &str, years: u16, title: &str, subject: &str) -> Learner {
        Learner {
            id: PersonId::from_uuid(uuid::Uuid::from_u128(n)),
            region: all_levels(region),
            years: Some(years),
            title: Some(title.to_owned()),
            subject: Some(subject.to_owned()),
        }
    }

    /// People who differ in everything, without any order.
    pub(crate) fn crowd(people: u128, salt: u128) -> Vec<Learner> {
        (0..people)
            .map(|n| {
                let mixed = (n + salt) * 7919 % 1009;
                let region = format!("/g/{}/{}/{}/", mixed % 3, mixed % 11, mixed % 29);
                let title = ["", "三级", "二级", "一级", "高级"][usize::try_from(mixed % 5).expect("small")];
                let subject = ["语文", "数学", "英语", "全科"][usize::try_from(mixed % 4).expect("small")];
                learner(n + 1, &region, u16::try_from(mixed % 37).expect("small"), title, subject)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::fixtures::crowd;
    use super::*;

    fn people() -> impl Strategy<Value = Vec<Learner>> {
        (0_u128..130, 0_u128..1000).prop_map(|(people, salt)| crowd(people, salt))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn nobody_is_lost_or_doubled_and_sizes_are_balanced(learners in people(), seed: u64) {
            let allocation = allocate(&Problem::new(learners.clone(), seed));
            let seated: Vec<PersonId> = allocation.classes.iter().flatten().copied().collect();
            let different: BTreeSet<PersonId> = seated.iter().copied().collect();
            prop_assert_eq!(seated.len(), learners.len());
            prop_assert_eq!(different, learners.iter().map(|l| l.id).collect::<BTreeSet<_>>());
            let mut sizes: Vec<usize> = allocation.classes.iter().map(Vec::len).collect();
            sizes.sort_unstable_by(|a, b| b.cmp(a));
            prop_assert!(sizes.iter().all(|size| *size <= CAP));
            prop_assert_eq!(sizes, balanced_sizes(learners.len(), CAP));
        }

        #[test]
        fn order_of_input_does_not_matter(learners in people(), seed: u64, turn: usize) {
            let mut turned = learners.clone();
            turned.reverse();
            let middle = turn % (turned.len() + 1);
            turned.rotate_left(middle);
            prop_assert_eq!(allocate(&Problem::new(learners, seed)), allocate(&Problem::new(turned, seed)));
        }

        #[test]
        fn the_mix_is_never_worse_than_a_cut_by_region(learners in people(), seed: u64) {
            let mut sorted = learners.clone();
            sorted.sort_by(|a, b| (&a.region, a.id).cmp(&(&b.region, b.id)));
            let mut rest = sorted.iter().map(|l| l.id);
            let cut: Vec<Vec<PersonId>> = balanced_sizes(sorted.len(), CAP)
                .into_iter()
                .map(|size| rest.by_ref().take(size).collect())
                .collect();
            let found = allocate(&Problem::new(learners.clone(), seed)).classes;
            prop_assert!(
                cost(&learners, &found, Weights::DEFAULT).total() <= cost(&learners, &cut, Weights::DEFAULT).total()
            );
        }
    }

    #[test]
    fn same_seed_same_classes() {
        let problem = Problem::new(crowd(75, 5), 42);
        assert_eq!(allocate(&problem), allocate(&problem));
    }
}
