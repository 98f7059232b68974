//! Names in groups, to be sought by others that look like them.

use std::collections::HashMap;
use std::hash::Hash;

use super::Comparable;

/// Most comparisons for one roster: some tenths of a second. The schools of a county for each of two thousand rows are a fifth of it.
const MOST_COMPARED: usize = 2_000_000;
/// So many are offered for one name.
const MOST_OFFERED: usize = 5;

/// Names in groups, each with what it stands for.
#[derive(Debug)]
pub struct NearNames<K, V> {
    groups: HashMap<K, Vec<(Comparable, V)>>,
    left: usize,
}

impl<K: Hash + Eq, V: Clone> NearNames<K, V> {
    pub fn new() -> Self {
        Self { groups: HashMap::new(), left: MOST_COMPARED }
    }

    pub fn of(names: impl IntoIterator<Item = (K, String, V)>) -> Self {
        let mut near = Self::new();
        for (group, name, value) in names {
            near.add(group, Comparable::of(&name), value);
        }
        near
    }

    pub fn add(&mut self, group: K, name: Comparable, value: V) {
        self.groups.entry(group).or_default().push((name, value));
    }

    /// Those of a group that look like a name, the nearest first. None when too much was asked already: then nobody is asked about the
    /// name, and it can be said all the same which unit it means.
    pub fn like(&mut self, group: &K, sought: &Comparable, may_be: impl Fn(&V) -> bool) -> Vec<V> {
        let Some(names) = self.groups.get(group) else { return Vec::new() };
        let Some(left) = self.left.checked_sub(names.len()) else { return Vec::new() };
        self.left = left;
        let candidates = names.iter().filter(|(_, value)| may_be(value));
        let mut alike: Vec<_> =
            candidates.filter_map(|(name, value)| Some((name.order(sought)?, value))).collect();
        alike.sort_by(|(one, _), (other, _)| one.cmp(other));
        alike.into_iter().take(MOST_OFFERED).map(|(_, value)| value.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(near: &mut NearNames<(), &'static str>, name: &str) -> Vec<&'static str> {
        near.like(&(), &Comparable::of(name), |_| true)
    }

    #[test]
    fn the_nearest_is_offered_first_and_not_without_bound() {
        let names = ["一通渭县北街", "丁通渭县", "通渭县北街", "通谓", "通渭县", "通渭", "定西市"];
        let mut near = NearNames::of(names.map(|name| ((), name.to_owned(), name)));
        assert_eq!(like(&mut near, "通渭县"), ["通渭县", "通渭", "通谓", "丁通渭县", "通渭县北街"]);
        assert_eq!(near.like(&(), &Comparable::of("通渭"), |name| *name == "通谓"), ["通谓"]);
        near.left = 3;
        assert_eq!(like(&mut near, "通渭县"), [""; 0], "too much was asked");
    }
}
