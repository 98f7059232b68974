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
    takes_answers(arrived, deadline) || was_chosen_in_time && arrived < arrives_until(deadline)
}

/// Until when what was chosen in time may arrive and count, if nobody hands the attempt in before.
pub fn arrives_until(deadline: Timestamp) -> Timestamp {
    deadline.plus_seconds(ARRIVAL_SECONDS)
}

/// When an attempt that nobody handed in is graded by what is there: nothing that counts is on its way any more.
pub fn settles_at(deadline: Timestamp) -> Timestamp {
    arrives_until(deadline).plus_seconds(GRACE_SECONDS)
}

/// Whether, and from when on, a learner may see the right answers of what they submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Shown,
    /// Once the last attempt is submitted, and at the latest from this moment on.
    From(Timestamp),
    Never,
}

/// What a learner may still do with a paper, in whatever tasks ask it: who read its answers would know them there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chances {
    /// Until when another attempt may be begun. None: no more, in none of the tasks.
    pub begin_until: Option<Timestamp>,
    /// At the latest until when an attempt takes answers that is open. None: none is.
    pub open_until: Option<Timestamp>,
}

impl Key {
    pub fn of(show: ShowAnswers, Chances { begin_until, open_until }: Chances, now: Timestamp) -> Self {
        let begin_until = begin_until.filter(|until| now < *until);
        match (show, begin_until.max(open_until)) {
            (ShowAnswers::Never, _) => Self::Never,
            (ShowAnswers::AfterLast, None) => Self::Shown,
            (ShowAnswers::AfterLast, Some(from)) => Self::From(from),
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
    fn answers_are_shown_when_none_can_be_begun_and_none_is_open() {
        let at = |seconds| Timestamp::from_micros(0).plus_seconds(seconds);
        for (show, begin, open, now, key) in [
            (ShowAnswers::AfterLast, Some(100), None, 99, Key::From(at(100))),
            (ShowAnswers::AfterLast, Some(100), None, 100, Key::Shown),
            (ShowAnswers::AfterLast, Some(100), Some(120), 100, Key::From(at(120))),
            (ShowAnswers::AfterLast, Some(100), Some(80), 90, Key::From(at(100))),
            (ShowAnswers::AfterLast, None, None, 0, Key::Shown),
            (ShowAnswers::AfterLast, None, Some(80), 79, Key::From(at(80))),
            // It is open until it is settled, whatever the clock says.
            (ShowAnswers::AfterLast, None, Some(80), 81, Key::From(at(80))),
            (ShowAnswers::Never, None, None, 100, Key::Never),
        ] {
            let chances = Chances { begin_until: begin.map(at), open_until: open.map(at) };
            assert_eq!(Key::of(show, chances, at(now)), key);
        }
    }
}
