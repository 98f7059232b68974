//! Attempts as they are kept: the answers that a row and the lines behind it make, and until when it takes more.

use kernel::id::{AttemptId, ClassId, PersonId, TaskId, TestPaperId, TrainingId};
use kernel::{Date, Timestamp};
use storage::{Json, StorageError};
use task_board::model::{Calendar, Deadline, deadline};
use training_plan::training::TrainingState;

use super::attempts::Beginning;
use crate::model::answers::{Answers, Taking};
use crate::model::grading::ItemScore;
use crate::model::item::Item;
use crate::model::paper::{self, Chances, MultipleRule, PaperContent, ShowAnswers, Span};
use crate::model::scheme::Scheme;

/// One sitting.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub id: AttemptId,
    pub paper_id: TestPaperId,
    pub task_id: TaskId,
    pub person_id: PersonId,
    pub class_id: ClassId,
    pub training_id: TrainingId,
    pub number: u16,
    pub answers: Answers,
    pub started_at: Timestamp,
    pub time: Time,
    pub submitted_at: Option<Timestamp>,
    pub graded: Vec<ItemScore>,
    pub score: Option<u32>,
    pub most: u32,
}

/// An attempt that is held, behind its training's lock.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub sitting: Sitting,
    pub training: TrainingState,
}

/// What a grade is measured by and stands beside, as it is while the attempt is held.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beside {
    /// Where its learner claimed the task's list.
    pub claimed_in: Option<ClassId>,
    /// What its training asks for in a test, in percent.
    pub wanted: u16,
    /// How many of the other attempts are submitted, and the best score of them.
    pub others: u16,
    pub others_best: Option<u32>,
}

/// Until when an attempt takes answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Time {
    /// Of the task, for its learner.
    pub task: Deadline,
    pub began: Timestamp,
    /// From here on no answer is taken.
    pub deadline: Timestamp,
}

/// An attempt with what its paper says.
#[derive(Debug, Clone)]
pub(crate) struct Sitting {
    pub attempt: Attempt,
    pub paper: PaperContent,
    /// Beside this attempt.
    pub chances: Chances,
    /// Its learner was shown the paper's right answers before.
    pub is_key_known: bool,
}

storage::from_row! {
    pub(super) struct SittingRow {
        id: AttemptId, paper_id: TestPaperId, task_id: TaskId, person_id: PersonId, class_id: ClassId,
        training_id: TrainingId, number: u16, answers: Json<Answers>, sent: String, started_at: Timestamp,
        minutes: Option<u16>, week: u16, starts_on: Date, time_zone: String, grace_days: Option<u16>, given_until: Option<Timestamp>,
        submitted_at: Option<Timestamp>, graded: Option<Json<Vec<ItemScore>>>, score: Option<u32>, most: u32,
        title: String, title_en: String, attempts_allowed: u16, multiple_rule: MultipleRule, show_answers: ShowAnswers,
        content: Json<Vec<Item>>, training_state: TrainingState,
        // The calendar as it is now, the last week in which an attempt at the paper is left to its learner, and what they were given.
        first_day: Date, zone: String, grace_now: Option<u16>, left_week: Option<u16>, left_given: Option<Timestamp>,
        is_key_known: bool,
        // The other attempts at the paper that are open: until when the last of them may be.
        open_began: Option<Timestamp>, open_week: Option<u16>, open_grace: Option<u16>, open_given: Option<Timestamp>,
    }
}

storage::from_row! {
    pub(super) struct BesideRow {
        claimed_in: Option<ClassId>, scheme: Option<Json<Scheme>>, others: u16, others_best: Option<u32>,
    }
}

storage::from_row! {
    /// What an attempt was begun with, and what its paper says.
    pub(super) struct BegunRow {
        class_id: ClassId, training_id: TrainingId, number: u16, minutes: Option<u16>, week: u16, starts_on: Date,
        time_zone: String, grace_days: Option<u16>, given_until: Option<Timestamp>, most: u32, title: String, title_en: String,
        attempts_allowed: u16, multiple_rule: MultipleRule, show_answers: ShowAnswers, content: Json<Vec<Item>>,
    }
}

storage::from_row! {
    pub(super) struct SavedRow {
        class_id: ClassId, training_id: TrainingId, started_at: Timestamp, minutes: Option<u16>, week: u16,
        starts_on: Date, time_zone: String, grace_days: Option<u16>, given_until: Option<Timestamp>, submitted_at: Option<Timestamp>,
        answers: Json<Answers>, sent: String, content: Json<Vec<Item>>, training_state: TrainingState,
    }
}

storage::from_row! {
    /// An open attempt, and what tells when its time is over.
    pub(super) struct OpenRow {
        id: AttemptId, person_id: PersonId, seat: Option<ClassId>, started_at: Timestamp, minutes: Option<u16>, week: u16,
        starts_on: Date, time_zone: String, grace_days: Option<u16>, given_until: Option<Timestamp>,
    }
}

storage::from_row! {
    pub(super) struct HeadRow {
        id: AttemptId, number: u16, started_at: Timestamp, minutes: Option<u16>, week: u16, starts_on: Date,
        time_zone: String, grace_days: Option<u16>, given_until: Option<Timestamp>, submitted_at: Option<Timestamp>, score: Option<u32>, most: u32,
    }
}

/// An attempt that nobody has submitted yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unsubmitted {
    pub id: AttemptId,
    pub person: PersonId,
    /// The class of the training where they learn now, if in any.
    pub seat: Option<ClassId>,
    pub deadline: Timestamp,
}

/// An attempt without its answers.
#[derive(Debug, Clone)]
pub(crate) struct AttemptHead {
    pub id: AttemptId,
    pub number: u16,
    pub started_at: Timestamp,
    pub deadline: Timestamp,
    pub submitted_at: Option<Timestamp>,
    pub score: Option<u32>,
    pub most: u32,
}

/// What a save has left in the attempt.
#[derive(Debug, Clone)]
pub(crate) struct Saved {
    pub class_id: ClassId,
    pub training_id: TrainingId,
    pub submitted_at: Option<Timestamp>,
    pub time: Time,
    pub answers: Answers,
    /// How long the lines are from which the answers are read.
    pub lines: usize,
    pub items: Vec<Item>,
    pub training: TrainingState,
}

/// Reads [`Kept`] off any row that has its columns.
macro_rules! kept {
    ($row:ident) => {
        Kept {
            week: $row.week,
            starts_on: $row.starts_on,
            time_zone: &$row.time_zone,
            grace_days: $row.grace_days,
            given_until: $row.given_until,
        }
    };
}

/// What tells until when an attempt takes answers, as it was when it began.
struct Kept<'a> {
    week: u16,
    starts_on: Date,
    time_zone: &'a str,
    grace_days: Option<u16>,
    given_until: Option<Timestamp>,
}

impl Time {
    /// Of the attempt's own minutes, the calendar of its week and what its learner was given.
    fn of(started_at: Timestamp, minutes: Option<u16>, kept: &Kept<'_>) -> Result<Self, StorageError> {
        let Kept { week, starts_on, time_zone, grace_days, given_until } = *kept;
        let calendar = Calendar::stored(starts_on, time_zone, grace_days)
            .ok_or_else(|| StorageError::Decode(format!("time_zone: {time_zone}")))?;
        let task = deadline(&calendar, week, given_until);
        Ok(Self { task, began: started_at, deadline: paper::deadline(minutes, started_at, task.ends) })
    }

    /// What answers are taken by.
    pub fn taking(&self, is_handed_in: bool) -> Taking {
        Taking { span: Span { began: self.began, deadline: self.deadline }, is_handed_in }
    }
}

impl BegunRow {
    pub fn sitting(self, new: Beginning) -> Result<Sitting, StorageError> {
        let kept = kept!(self);
        let attempt = Attempt {
            id: new.id,
            paper_id: new.paper,
            task_id: new.task,
            person_id: new.person,
            class_id: self.class_id,
            training_id: self.training_id,
            number: self.number,
            answers: Answers::default(),
            started_at: new.at,
            time: Time::of(new.at, self.minutes, &kept)?,
            submitted_at: None,
            graded: Vec::new(),
            score: None,
            most: self.most,
        };
        let paper = PaperContent {
            title: self.title,
            title_en: self.title_en,
            minutes: self.minutes,
            attempts_allowed: self.attempts_allowed,
            multiple_rule: self.multiple_rule,
            show_answers: self.show_answers,
            items: self.content.0,
        };
        // Nothing is shown of an attempt that is open.
        Ok(Sitting { attempt, paper, chances: Chances::default(), is_key_known: false })
    }
}

impl SittingRow {
    pub fn taken(self) -> Result<Taken, StorageError> {
        let kept = kept!(self);
        let time = Time::of(self.started_at, self.minutes, &kept)?;
        let chances = self.chances(time)?;
        let attempt = Attempt {
            id: self.id,
            paper_id: self.paper_id,
            task_id: self.task_id,
            person_id: self.person_id,
            class_id: self.class_id,
            training_id: self.training_id,
            number: self.number,
            answers: read(self.answers.0, &self.sent, time.taking(self.submitted_at.is_some()))?,
            started_at: self.started_at,
            time,
            submitted_at: self.submitted_at,
            graded: self.graded.map(|graded| graded.0).unwrap_or_default(),
            score: self.score,
            most: self.most,
        };
        let paper = PaperContent {
            title: self.title,
            title_en: self.title_en,
            minutes: self.minutes,
            attempts_allowed: self.attempts_allowed,
            multiple_rule: self.multiple_rule,
            show_answers: self.show_answers,
            items: self.content.0,
        };
        Ok(Taken {
            sitting: Sitting { attempt, paper, chances, is_key_known: self.is_key_known },
            training: self.training_state,
        })
    }

    /// What its learner may still do with the paper. An attempt that was begun under other days of grace may be open for longer than one
    /// that is begun now.
    fn chances(&self, time: Time) -> Result<Chances, StorageError> {
        if self.training_state == TrainingState::Closed {
            return Ok(Chances::default());
        }
        let ends = |week: u16, grace_days: Option<u16>, given_until: Option<Timestamp>| {
            let (starts_on, time_zone) = (self.first_day, self.zone.as_str());
            let kept = Kept { week, starts_on, time_zone, grace_days, given_until };
            Time::of(self.started_at, None, &kept).map(|time| time.task.ends)
        };
        let begin_until = match self.left_week {
            Some(week) => Some(ends(week, self.grace_now, self.left_given)?.max(time.task.ends)),
            None => None,
        };
        let open_until = match self.open_began.zip(self.open_week) {
            Some((began, week)) => {
                let ends = ends(week, self.open_grace, self.open_given)?;
                Some(paper::settles_at(paper::deadline(self.minutes, began, ends)))
            }
            None => None,
        };
        Ok(Chances { begin_until, open_until })
    }
}

impl BesideRow {
    pub fn beside(self) -> Beside {
        let wanted = self.scheme.map(|scheme| scheme.0).unwrap_or_default().wanted_of_tests();
        Beside { claimed_in: self.claimed_in, wanted, others: self.others, others_best: self.others_best }
    }
}

impl SavedRow {
    pub fn saved(self) -> Result<Saved, StorageError> {
        let kept = kept!(self);
        let time = Time::of(self.started_at, self.minutes, &kept)?;
        Ok(Saved {
            class_id: self.class_id,
            training_id: self.training_id,
            submitted_at: self.submitted_at,
            time,
            answers: read(self.answers.0, &self.sent, time.taking(self.submitted_at.is_some()))?,
            lines: self.sent.len(),
            items: self.content.0,
            training: self.training_state,
        })
    }
}

impl OpenRow {
    pub fn open(self) -> Result<Unsubmitted, StorageError> {
        let kept = kept!(self);
        let Time { deadline, .. } = Time::of(self.started_at, self.minutes, &kept)?;
        Ok(Unsubmitted { id: self.id, person: self.person_id, seat: self.seat, deadline })
    }
}

impl HeadRow {
    pub fn head(self) -> Result<AttemptHead, StorageError> {
        let kept = kept!(self);
        let Self { id, number, started_at, submitted_at, score, most, .. } = self;
        let deadline = Time::of(started_at, self.minutes, &kept)?.deadline;
        Ok(AttemptHead { id, number, started_at, deadline, submitted_at, score, most })
    }
}

/// The answers with what came since they were written down: since it was handed in, where it was.
fn read(mut answers: Answers, lines: &str, to: Taking) -> Result<Answers, StorageError> {
    answers.take_lines(lines, to).map_err(|error| StorageError::Decode(format!("sent: {error}")))?;
    Ok(answers)
}
