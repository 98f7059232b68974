//! How a work is judged: criteria, each with levels and their points.

use std::collections::BTreeMap;

use kernel::id::RubricId;
use serde::{Deserialize, Serialize};

use super::work::WorkKind;

/// A rubric; it never changes once it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    pub id: RubricId,
    pub work_kind: WorkKind,
    pub title: String,
    /// May be empty.
    pub title_en: String,
    pub criteria: Vec<Criterion>,
}

/// One thing that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub key: String,
    pub title: String,
    pub levels: Vec<Level>,
}

/// How well it may be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub key: String,
    pub title: String,
    pub points: u16,
}

/// Which level was chosen for which criterion.
pub type Levels = BTreeMap<String, String>;

/// What a reviewer writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub levels: Levels,
    pub comment: String,
}

/// What keeps a rubric from being used, or a choice of levels from counting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RubricGap {
    KeyTwice,
    /// No level of it is worth anything.
    NothingToEarn,
    NoSuchCriterion(String),
    NoSuchLevel(String),
    /// Criteria without a chosen level.
    Unjudged(Vec<String>),
}

/// The most that the criteria give, in hundredths of a point.
pub fn most(criteria: &[Criterion]) -> u32 {
    criteria
        .iter()
        .map(|c| c.levels.iter().map(|level| u32::from(level.points)).max().unwrap_or(0) * 100)
        .sum()
}

/// What is wrong with the criteria, if anything.
pub fn gap(criteria: &[Criterion]) -> Option<RubricGap> {
    let twice = |mut keys: Vec<&str>| {
        keys.sort_unstable();
        keys.windows(2).any(|pair| pair[0] == pair[1])
    };
    if twice(criteria.iter().map(|c| c.key.as_str()).collect())
        || criteria.iter().any(|c| twice(c.levels.iter().map(|level| level.key.as_str()).collect()))
    {
        return Some(RubricGap::KeyTwice);
    }
    (most(criteria) == 0).then_some(RubricGap::NothingToEarn)
}

/// Refuses levels that the criteria do not have; a draft may leave some out.
pub fn check(criteria: &[Criterion], levels: &Levels) -> Result<(), RubricGap> {
    for (criterion, level) in levels {
        let found = criteria.iter().find(|c| c.key == *criterion);
        let found = found.ok_or_else(|| RubricGap::NoSuchCriterion(criterion.clone()))?;
        if !found.levels.iter().any(|l| l.key == *level) {
            return Err(RubricGap::NoSuchLevel(criterion.clone()));
        }
    }
    Ok(())
}

/// The points of chosen levels, in hundredths; every criterion must have one.
pub fn points(criteria: &[Criterion], levels: &Levels) -> Result<u32, RubricGap> {
    check(criteria, levels)?;
    let unjudged: Vec<String> =
        criteria.iter().filter(|c| !levels.contains_key(&c.key)).map(|c| c.key.clone()).collect();
    if !unjudged.is_empty() {
        return Err(RubricGap::Unjudged(unjudged));
    }
    let chosen = |c: &Criterion| {
        c.levels.iter().find(|level| levels.get(&c.key) == Some(&level.key)).map_or(0, |level| level.points)
    };
    Ok(criteria.iter().map(|c| u32::from(chosen(c)) * 100).sum())
}

#[cfg(test)]
mod tests {
    use super::super::default_rubrics;
    use super::*;

    fn levels(pairs: &[(&str, &str)]) -> Levels {
        pairs.iter().map(|(c, l)| ((*c).to_owned(), (*l).to_owned())).collect()
    }

    #[test]
    fn points_are_those_of_the_chosen_levels() {
        let rubric = default_rubrics::of(WorkKind::Reflection);
        let criteria = &rubric.criteria;
        assert_eq!(most(criteria), 3000);
        let judged = levels(&[("event", "a"), ("think", "b"), ("next", "c")]);
        assert_eq!(points(criteria, &judged), Ok(2200));
        let partly = levels(&[("event", "a")]);
        assert_eq!(check(criteria, &partly), Ok(()));
        assert_eq!(
            points(criteria, &partly),
            Err(RubricGap::Unjudged(vec!["think".to_owned(), "next".to_owned()]))
        );
        assert_eq!(
            check(criteria, &levels(&[("event", "z")])),
            Err(RubricGap::NoSuchLevel("event".to_owned()))
        );
        assert_eq!(check(criteria, &levels(&[("x", "a")])), Err(RubricGap::NoSuchCriterion("x".to_owned())));
    }

    #[test]
    fn defaults_are_sound() {
        for kind in [WorkKind::Assignment, WorkKind::Reflection] {
            let rubric = default_rubrics::of(kind);
            assert_eq!((rubric.work_kind, gap(&rubric.criteria)), (kind, None));
            assert_eq!(default_rubrics::find(rubric.id).as_ref(), Some(&rubric));
        }
        assert_eq!(most(&default_rubrics::of(WorkKind::Assignment).criteria), 10_000);
    }
}
