//! Which names may well mean one unit: `甘谷县石滩川镇中心小学` and `石滩川镇中心小学`, `通渭` and `通渭县`.

use std::collections::HashMap;

/// What says of which kind a unit is, and not which one it is.
const KINDS: [&str; 21] = [
    "九年制学校",
    "中心小学",
    "中心学校",
    "完全小学",
    "教学点",
    "中心校",
    "自治县",
    "自治州",
    "自治区",
    "学区",
    "小学",
    "学校",
    "完小",
    "地区",
    "省",
    "市",
    "州",
    "县",
    "区",
    "乡",
    "镇",
];
/// A shorter rest could stand in anything.
const SHORTEST: usize = 2;

/// A name with what is compared of it.
#[derive(Debug, Clone)]
pub struct Comparable<'a> {
    whole: &'a str,
    core: &'a str,
}

impl<'a> Comparable<'a> {
    pub fn of(name: &'a str) -> Self {
        Self { whole: name, core: core(name) }
    }

    pub fn looks_like(&self, other: &Self) -> bool {
        self.whole.contains(other.whole)
            || other.whole.contains(self.whole)
            || self.core.contains(other.core)
            || other.core.contains(self.core)
    }
}

/// Whether two names at one place may well mean one unit.
pub fn looks_alike(one: &str, other: &str) -> bool {
    Comparable::of(one).looks_like(&Comparable::of(other))
}

/// The name without what follows in brackets, and without its kind.
fn core(name: &str) -> &str {
    let is_enough = |rest: &str| rest.chars().count() >= SHORTEST;
    let mut core = name.split('（').next().filter(|rest| is_enough(rest)).unwrap_or(name);
    while let Some(rest) =
        KINDS.iter().find_map(|kind| core.strip_suffix(kind)).filter(|rest| is_enough(rest))
    {
        core = rest;
    }
    core
}

/// Most comparisons for one roster: a tenth of a second. The schools of a county for each of two thousand rows are a fifth of it.
const MOST_COMPARED: usize = 2_000_000;
/// So many are offered for one name.
const MOST_OFFERED: usize = 5;

/// Names that stand, in groups, to be sought by others that look like them.
#[derive(Debug)]
pub struct NearNames<K, V> {
    groups: HashMap<K, Vec<(String, V)>>,
    left: usize,
}

impl<K: std::hash::Hash + Eq, V: Clone> NearNames<K, V> {
    pub fn of(names: impl IntoIterator<Item = (K, String, V)>) -> Self {
        let mut groups: HashMap<K, Vec<(String, V)>> = HashMap::new();
        for (group, name, value) in names {
            groups.entry(group).or_default().push((name, value));
        }
        Self { groups, left: MOST_COMPARED }
    }

    /// Those of a group that look like a name, the very same before the others. None when too much was asked already.
    pub fn like(&mut self, group: &K, name: &str) -> Vec<V> {
        let Some(names) = self.groups.get(group) else { return Vec::new() };
        let Some(left) = self.left.checked_sub(names.len()) else { return Vec::new() };
        self.left = left;
        let sought = Comparable::of(name);
        let alike = names.iter().filter(|(name, _)| Comparable::of(name).looks_like(&sought));
        let (mut same, others): (Vec<_>, Vec<_>) = alike.partition(|(found, _)| found == name);
        same.extend(others);
        same.into_iter().take(MOST_OFFERED).map(|(_, value)| value.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_unit_look_alike() {
        for (one, other, alike) in [
            ("甘谷县石滩川镇中心小学", "石滩川镇中心小学", true),
            ("石滩川镇中心小学（新）", "石滩川镇中心小学", true),
            ("石滩川乡中心学校", "石滩川镇中心小学", true),
            ("石滩川学区", "甘谷县石滩川镇中心校", true),
            ("中心小学", "石滩川镇中心小学", true),
            ("甘肃", "甘肃省", true),
            ("通渭", "通渭县", true),
            ("安定县", "安定区", true),
            ("临夏州", "临夏自治州", true),
            ("石滩川镇中心小学", "上沟川镇中心小学", false),
            ("第一小学", "第二小学", false),
            ("柳树坪教学点", "杏树湾教学点", false),
            ("城区", "郊区", false),
        ] {
            assert_eq!((looks_alike(one, other), looks_alike(other, one)), (alike, alike), "{one} {other}");
        }
    }

    #[test]
    fn the_same_name_is_offered_first_and_not_without_bound() {
        let names = ["通渭县北街", "通渭县", "通渭", "定西市"].map(|name| ((), name.to_owned(), name));
        let mut near = NearNames::of(names);
        assert_eq!(near.like(&(), "通渭县"), ["通渭县", "通渭县北街", "通渭"]);
        near.left = 3;
        assert_eq!(near.like(&(), "通渭县"), [""; 0], "too much was asked");
    }
}
