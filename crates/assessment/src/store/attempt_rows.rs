//! Attempts as they are kept: the answers that a row and the lines behind it make, and until when it takes more.

use kernel::id::{AttemptId, ClassId, PersonId, TaskId, TestPaperId, TrainingId};
use kernel::{Date, Timestamp};
use storage::{Json, StorageError};
use task_board::model::{Calendar, Deadline, deadline};
use training_plan::training::TrainingState;

use super::attempts::Beginning;
use crate::model::answers::Answers;
use crate::model::grading::ItemScore;
use crate::model::item::Item;
use crate::model::paper::{self, MultipleRule, PaperContent, ShowAnswers, Span};
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
    /// Its time was over before its learner submitted it.
    pub timed_out: bool,
    pub graded: Vec<ItemScore>,
    pub score: Option<u32>,
    pub most: u32,
}

/// An attempt that is held, behind its training's lock.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub sitting: Sitting,
    pub training: TrainingState,
    /// Where its learner claimed the task's list.
    pub claimed_in: Option<ClassId>,
    /// What its training asks for in a test, in percent.
    pub wanted: u16,
    /// The best score of the other attempts.
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
    pub others: Others,
}

/// What became of the other attempts of its learner at the task.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Others {
    pub submitted: i64,
    pub open: i64,
    /// When the last one ended that its learner had not submitted by then.
    pub timed_out: Option<Timestamp>,
}

storage::from_row! {
    pub(super) struct SittingRow {
        id: AttemptId, paper_id: TestPaperId, task_id: TaskId, person_id: PersonId, class_id: ClassId,
        training_id: TrainingId, number: u16, answers: Json<Answers>, sent: String, started_at: Timestamp,
        minutes: Option<u16>, week: u16, starts_on: Date, time_zone: String, grace_days: Option<u16>, given_until: Option<Timestamp>,
        submitted_at: Option<Timestamp>, timed_out: bool, graded: Option<Json<Vec<ItemScore>>>, score: Option<u32>, most: u32,
        title: String, title_en: String, attempts_allowed: u16, multiple_rule: MultipleRule, show_answers: ShowAnswers,
        content: Json<Vec<Item>>, others: i64, others_open: i64, others_timed_out: Option<Timestamp>,
        training_state: TrainingState, claimed_in: Option<ClassId>, scheme: Option<Json<Scheme>>, others_best: Option<u32>,
    }
}

storage::from_row! {
    /// What an attempt was begun with, and what its paper says.
    pub(super) struct BegunRow {
        class_id: ClassId, training_id: TrainingId, number: u16, minutes: Option<u16>, week: u16, starts_on: Date,
        time_zone: String, grace_days: Option<u16>, given_until: Option<Timestamp>, most: u32, title: String, title_en: String,
        attempts_allowed: u16, multiple_rule: MultipleRule, show_answers: ShowAnswers, content: Json<Vec<Item>>,
        others: i64,
    }
}

storage::from_row! {
    pub(super) struct SavedRow {
        class_id: ClassId, training_id: TrainingId, started_at: Timestamp, minutes: Option<u16>, week: u16,
        starts_on: Date, time_zone: String, grace_days: Option<u16>, given_until: Option<Timestamp>, submitted_at: Option<Timestamp>, timed_out: bool,
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
    pub timed_out: bool,
    pub time: Time,
    pub answers: Answers,
    /// How long the lines are from which the answers are read.
    pub lines: usize,
    pub items: Vec<Item>,
    pub training: TrainingState,
}

impl Sitting {
    /// Until when answers may still arrive and count that were chosen in time: of attempts that ended without their learner, and of one
    /// that is open. None: all were submitted.
    pub fn awaits(&self) -> Option<Timestamp> {
        let Self { attempt, others, .. } = self;
        let own = attempt.submitted_at.filter(|_| attempt.timed_out);
        let open = (others.open > 0).then_some(attempt.time.task.ends);
        let last = [own, others.timed_out, open].into_iter().flatten().max()?;
        Some(last.plus_seconds(paper::ARRIVAL_SECONDS))
    }
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

    /// Within which choices count.
    pub fn span(&self) -> Span {
        Span { began: self.began, deadline: self.deadline }
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
            timed_out: false,
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
        let others = Others { submitted: self.others, open: 0, timed_out: None };
        Ok(Sitting { attempt, paper, others })
    }
}

impl SittingRow {
    pub fn taken(self) -> Result<Taken, StorageError> {
        let kept = kept!(self);
        let time = Time::of(self.started_at, self.minutes, &kept)?;
        let attempt = Attempt {
            id: self.id,
            paper_id: self.paper_id,
            task_id: self.task_id,
            person_id: self.person_id,
            class_id: self.class_id,
            training_id: self.training_id,
            number: self.number,
            answers: read(self.answers.0, &self.sent, time)?,
            started_at: self.started_at,
            time,
            submitted_at: self.submitted_at,
            timed_out: self.timed_out,
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
        let others =
            Others { submitted: self.others, open: self.others_open, timed_out: self.others_timed_out };
        let sitting = Sitting { attempt, paper, others };
        let wanted = self.scheme.map(|scheme| scheme.0).unwrap_or_default().wanted_of_tests();
        let (training, claimed_in, others_best) = (self.training_state, self.claimed_in, self.others_best);
        Ok(Taken { sitting, training, claimed_in, wanted, others_best })
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
            timed_out: self.timed_out,
            time,
            answers: read(self.answers.0, &self.sent, time)?,
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

/// The answers with what came since they were written down.
fn read(mut answers: Answers, lines: &str, time: Time) -> Result<Answers, StorageError> {
    answers.take_lines(lines, time.span()).map_err(|error| StorageError::Decode(format!("sent: {error}")))?;
    Ok(answers)
}
