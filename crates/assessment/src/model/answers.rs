//! What was chosen so far. What arrives later wins, whatever the devices' clocks say; of one page the later choice does.

use std::collections::BTreeMap;

use kernel::id::ItemId;
use serde::{Deserialize, Serialize};

use super::item::Item;

/// A choice as a page sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Names the page that was open: two devices of one person are two.
    pub page: String,
    /// Counted by the page, upwards with every choice.
    pub seq: i64,
    pub chosen: Vec<String>,
}

/// The last choice for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Counted by the server, upwards with every choice that it took for this attempt.
    pub version: i64,
    pub page: String,
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
    /// Takes in what was sent. An older or equal number of the page that chose last changes nothing; one strange answer refuses them
    /// all.
    pub fn merge(
        &mut self,
        items: &[Item],
        sent: impl IntoIterator<Item = (ItemId, Choice)>,
    ) -> Result<(), Strange> {
        let mut version = self.0.values().map(|answer| answer.version).max().unwrap_or(0);
        for (id, Choice { page, seq, chosen }) in sent {
            let item = items.iter().find(|item| item.id == id).ok_or(Strange(id))?;
            if !item.takes(&chosen) {
                return Err(Strange(id));
            }
            if self.0.get(&id).is_none_or(|stored| stored.page != page || stored.seq < seq) {
                version += 1;
                self.0.insert(id, Answer { version, page, seq, chosen });
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

    fn choice(page: &str, seq: i64, key: &str) -> Choice {
        Choice { page: page.to_owned(), seq, chosen: vec![key.to_owned()] }
    }

    #[test]
    fn strange_answers_are_refused() {
        let items = [item(ItemKind::Single, &["a", "b"], &["b"])];
        let mut answers = Answers::default();
        let stranger = ItemId::from_uuid(uuid::Uuid::from_u128(99));
        assert_eq!(answers.merge(&items, [(stranger, choice("p", 1, "a"))]), Err(Strange(stranger)));
        let unknown = [(items[0].id, choice("p", 1, "z"))];
        assert_eq!(answers.merge(&items, unknown), Err(Strange(items[0].id)));
    }

    #[test]
    fn of_two_devices_the_one_that_is_heard_last_wins_whatever_they_count() {
        let items = [item(ItemKind::Single, &["a", "b"], &["b"])];
        // A device whose clock is years ahead, and one that counts from one.
        for (first, second) in [(9_000_000_000_000, 1), (1, 9_000_000_000_000), (1, 1)] {
            let mut answers = Answers::default();
            for (version, choice) in
                [choice("phone", first, "a"), choice("desk", second, "b")].into_iter().enumerate()
            {
                answers.merge(&items, [(items[0].id, choice.clone())]).expect("a known answer");
                let stored = &answers.0[&items[0].id];
                assert_eq!(
                    (&stored.chosen, stored.version),
                    (&choice.chosen, i64::try_from(version).expect("small") + 1)
                );
            }
        }
    }

    proptest! {
        #[test]
        fn the_last_choice_of_a_page_wins_in_any_order_of_arrival(order in Just((0..6_i64).collect::<Vec<_>>()).prop_shuffle()) {
            let items = [item(ItemKind::Single, &["0", "1", "2", "3", "4", "5"], &["0"])];
            let mut answers = Answers::default();
            for seq in order {
                answers.merge(&items, [(items[0].id, choice("p", seq, &seq.to_string()))]).expect("a known answer");
            }
            prop_assert_eq!(&answers.0[&items[0].id].chosen, &["5".to_owned()]);
        }
    }
}
