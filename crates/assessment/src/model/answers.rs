//! What was chosen so far: each choice carries a number, and a later number wins wherever it arrives.

use std::collections::BTreeMap;

use kernel::id::ItemId;
use serde::{Deserialize, Serialize};

use super::item::Item;

/// The last choice for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Counted by the device, upwards with every choice for this item.
    pub seq: i64,
    pub chosen: Vec<String>,
}

/// All choices of an attempt, by item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<ItemId, Answer>);

/// A choice that belongs to no item of the paper, or to no option of its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strange(pub ItemId);

impl Answers {
    /// Takes in what was sent. An older or equal number changes nothing; one strange answer refuses them all.
    pub fn merge(
        &mut self,
        items: &[Item],
        sent: impl IntoIterator<Item = (ItemId, Answer)>,
    ) -> Result<(), Strange> {
        for (id, answer) in sent {
            let item = items.iter().find(|item| item.id == id).ok_or(Strange(id))?;
            if !item.takes(&answer.chosen) {
                return Err(Strange(id));
            }
            let newer = self.0.get(&id).is_none_or(|stored| stored.seq < answer.seq);
            if newer {
                self.0.insert(id, answer);
            }
        }
        Ok(())
    }

    /// How many items have something chosen.
    pub fn answered(&self) -> usize {
        self.0.values().filter(|answer| !answer.chosen.is_empty()).count()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::item::{ItemKind, tests::item};
    use super::*;

    fn answer(seq: i64, key: &str) -> Answer {
        Answer { seq, chosen: vec![key.to_owned()] }
    }

    #[test]
    fn strange_answers_are_refused() {
        let items = [item(ItemKind::Single, &["a", "b"], &["b"])];
        let mut answers = Answers::default();
        let stranger = ItemId::from_uuid(uuid::Uuid::from_u128(99));
        assert_eq!(answers.merge(&items, [(stranger, answer(1, "a"))]), Err(Strange(stranger)));
        assert_eq!(answers.merge(&items, [(items[0].id, answer(1, "z"))]), Err(Strange(items[0].id)));
    }

    proptest! {
        #[test]
        fn the_last_choice_wins_in_any_order_of_arrival(order in Just((0..6_i64).collect::<Vec<_>>()).prop_shuffle()) {
            let items = [item(ItemKind::Single, &["0", "1", "2", "3", "4", "5"], &["0"])];
            let mut answers = Answers::default();
            for seq in order {
                answers.merge(&items, [(items[0].id, answer(seq, &seq.to_string()))]).expect("a known answer");
            }
            prop_assert_eq!(&answers.0[&items[0].id], &answer(5, "5"));
        }
    }
}
