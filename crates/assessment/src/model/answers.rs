//! What was chosen so far. What arrives later wins, whatever the devices' clocks say; of one page the later choice does, and of what
//! arrives after the deadline the one that was chosen later. What counts is told from what does not, which is kept beside it.

use std::collections::BTreeMap;

use kernel::Timestamp;
use kernel::id::ItemId;
use serde::{Deserialize, Serialize};

use super::item::Item;
use super::paper::{Span, counts, takes_answers};
use storage::words;

/// A choice as a page sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Names the page that was open: two devices of one person are two.
    pub page: String,
    /// Counted by the page, upwards with every choice.
    pub seq: i64,
    pub chosen: Vec<String>,
    /// When it was chosen, by the server's clock as the page knew it. It is asked only of what arrives after the deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen_at: Option<Timestamp>,
}

/// Choices as they came, in their order.
pub type Sent = Vec<(ItemId, Choice)>;

/// The last choice for an item that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Counted by the server, upwards with every choice that it took for this attempt.
    pub version: i64,
    pub page: String,
    pub seq: i64,
    pub chosen: Vec<String>,
    /// By its page's word, and never later than it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen_at: Option<Timestamp>,
    /// When it arrived, if it was chosen in time and arrived after the deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived_at: Option<Timestamp>,
}

words! {
    /// Why a choice came too late to count.
    pub enum WhyLate {
        /// It was chosen after the deadline, or was more than a day on its way.
        TooLate = "too_late",
        /// The attempt had been handed in when it came.
        HandedIn = "handed_in",
        /// After the deadline, and another device had chosen later than this one.
        Older = "older",
    }
}

/// The last choice for an item that came too late to count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateAnswer {
    pub why: WhyLate,
    pub page: String,
    pub seq: i64,
    pub chosen: Vec<String>,
    /// None: the page did not say.
    pub chosen_at: Option<Timestamp>,
    pub arrived_at: Timestamp,
}

/// All choices of an attempt, by item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// What is graded.
    pub counted: BTreeMap<ItemId, Answer>,
    /// What is shown beside it.
    pub late: BTreeMap<ItemId, LateAnswer>,
}

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

/// What arrived with one save at `at`, as a line that is kept behind those before it; nothing where nothing came.
pub fn line(sent: &[(ItemId, Choice)], at: Timestamp) -> serde_json::Result<String> {
    if sent.is_empty() { Ok(String::new()) } else { Ok(serde_json::to_string(&(at, sent))? + "\n") }
}

/// No page counts so far: such a number is a clock's, and orders nothing.
const MOST_COUNTED: i64 = 1_000_000_000;

/// Whether a choice comes behind what a page had chosen: of one page by its count, else as it arrived.
fn is_later(page: &str, seq: i64, stored_page: &str, stored_seq: i64) -> bool {
    page != stored_page || stored_seq < seq || (stored_seq >= MOST_COUNTED && seq != stored_seq)
}

/// Why a choice that comes behind what its page had chosen does not count, if it does not. `stored` is what counts so far.
fn why_late(
    choice: &Choice,
    stored: Option<&Answer>,
    (at, is_after_deadline): (Timestamp, bool),
    Taking { span, is_handed_in }: Taking,
    told: Option<Timestamp>,
) -> Option<WhyLate> {
    let others = stored.filter(|stored| is_after_deadline && stored.page != choice.page);
    if !counts(choice.chosen_at, at, span, told) {
        Some(WhyLate::TooLate)
    } else if is_handed_in {
        Some(WhyLate::HandedIn)
    } else if others.is_some_and(|stored| choice.chosen_at <= stored.chosen_at) {
        // On the device that was heard in time somebody chose this item after that: it is what they saw last.
        Some(WhyLate::Older)
    } else {
        None
    }
}

/// What an attempt takes answers by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taking {
    pub span: Span,
    /// It is final: what comes is kept, and changes nothing that counts.
    pub is_handed_in: bool,
}

impl Answers {
    /// Takes in what came with several saves, each a [`line`], as it was taken in when it came.
    pub fn take_lines(&mut self, lines: &str, to: Taking) -> serde_json::Result<()> {
        for line in lines.lines() {
            let (at, sent) = serde_json::from_str(line)?;
            self.take(sent, at, to);
        }
        Ok(())
    }

    /// Takes in what arrived at `at`. An older or equal number of the page that chose last changes nothing.
    pub fn take(&mut self, sent: Sent, at: Timestamp, to: Taking) {
        let told = self.told();
        let mut version = self.counted.values().map(|answer| answer.version).max().unwrap_or(0);
        let arrived_at = (!takes_answers(at, to.span.deadline)).then_some(at);
        for (id, choice) in sent {
            let stored = self.counted.get(&id);
            if stored.is_some_and(|stored| !is_later(&choice.page, choice.seq, &stored.page, stored.seq)) {
                continue;
            }
            let told = told.get(&choice.page).copied();
            if let Some(why) = why_late(&choice, stored, (at, arrived_at.is_some()), to, told) {
                self.keep(id, choice, why, at);
            } else {
                version += 1;
                let Choice { page, seq, chosen, chosen_at } = choice;
                let chosen_at = chosen_at.map(|chosen_at| chosen_at.min(at));
                self.counted.insert(id, Answer { version, page, seq, chosen, chosen_at, arrived_at });
            }
        }
    }

    /// Beside what counts. What says the same as that is no news.
    fn keep(&mut self, id: ItemId, choice: Choice, why: WhyLate, arrived_at: Timestamp) {
        let Choice { page, seq, chosen, chosen_at } = choice;
        let is_news = self.counted.get(&id).is_none_or(|stored| stored.chosen != chosen);
        let kept = self.late.get(&id);
        if is_news && kept.is_none_or(|kept| is_later(&page, seq, &kept.page, kept.seq)) {
            self.late.insert(id, LateAnswer { why, page, seq, chosen, chosen_at, arrived_at });
        }
    }

    /// The latest choice that each page has told of.
    fn told(&self) -> BTreeMap<String, Timestamp> {
        let counted = self.counted.values().map(|answer| (&answer.page, answer.chosen_at));
        let no_later = |answer: &LateAnswer| answer.chosen_at.map(|at| at.min(answer.arrived_at));
        let late = self.late.values().map(|answer| (&answer.page, no_later(answer)));
        let mut told = BTreeMap::new();
        for (page, chosen_at) in counted.chain(late) {
            if let Some(at) = chosen_at {
                let last = told.entry(page.clone()).or_insert(at);
                *last = at.max(*last);
            }
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::item::{ItemKind, tests::item};
    use super::*;

    fn choice(page: &str, seq: i64, key: &str) -> Choice {
        Choice { page: page.to_owned(), seq, chosen: vec![key.to_owned()], chosen_at: None }
    }

    const SPAN: Span =
        Span { began: Timestamp::from_micros(0), deadline: Timestamp::from_micros(600_000_000) };
    const OPEN: Taking = Taking { span: SPAN, is_handed_in: false };
    const HANDED_IN: Taking = Taking { span: SPAN, is_handed_in: true };

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(0).plus_seconds(seconds)
    }

    #[test]
    fn what_was_chosen_in_time_counts_when_it_arrives_late_and_nothing_else_does() {
        let id = ItemId::from_uuid(uuid::Uuid::from_u128(7));
        let day = 86_400;
        for (chosen_at, arrived, does_count, is_marked) in [
            (None, 599, true, false),
            (Some(9_999), 604, true, false),
            (None, 605, false, false),
            (Some(599), 605, true, true),
            (Some(600), 605, false, false),
            (Some(599), 600 + day - 1, true, true),
            (Some(599), 600 + day, false, false),
        ] {
            let mut answers = Answers::default();
            let choice = Choice { chosen_at: chosen_at.map(at), ..choice("p", 1, "a") };
            answers.take(vec![(id, choice)], at(arrived), OPEN);
            let counted = answers.counted.get(&id);
            assert_eq!(
                (
                    counted.is_some(),
                    answers.late.contains_key(&id),
                    counted.is_some_and(|c| c.arrived_at.is_some())
                ),
                (does_count, !does_count, is_marked),
                "{chosen_at:?} {arrived}"
            );
        }
    }

    #[test]
    fn a_number_that_is_a_clocks_orders_nothing() {
        let item = ItemId::from_uuid(uuid::Uuid::from_u128(6));
        for second in [1_790_000_000_000, 1] {
            let mut answers = Answers::default();
            answers.take(vec![(item, choice("", 9_999_999_999_999, "a"))], at(1), OPEN);
            answers.take(vec![(item, choice("", second, "b"))], at(2), OPEN);
            assert_eq!(answers.counted[&item].chosen, ["b"], "{second}");
            // What comes once more is known.
            answers.take(vec![(item, choice("", second, "b"))], at(3), OPEN);
            assert_eq!(answers.counted[&item].version, 2);
        }
    }

    #[test]
    fn a_pages_word_is_believed_within_the_attempt_and_not_before_what_it_told_already() {
        let item = |n| ItemId::from_uuid(uuid::Uuid::from_u128(n));
        let chosen = |seq, seconds| Choice { chosen_at: Some(at(seconds)), ..choice("p", seq, "a") };
        let mut answers = Answers::default();
        answers.take(vec![(item(1), chosen(1, -1))], at(700), OPEN);
        assert!(answers.counted.is_empty() && answers.late.contains_key(&item(1)), "before it began");
        // A device that runs ahead is believed until its choice arrived.
        answers.take(vec![(item(2), chosen(2, 900))], at(500), OPEN);
        assert_eq!(answers.counted[&item(2)].chosen_at, Some(at(500)));
        answers.take(vec![(item(3), chosen(3, 494)), (item(4), chosen(4, 495))], at(700), OPEN);
        assert!(answers.late.contains_key(&item(3)) && answers.counted.contains_key(&item(4)));
    }

    #[test]
    fn a_late_choice_leaves_the_one_in_time_as_it_is() {
        let id = ItemId::from_uuid(uuid::Uuid::from_u128(7));
        let mut answers = Answers::default();
        answers.take(vec![(id, choice("p", 1, "a"))], at(0), OPEN);
        answers.take(vec![(id, choice("p", 2, "b"))], at(700), OPEN);
        assert_eq!(answers.counted[&id].chosen, ["a"]);
        assert_eq!(
            (&answers.late[&id].chosen, answers.late[&id].arrived_at),
            (&vec!["b".to_owned()], at(700))
        );
        // What says the same once more is no news.
        let mut same = Answers::default();
        same.take(vec![(id, choice("p", 1, "a"))], at(0), OPEN);
        same.take(vec![(id, choice("p", 2, "a"))], at(700), OPEN);
        assert!(same.late.is_empty());
    }

    #[test]
    fn after_the_deadline_the_choice_that_was_made_later_counts() {
        let id = ItemId::from_uuid(uuid::Uuid::from_u128(7));
        for (desk, phone, counts) in [
            (Some(500), 400, "desk"),
            (Some(400), 500, "phone"),
            (Some(500), 500, "desk"),
            (None, 400, "phone"),
        ] {
            let mut answers = Answers::default();
            let chosen = |page: &str, seconds: Option<i64>| Choice {
                chosen_at: seconds.map(at),
                ..choice(page, 1, page)
            };
            answers.take(vec![(id, chosen("desk", desk))], at(550), OPEN);
            answers.take(vec![(id, chosen("phone", Some(phone)))], at(700), OPEN);
            let late = answers.late.get(&id).map(|late| (late.why, late.page.as_str()));
            let expected = (counts == "desk").then_some((WhyLate::Older, "phone"));
            assert_eq!((answers.counted[&id].page.as_str(), late), (counts, expected), "{desk:?} {phone}");
        }
        // Before the deadline what arrives last is what the person saw last.
        let mut answers = Answers::default();
        let chosen = |page: &str, seconds| Choice { chosen_at: Some(at(seconds)), ..choice(page, 1, page) };
        answers.take(vec![(id, chosen("desk", 500))], at(550), OPEN);
        answers.take(vec![(id, chosen("phone", 400))], at(590), OPEN);
        assert_eq!((answers.counted[&id].page.as_str(), answers.late.len()), ("phone", 0));
    }

    #[test]
    fn what_comes_after_it_was_handed_in_is_kept_and_counts_nothing() {
        let id = |n| ItemId::from_uuid(uuid::Uuid::from_u128(n));
        let mut answers = Answers::default();
        answers.take(vec![(id(1), choice("desk", 1, "a"))], at(100), OPEN);
        let before = answers.counted.clone();
        let late = |page: &str, seq, key: &str, seconds| {
            (id(1), Choice { chosen_at: Some(at(seconds)), ..choice(page, seq, key) })
        };
        for (sent, arrives, why) in [
            (late("desk", 1, "a", 90), 200, None),
            (late("desk", 0, "c", 80), 200, None),
            (late("phone", 3, "a", 90), 200, None),
            (late("phone", 4, "b", 90), 200, Some(WhyLate::HandedIn)),
            (late("phone", 5, "c", 599), 700, Some(WhyLate::HandedIn)),
            (late("phone", 6, "d", 601), 700, Some(WhyLate::TooLate)),
        ] {
            let key = sent.1.chosen.clone();
            answers.take(vec![sent], at(arrives), HANDED_IN);
            let kept = answers.late.get(&id(1)).map(|late| (late.why, late.chosen.clone()));
            assert_eq!(kept, why.map(|why| (why, key)));
        }
        answers.take(vec![(id(2), choice("phone", 7, "a"))], at(300), HANDED_IN);
        assert_eq!((answers.counted == before, answers.late[&id(2)].why), (true, WhyLate::HandedIn));
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
                answers.take(vec![(items[0].id, choice.clone())], at(0), OPEN);
                let stored = &answers.counted[&items[0].id];
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
                answers.take(vec![(item, choice("p", seq, &seq.to_string()))], at(0), OPEN);
            }
            prop_assert_eq!(&answers.counted[&item].chosen, &["5".to_owned()]);
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
                let now = at(300 * i64::try_from(n).expect("small"));
                lines += &line(&save, now).expect("a line");
                at_once.take(save, now, OPEN);
                if n == folded {
                    later.take_lines(&lines, OPEN).expect("our own lines");
                    lines.clear();
                }
            }
            later.take_lines(&lines, OPEN).expect("our own lines");
            prop_assert_eq!(at_once, later);
        }
    }
}
