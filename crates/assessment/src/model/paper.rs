//! A test paper: its items, how long it may take, how often it may be tried, what is shown afterwards.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::item::{Item, ItemGap};
use storage::words;

words! {
    /// Where a paper is in its life.
    pub enum PaperState {
        Draft = "draft",
        /// It may be asked, and never changes again.
        Published = "published",
    }
}

words! {
    /// What a partly right answer to a multiple-choice item is worth.
    pub enum MultipleRule {
        AllOrNothing = "all_or_nothing",
        /// Each right choice earns its share, each wrong one costs one.
        Partial = "partial",
    }
}

words! {
    /// When a learner sees right answers and explanations: never before the last attempt that they may still make, for the best one counts.
    pub enum ShowAnswers {
        /// When no attempt is left, or none is taken any more.
        AfterLast = "after_last",
        Never = "never",
    }
}

/// How long after the deadline the server still takes what was sent before it.
pub const GRACE_SECONDS: i64 = 5;

/// How long after the deadline an answer may arrive that a device without a network took in time: until the next evening.
pub const ARRIVAL_SECONDS: i64 = 24 * 3600;

/// What a paper says, apart from its life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperContent {
    pub title: String,
    /// May be empty.
    pub title_en: String,
    /// None: as long as the week is open.
    pub minutes: Option<u16>,
    pub attempts_allowed: u16,
    pub multiple_rule: MultipleRule,
    pub show_answers: ShowAnswers,
    pub items: Vec<Item>,
}

impl PaperContent {
    /// All points together.
    pub fn points(&self) -> u32 {
        self.items.iter().map(|item| u32::from(item.points)).sum()
    }

    /// What keeps it from being published, by the item's place; an empty paper has a gap without a place.
    pub fn gaps(&self) -> Vec<(Option<usize>, ItemGap)> {
        if self.items.is_empty() {
            return vec![(None, ItemGap::NothingRight)];
        }
        self.items.iter().enumerate().filter_map(|(at, item)| item.gap().map(|gap| (Some(at), gap))).collect()
    }
}

/// When an attempt that starts now takes its last answer: its own minutes, and never later than the week.
pub fn deadline(minutes: Option<u16>, now: Timestamp, week_ends: Timestamp) -> Timestamp {
    minutes.map_or(week_ends, |minutes| now.plus_seconds(60 * i64::from(minutes)).min(week_ends))
}

/// Whether answers are still taken.
pub fn takes_answers(now: Timestamp, deadline: Timestamp) -> bool {
    now < deadline.plus_seconds(GRACE_SECONDS)
}

/// When an attempt began, and from when on nothing that is chosen counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub began: Timestamp,
    pub deadline: Timestamp,
}

/// Whether an answer counts that arrived at `arrived`. One that arrives after the deadline counts within a day if it was chosen before the
/// deadline, by its page's word; the grade shows that it is one. That word is believed within the attempt, and not before what the page had
/// told of already: `told` is the latest of its choices that came before.
pub fn counts(
    chosen_at: Option<Timestamp>,
    arrived: Timestamp,
    Span { began, deadline }: Span,
    told: Option<Timestamp>,
) -> bool {
    let from = told.map_or(began, |told| told.plus_seconds(-GRACE_SECONDS).max(began));
    let was_chosen_in_time = chosen_at.is_some_and(|at| from <= at && at < deadline);
    takes_answers(arrived, deadline) || was_chosen_in_time && !is_settled(arrived, deadline)
}

/// Whether nothing that arrives now can count any more.
pub fn is_settled(now: Timestamp, deadline: Timestamp) -> bool {
    now >= deadline.plus_seconds(ARRIVAL_SECONDS)
}

/// Whether, and from when on, a learner may see the right answers of what they submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Shown,
    /// Once the last attempt is submitted, and at the latest from this moment on.
    From(Timestamp),
    Never,
}

impl Key {
    /// `is_last`: no attempt is left; `ends`: from when on none is taken; `awaits`: until when answers to an attempt may arrive that ended
    /// without its learner. Who read the answers could still claim to have known them.
    pub fn of(
        show: ShowAnswers,
        is_last: bool,
        ends: Timestamp,
        awaits: Option<Timestamp>,
        now: Timestamp,
    ) -> Self {
        let from =
            if is_last { awaits.unwrap_or(now) } else { awaits.map_or(ends, |awaits| awaits.max(ends)) };
        match show {
            ShowAnswers::AfterLast if now >= from => Self::Shown,
            ShowAnswers::AfterLast => Self::From(from),
            ShowAnswers::Never => Self::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadline_is_the_earlier_of_minutes_and_week() {
        let at = |seconds| Timestamp::from_micros(0).plus_seconds(seconds);
        assert_eq!(deadline(Some(10), at(0), at(10_000)), at(600));
        assert_eq!(deadline(Some(10), at(9_700), at(10_000)), at(10_000));
        assert_eq!(deadline(None, at(0), at(10_000)), at(10_000));
        assert!(takes_answers(at(604), at(600)) && !takes_answers(at(605), at(600)));
    }

    #[test]
    fn answers_are_shown_after_the_last_attempt_or_the_close() {
        let at = |seconds| Timestamp::from_micros(0).plus_seconds(seconds);
        for (show, is_last, awaits, now, key) in [
            (ShowAnswers::AfterLast, false, None, 99, Key::From(at(100))),
            (ShowAnswers::AfterLast, false, None, 100, Key::Shown),
            (ShowAnswers::AfterLast, false, Some(120), 100, Key::From(at(120))),
            (ShowAnswers::AfterLast, false, Some(80), 90, Key::From(at(100))),
            (ShowAnswers::AfterLast, true, None, 0, Key::Shown),
            (ShowAnswers::AfterLast, true, Some(80), 79, Key::From(at(80))),
            (ShowAnswers::AfterLast, true, Some(80), 80, Key::Shown),
            (ShowAnswers::Never, true, None, 100, Key::Never),
        ] {
            assert_eq!(Key::of(show, is_last, at(100), awaits.map(at), at(now)), key);
        }
    }
}
