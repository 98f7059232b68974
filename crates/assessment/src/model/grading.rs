//! What an attempt is worth: a pure function of items and answers, exact to the last part of a point.

use kernel::id::ItemId;
use num_rational::BigRational;
use num_traits::{ToPrimitive as _, Zero as _};
use serde::{Deserialize, Serialize};

use super::answers::Answers;
use super::item::{Item, ItemKind};
use super::paper::MultipleRule;

/// Of so many parts a point is made: the least number that 1 to 12 divide, so that an item with up to 12 right answers earns whole parts.
pub const PARTS: u32 = 27_720;

/// A share of what could be had, from 0 to 1, as it is: whatever is made of it is rounded once, at the end.
pub type Share = BigRational;

/// What one item earned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemScore {
    pub item: ItemId,
    /// Parts of a point, as `most`.
    pub score: u32,
    pub most: u32,
}

/// Grades every item; what was not answered earns nothing.
pub fn grade(items: &[Item], rule: MultipleRule, answers: &Answers) -> Vec<ItemScore> {
    items
        .iter()
        .map(|item| {
            let chosen = answers.counted.get(&item.id).map_or(&[][..], |answer| &answer.chosen);
            ItemScore { item: item.id, score: score(item, rule, chosen), most: most(item) }
        })
        .collect()
}

/// The sum of scores and of what could be had.
pub fn total(scores: &[ItemScore]) -> (u32, u32) {
    scores.iter().fold((0, 0), |(score, most), item| (score + item.score, most + item.most))
}

/// Parts of a point as people read them: in hundredths of a point, rounded down as shares are, so that a score reads the same everywhere.
pub fn in_hundredths(parts: u32) -> u32 {
    u32::try_from(u64::from(parts) * 100 / u64::from(PARTS)).unwrap_or(u32::MAX)
}

/// What was earned of what could be had: no more than all of it, and nothing of nothing.
pub fn share(score: u64, most: u64) -> Share {
    if most == 0 {
        return Share::zero();
    }
    Share::new(score.min(most).into(), most.into())
}

/// A share as it is told: in hundredths of a percent, rounded down, so that a mark is read only where it was reached.
pub fn told(share: &Share) -> u32 {
    (share * Share::from_integer(10_000.into())).to_integer().to_u32().unwrap_or(10_000)
}

fn most(item: &Item) -> u32 {
    u32::from(item.points) * PARTS
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
            // Divided first: it leaves no rest.
            most(item) / right * earned
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
            (&single, AllOrNothing, "b", 10 * PARTS),
            (&single, Partial, "a", 0),
            (&single, Partial, "", 0),
            (&multiple, AllOrNothing, "dca", 10 * PARTS),
            (&multiple, AllOrNothing, "ac", 0),
            (&multiple, Partial, "ac", 20 * PARTS / 3),
            (&multiple, Partial, "acb", 10 * PARTS / 3),
            (&multiple, Partial, "ab", 0),
            (&multiple, Partial, "b", 0),
            (&multiple, Partial, "abcd", 20 * PARTS / 3),
        ] {
            assert_eq!(score(item, rule, &keys(chosen)), expected, "{rule:?} {chosen}");
        }
    }

    #[test]
    fn every_number_of_right_answers_divides_a_point() {
        for right in 1..=12 {
            assert_eq!(PARTS % right, 0, "{right}");
        }
        assert_eq!([PARTS / 3, 2 * PARTS / 3, PARTS].map(in_hundredths), [33, 66, 100]);
    }

    #[test]
    fn share_is_bounded_and_told_rounded_down() {
        let shares = [share(2, 3), share(3, 3), share(5, 3), share(0, 0)];
        assert_eq!(shares.each_ref().map(told), [6666, 10_000, 10_000, 0]);
        assert_eq!((&shares[0] + &shares[0] / Share::from_integer(2.into())), share(1, 1));
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
            let answers = |chosen| {
                let answer = Answer { version: 1, page: String::new(), seq: 1, chosen, chosen_at: None, arrived_at: None };
                Answers { counted: [(item.id, answer)].into(), ..Answers::default() }
            };
            let graded = grade(std::slice::from_ref(&item), rule, &answers(chosen));
            prop_assert!(graded[0].score <= graded[0].most);
            prop_assert_eq!(graded, grade(std::slice::from_ref(&item), rule, &answers(sorted)));
        }
    }
}
