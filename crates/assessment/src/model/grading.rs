//! What an attempt is worth: a pure function of items and answers, in hundredths of a point.

use kernel::id::ItemId;
use serde::{Deserialize, Serialize};

use super::answers::Answers;
use super::item::{Item, ItemKind};
use super::paper::MultipleRule;

/// What one item earned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemScore {
    pub item: ItemId,
    /// Hundredths of a point.
    pub score: u32,
    pub most: u32,
}

/// Grades every item; what was not answered earns nothing.
pub fn grade(items: &[Item], rule: MultipleRule, answers: &Answers) -> Vec<ItemScore> {
    items
        .iter()
        .map(|item| {
            let chosen = answers.0.get(&item.id).map_or(&[][..], |answer| &answer.chosen);
            ItemScore { item: item.id, score: score(item, rule, chosen), most: most(item) }
        })
        .collect()
}

/// The sum of scores and of what could be had.
pub fn total(scores: &[ItemScore]) -> (u32, u32) {
    scores.iter().fold((0, 0), |(score, most), item| (score + item.score, most + item.most))
}

/// A share in hundredths of a percent, rounded down: 10,000 is everything.
pub fn share(score: u64, most: u64) -> u32 {
    if most == 0 {
        return 0;
    }
    u32::try_from(score.min(most) * 10_000 / most).unwrap_or(10_000)
}

fn most(item: &Item) -> u32 {
    u32::from(item.points) * 100
}

fn score(item: &Item, rule: MultipleRule, chosen: &[String]) -> u32 {
    let hits = chosen.iter().filter(|key| item.right.contains(key)).count();
    let misses = chosen.len() - hits;
    if misses == 0 && hits == item.right.len() {
        return most(item);
    }
    match (item.kind, rule) {
        (ItemKind::Single | ItemKind::TrueFalse, _) | (ItemKind::Multiple, MultipleRule::AllOrNothing) => 0,
        (ItemKind::Multiple, MultipleRule::Partial) => {
            let earned = u32::try_from(hits.saturating_sub(misses)).unwrap_or(0);
            let right = u32::try_from(item.right.len()).unwrap_or(1).max(1);
            most(item) * earned / right
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::answers::Answer;
    use super::super::item::tests::item;
    use super::MultipleRule::{AllOrNothing, Partial};
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        text.chars().map(|key| key.to_string()).collect()
    }

    #[test]
    fn items_earn_by_their_kind_and_rule() {
        let single = item(ItemKind::Single, &["a", "b"], &["b"]);
        let multiple = item(ItemKind::Multiple, &["a", "b", "c", "d"], &["a", "c", "d"]);
        for (item, rule, chosen, expected) in [
            (&single, AllOrNothing, "b", 1000),
            (&single, Partial, "a", 0),
            (&single, Partial, "", 0),
            (&multiple, AllOrNothing, "dca", 1000),
            (&multiple, AllOrNothing, "ac", 0),
            (&multiple, Partial, "ac", 666),
            (&multiple, Partial, "acb", 333),
            (&multiple, Partial, "ab", 0),
            (&multiple, Partial, "b", 0),
            (&multiple, Partial, "abcd", 666),
        ] {
            assert_eq!(score(item, rule, &keys(chosen)), expected, "{rule:?} {chosen}");
        }
    }

    #[test]
    fn share_is_rounded_down_and_bounded() {
        assert_eq!((share(2, 3), share(3, 3), share(5, 3), share(0, 0)), (6666, 10_000, 10_000, 0));
    }

    proptest! {
        #[test]
        fn no_score_leaves_its_bounds_and_order_never_matters(
            chosen in proptest::sample::subsequence(vec!["a", "b", "c", "d"], 0..=4).prop_shuffle(), partial: bool,
        ) {
            let item = item(ItemKind::Multiple, &["a", "b", "c", "d"], &["b", "d"]);
            let rule = if partial { MultipleRule::Partial } else { MultipleRule::AllOrNothing };
            let chosen: Vec<String> = chosen.into_iter().map(str::to_owned).collect();
            let mut sorted = chosen.clone();
            sorted.sort();
            let answers = |chosen| Answers([(item.id, Answer { version: 1, page: String::new(), seq: 1, chosen })].into());
            let graded = grade(std::slice::from_ref(&item), rule, &answers(chosen));
            prop_assert!(graded[0].score <= graded[0].most);
            prop_assert_eq!(graded, grade(std::slice::from_ref(&item), rule, &answers(sorted)));
        }
    }
}
