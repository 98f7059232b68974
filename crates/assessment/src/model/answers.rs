//! What was chosen so far. What arrives later wins, whatever the devices' clocks say; of one page the later choice does.

use std::collections::BTreeMap;

use kernel::id::ItemId;
use serde::{Deserialize, Serialize};

use super::item::Item;

/// A choice as a page sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Names the page that was open: two devices of one person are two.
    pub page: String,
    /// Counted by the page, upwards with every choice.
    pub seq: i64,
    pub chosen: Vec<String>,
}

/// Choices as they came, in their order.
pub type Sent = Vec<(ItemId, Choice)>;

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

/// Whether all of them could be answers to these items; one strange answer refuses them all.
pub fn check(items: &[Item], sent: &[(ItemId, Choice)]) -> Result<(), Strange> {
    let is_known = |(id, choice): &(ItemId, Choice)| {
        items.iter().find(|item| item.id == *id).is_some_and(|item| item.takes(&choice.chosen))
    };
    sent.iter().find(|choice| !is_known(choice)).map_or(Ok(()), |(id, _)| Err(Strange(*id)))
}

/// What came with one save, as a line that is kept behind those before it; nothing where nothing came.
pub fn line(sent: &[(ItemId, Choice)]) -> serde_json::Result<String> {
    if sent.is_empty() { Ok(String::new()) } else { Ok(serde_json::to_string(sent)? + "\n") }
}

impl Answers {
    /// Takes in what came with several saves, each a [`line`], as it was taken in when it came.
    pub fn take_lines(&mut self, lines: &str) -> serde_json::Result<()> {
        for line in lines.lines() {
            self.take(serde_json::from_str(line)?);
        }
        Ok(())
    }

    /// Takes in what was sent. An older or equal number of the page that chose last changes nothing.
    pub fn take(&mut self, sent: Sent) {
        let mut version = self.0.values().map(|answer| answer.version).max().unwrap_or(0);
        for (id, Choice { page, seq, chosen }) in sent {
            if self.0.get(&id).is_none_or(|stored| stored.page != page || stored.seq < seq) {
                version += 1;
                self.0.insert(id, Answer { version, page, seq, chosen });
            }
        }
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
        let stranger = ItemId::from_uuid(uuid::Uuid::from_u128(99));
        let known = (items[0].id, choice("p", 1, "a"));
        assert_eq!(check(&items, std::slice::from_ref(&known)), Ok(()));
        assert_eq!(check(&items, &[known.clone(), (stranger, choice("p", 1, "a"))]), Err(Strange(stranger)));
        let unknown = (items[0].id, choice("p", 1, "z"));
        assert_eq!(check(&items, &[known, unknown]), Err(Strange(items[0].id)));
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
                answers.take(vec![(items[0].id, choice.clone())]);
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
            let item = ItemId::from_uuid(uuid::Uuid::from_u128(6));
            let mut answers = Answers::default();
            for seq in order {
                answers.take(vec![(item, choice("p", seq, &seq.to_string()))]);
            }
            prop_assert_eq!(&answers.0[&item].chosen, &["5".to_owned()]);
        }

        #[test]
        fn lines_say_what_came_with_each_save(
            saves in prop::collection::vec(prop::collection::vec((0..4_u128, "[pq\n\"]", 0..4_i64, "[ab]"), 0..4), 0..8),
            folded in 0..8_usize,
        ) {
            let saves = saves.into_iter().map(|save| save.into_iter().map(|(item, page, seq, key)| {
                (ItemId::from_uuid(uuid::Uuid::from_u128(item)), choice(&page, seq, &key))
            }).collect::<Sent>());
            let (mut at_once, mut later, mut lines) = (Answers::default(), Answers::default(), String::new());
            for (n, save) in saves.enumerate() {
                lines += &line(&save).expect("a line");
                at_once.take(save);
                if n == folded {
                    later.take_lines(&lines).expect("our own lines");
                    lines.clear();
                }
            }
            later.take_lines(&lines).expect("our own lines");
            prop_assert_eq!(at_once, later);
        }
    }
}
