//! Attempts on the wire. Right answers and explanations are in a view only when the paper says that they may be seen.

use std::collections::BTreeMap;

use kernel::Timestamp;
use kernel::id::{AttemptId, ItemId, TaskId, TestPaperId};
use serde::Serialize;
use utoipa::ToSchema;

use super::items::AskedItemView;
use crate::model::answers::{Answer, Answers, LateAnswer, WhyLate};
use crate::model::grading::{ItemScore, in_hundredths};
use crate::model::item::Item;
use crate::model::paper::{Key, arrives_until};
use crate::store::attempt_rows::{AttemptHead, Saved, Sitting};

/// An attempt with its questions, the answers so far, and once it is handed in its result. Before that nothing says what it is worth.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AttemptView {
    id: AttemptId,
    paper_id: TestPaperId,
    task_id: TaskId,
    title: String,
    title_en: String,
    number: u16,
    attempts_allowed: u16,
    /// Absent: as long as the week is open.
    minutes: Option<u16>,
    started_at: Timestamp,
    /// What is chosen from here on does not count.
    deadline: Timestamp,
    /// Until when what was chosen before the deadline may arrive and count, unless it is handed in before. Then it is handed in as it is.
    arrives_until: Timestamp,
    /// The server's clock, for devices whose own is wrong.
    now: Timestamp,
    items: Vec<AskedItemView>,
    answers: Vec<AnswerView>,
    /// What came too late to count.
    late_answers: Vec<LateAnswerView>,
    /// Absent until it is handed in.
    result: Option<AttemptResultView>,
}

/// The last choice for an item.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnswerView {
    item_id: ItemId,
    /// Counted by the server, upwards with every choice that it took for this attempt.
    version: i64,
    chosen: Vec<String>,
    /// When it arrived, if that was after the deadline: it was chosen in time, by its page's word.
    arrived_at: Option<Timestamp>,
}

/// A choice that came too late to count.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LateAnswerView {
    item_id: ItemId,
    why: WhyLate,
    chosen: Vec<String>,
    /// By its page's word; absent: it did not say.
    chosen_at: Option<Timestamp>,
    arrived_at: Timestamp,
}

/// What a submitted attempt was worth, in hundredths of a point.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AttemptResultView {
    submitted_at: Timestamp,
    score: u32,
    most: u32,
    /// Right answers and explanations are kept back as long as another attempt may be made, and shown at the latest from here on. Absent:
    /// they are shown, or never will be.
    answers_from: Option<Timestamp>,
    items: Vec<ItemResultView>,
}

/// What one item earned; `right` and `explanation` only when they may be seen.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ItemResultView {
    item_id: ItemId,
    score: u32,
    most: u32,
    right: Option<Vec<String>>,
    explanation: Option<String>,
}

/// What is stored after a save.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SavedAnswersView {
    answers: Vec<AnswerView>,
    late_answers: Vec<LateAnswerView>,
    /// It is handed in: nothing counts any more.
    submitted_at: Option<Timestamp>,
    deadline: Timestamp,
    now: Timestamp,
}

/// An attempt in a list. Scores in hundredths of a point.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AttemptHeadView {
    id: AttemptId,
    number: u16,
    started_at: Timestamp,
    deadline: Timestamp,
    submitted_at: Option<Timestamp>,
    score: Option<u32>,
    most: u32,
}

impl AttemptView {
    /// `key`: whether right answers and explanations may be seen, once the attempt was submitted.
    pub fn new(sitting: Sitting, key: Key, now: Timestamp) -> Self {
        let Sitting { attempt, paper, .. } = sitting;
        let result = attempt.submitted_at.zip(attempt.score).map(|(submitted_at, score)| AttemptResultView {
            submitted_at,
            score: in_hundredths(score),
            most: in_hundredths(attempt.most),
            answers_from: if let Key::From(at) = key { Some(at) } else { None },
            items: results(&paper.items, &attempt.graded, key == Key::Shown),
        });
        Self {
            id: attempt.id,
            paper_id: attempt.paper_id,
            task_id: attempt.task_id,
            title: paper.title,
            title_en: paper.title_en,
            number: attempt.number,
            attempts_allowed: paper.attempts_allowed,
            minutes: paper.minutes,
            started_at: attempt.started_at,
            deadline: attempt.time.deadline,
            arrives_until: arrives_until(attempt.time.deadline),
            now,
            late_answers: late(attempt.answers.late),
            answers: answers(attempt.answers.counted),
            items: paper.items.into_iter().map(AskedItemView::from).collect(),
            result,
        }
    }
}

impl SavedAnswersView {
    pub fn new(saved: Saved, now: Timestamp) -> Self {
        let Answers { counted, late: too_late } = saved.answers;
        Self {
            answers: answers(counted),
            late_answers: late(too_late),
            submitted_at: saved.submitted_at,
            deadline: saved.time.deadline,
            now,
        }
    }
}

impl From<AttemptHead> for AttemptHeadView {
    fn from(head: AttemptHead) -> Self {
        let AttemptHead { id, number, started_at, deadline, submitted_at, score, most } = head;
        let (score, most) = (score.map(in_hundredths), in_hundredths(most));
        Self { id, number, started_at, deadline, submitted_at, score, most }
    }
}

fn results(items: &[Item], graded: &[ItemScore], shown: bool) -> Vec<ItemResultView> {
    let view = |scored: &ItemScore| {
        let item = items.iter().find(|item| item.id == scored.item).filter(|_| shown);
        ItemResultView {
            item_id: scored.item,
            score: in_hundredths(scored.score),
            most: in_hundredths(scored.most),
            right: item.map(|item| item.right.clone()),
            explanation: item.map(|item| item.explanation.clone()),
        }
    };
    graded.iter().map(view).collect()
}

fn answers(stored: BTreeMap<ItemId, Answer>) -> Vec<AnswerView> {
    let view = |(item_id, Answer { version, chosen, arrived_at, .. })| AnswerView {
        item_id,
        version,
        chosen,
        arrived_at,
    };
    stored.into_iter().map(view).collect()
}

fn late(stored: BTreeMap<ItemId, LateAnswer>) -> Vec<LateAnswerView> {
    let view = |(item_id, LateAnswer { why, chosen, chosen_at, arrived_at, .. })| LateAnswerView {
        item_id,
        why,
        chosen,
        chosen_at,
        arrived_at,
    };
    stored.into_iter().map(view).collect()
}
