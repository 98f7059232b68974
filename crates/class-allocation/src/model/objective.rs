//! How well classes are mixed, in whole numbers: the lower the better.
//!
//! *Cluster* wants alike people together and counts how different two people of one class are (12 is "completely");
//! *spread* wants every class to have its fair share and counts by how much it has too many or too few.
//! Every term is a function of how many people of a class share a feature, so a swap is judged by counts alone.

use std::collections::BTreeMap;

use serde::Serialize;

use super::solver::Learner;

/// What one attribute is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// Cluster: near people together.
    pub region: i64,
    /// Spread: young and experienced teachers in every class.
    pub years: i64,
    /// Spread: professional titles in every class.
    pub title: i64,
    /// Cluster: people of one subject together.
    pub subject: i64,
}

impl Weights {
    pub const DEFAULT: Self = Self { region: 5, years: 3, title: 2, subject: 2 };
}

/// The objective, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, utoipa::ToSchema)]
#[schema(as = AllocationCost)]
pub struct Cost {
    pub region: i64,
    pub years: i64,
    pub title: i64,
    pub subject: i64,
}

impl Cost {
    pub const fn total(self) -> i64 {
        self.region + self.years + self.title + self.subject
    }
}

/// Two people who differ in everything.
const COMPLETELY: i64 = 12;
/// What a person too many or too few costs: as much as being different from half of a full class.
const MISPLACED: i64 = COMPLETELY * 10;
/// What it means to come from another province, city, county, central school; together "completely".
const LEVEL_POINTS: [i64; 4] = [2, 3, 6, 1];
/// Every learner has one feature in each slot: four levels of region, years, title, subject.
pub(crate) const SLOTS: usize = 7;
const YEARS: usize = 4;
const TITLE: usize = 5;

/// Which features each learner has, and how many people have each.
pub(crate) struct Table {
    /// The features of each learner, by slot.
    pub of: Vec<[usize; SLOTS]>,
    features: Vec<Feature>,
    weights: Weights,
    people: i64,
}

struct Feature {
    slot: usize,
    people: i64,
}

impl Table {
    pub fn new(learners: &[Learner], weights: Weights) -> Self {
        let mut known: BTreeMap<(usize, String), usize> = BTreeMap::new();
        let mut features: Vec<Feature> = Vec::new();
        let mut of = Vec::with_capacity(learners.len());
        for learner in learners {
            let mut row = [0; SLOTS];
            for (slot, value) in values(learner).into_iter().enumerate() {
                let index = *known.entry((slot, value)).or_insert_with(|| {
                    features.push(Feature { slot, people: 0 });
                    features.len() - 1
                });
                features[index].people += 1;
                row[slot] = index;
            }
            of.push(row);
        }
        Self { of, features, weights, people: whole(learners.len()) }
    }

    pub fn features(&self) -> usize {
        self.features.len()
    }

    /// What it costs that `count` of a class of `size` people share a feature. Cluster terms are rewards, so below zero.
    pub fn term(&self, feature: usize, count: i64, size: i64) -> i64 {
        let Feature { slot, people } = self.features[feature];
        match slot {
            YEARS => self.weights.years * MISPLACED * triangle(self.unfairness(people, count, size)),
            TITLE => self.weights.title * MISPLACED * triangle(self.unfairness(people, count, size)),
            _ => -self.cluster_points(slot) * pairs(count),
        }
    }

    /// The whole objective of these classes, given as indices of learners.
    pub fn cost(&self, classes: &[Vec<usize>]) -> Cost {
        let mut cost = Cost::default();
        for class in classes {
            let size = whole(class.len());
            let mut counts = vec![0; self.features()];
            for learner in class {
                for feature in self.of[*learner] {
                    counts[feature] += 1;
                }
            }
            for slot in 0..SLOTS {
                if slot != YEARS && slot != TITLE {
                    *part(&mut cost, slot) += self.cluster_points(slot) * pairs(size);
                }
            }
            for (feature, count) in counts.into_iter().enumerate() {
                *part(&mut cost, self.features[feature].slot) += self.term(feature, count, size);
            }
        }
        cost
    }

    fn cluster_points(&self, slot: usize) -> i64 {
        LEVEL_POINTS
            .get(slot)
            .map_or(self.weights.subject * COMPLETELY, |points| self.weights.region * points)
    }

    /// How many people a class has beyond its fair share rounded up, or below it rounded down.
    fn unfairness(&self, people: i64, count: i64, size: i64) -> i64 {
        let share = size * people;
        let (low, high) = (share / self.people, (share + self.people - 1) / self.people);
        (count - high).max(low - count).max(0)
    }
}

fn part(cost: &mut Cost, slot: usize) -> &mut i64 {
    match slot {
        YEARS => &mut cost.years,
        TITLE => &mut cost.title,
        _ if slot < LEVEL_POINTS.len() => &mut cost.region,
        _ => &mut cost.subject,
    }
}

/// What is not known is a value of its own, alike with itself.
fn values(learner: &Learner) -> [String; SLOTS] {
    let [province, city, county, school] = learner.region.units();
    [
        province,
        city,
        county,
        school,
        learner.years.map(|years| band(years).to_string()).unwrap_or_default(),
        learner.title.clone().unwrap_or_default(),
        learner.subject.clone().unwrap_or_default(),
    ]
}

/// Years of teaching in four bands: new, growing, experienced, veteran.
const fn band(years: u16) -> u8 {
    match years {
        0..=3 => 0,
        4..=9 => 1,
        10..=19 => 2,
        _ => 3,
    }
}

const fn pairs(count: i64) -> i64 {
    count * (count - 1) / 2
}
const fn triangle(count: i64) -> i64 {
    count * (count + 1) / 2
}

/// A count of people as a whole number of the objective.
pub(crate) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::region::Region;
    use crate::model::solver::fixtures::learner;

    fn cost(people: &[(&str, u16, &str, &str)], classes: &[Vec<usize>]) -> Cost {
        let learners: Vec<_> = people
            .iter()
            .zip(1..)
            .map(|((region, years, title, subject), n)| learner(n, region, *years, title, subject))
            .collect();
        Table::new(&learners, Weights::DEFAULT).cost(classes)
    }

    #[test]
    fn near_people_cost_less_together() {
        let people = [
            ("/g/l/a/x/", 1, "一级", "语文"),
            ("/g/l/a/y/", 1, "一级", "语文"),
            ("/g/l/b/x/", 1, "一级", "语文"),
            ("/g/l/b/y/", 1, "一级", "语文"),
        ];
        let together = cost(&people, &[vec![0, 1], vec![2, 3]]);
        let apart = cost(&people, &[vec![0, 2], vec![1, 3]]);
        // Two pairs from other schools, or two pairs from other counties and schools.
        assert_eq!((together.region, apart.region), (5 * 2, 5 * 2 * (6 + 1)));
        assert_eq!((together.years, together.title, together.subject), (0, 0, 0));
    }

    #[test]
    fn counties_without_a_city_above_are_counties() {
        // Two teachers of one county of a municipality, from two schools: near, though their paths have no city.
        let of = |path: &str, n| {
            let slot = |unit: &str| ["p", "c", "x", "s"].iter().position(|level| unit.starts_with(level));
            let mut learner = learner(n, "", 1, "一级", "语文");
            learner.region = Region::along(path, slot);
            learner
        };
        let cost = |one: &str, other: &str| {
            Table::new(&[of(one, 1), of(other, 2)], Weights::DEFAULT).cost(&[vec![0, 1]]).region
        };
        assert_eq!(cost("/p1/x1/s1/", "/p1/x1/s2/"), 5, "another school alone");
        assert_eq!(cost("/p1/x1/s1/", "/p1/x2/s2/"), 5 * (6 + 1), "another county too, and no city");
        assert_eq!(cost("/p1/c1/x1/s1/", "/p1/c2/x2/s2/"), 5 * (3 + 6 + 1));
    }

    #[test]
    fn veterans_cost_less_spread() {
        let people = [
            ("/g/", 25, "高级", "语文"),
            ("/g/", 25, "高级", "语文"),
            ("/g/", 1, "一级", "数学"),
            ("/g/", 1, "一级", "数学"),
        ];
        let spread = cost(&people, &[vec![0, 2], vec![1, 3]]);
        let heaped = cost(&people, &[vec![0, 1], vec![2, 3]]);
        assert_eq!((spread.years, spread.title, spread.subject), (0, 0, 2 * 2 * 12));
        // Each class has one too many of one kind and one too few of the other.
        assert_eq!((heaped.years, heaped.title, heaped.subject), (3 * 120 * 4, 2 * 120 * 4, 0));
    }
}
