//! What can go wrong, in the words of the field.

use kernel::id::ItemId;
use storage::StorageError;
use training_plan::training::Closed;

use crate::evaluating::OneAtATime;
use crate::model::item::ItemGap;
use crate::model::rubric::{Judgement, RubricGap};
use crate::model::scheme::SchemeGap;

/// Making a paper.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("no such paper")]
    NoSuchPaper,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("somebody else changed the paper meanwhile")]
    Stale { version: i64 },
    #[error("the paper is published")]
    Published,
    #[error("the paper has gaps")]
    Gaps(Vec<(Option<usize>, ItemGap)>),
    #[error("an item stands on the paper twice, or belongs to another training")]
    StrangeItem,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Taking a test.
#[derive(Debug, thiserror::Error)]
pub enum AttemptError {
    #[error("no such attempt")]
    NoSuchAttempt,
    #[error("all attempts are used up")]
    NoneLeft,
    #[error("the right answers were shown")]
    KeyKnown,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("an answer does not belong to the paper")]
    StrangeAnswer(ItemId),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Writing and handing in work.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionError {
    #[error("no such submission")]
    NoSuchSubmission,
    #[error("the work is graded")]
    Graded,
    #[error("the draft was changed on another device")]
    Changed { version: i64, draft: String },
    #[error("there is neither text nor file")]
    Empty,
    #[error("the text is shorter than {0} characters")]
    TooShort(i64),
    #[error("the text is longer than {0} characters")]
    TooLong(i64),
    #[error("the work was handed in as often as it may be")]
    NoHandInLeft,
    #[error("the file went away before it was kept")]
    FileGone,
    #[error("other files are attached than the learner saw")]
    FilesChanged,
    #[error("the file was put there, taken away or handed in meanwhile")]
    FileChanged { file_version: i64 },
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Judging work.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    #[error("no such work")]
    NoSuchWork,
    #[error("nobody reviews themselves")]
    OwnWork,
    #[error("the work is graded already")]
    Graded,
    #[error("the work was handed in again meanwhile")]
    WorkChanged,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("the work waits for its learner")]
    NotWaiting,
    #[error("the reviewer changed the draft on another device")]
    Changed { version: i64, judgement: Judgement },
    #[error("a work that is sent back needs a comment")]
    CommentMissing,
    #[error("the rubric or the chosen levels have a gap")]
    Rubric(RubricGap),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Ending a training.
#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    #[error("work is taken until {last_day}")]
    TooEarly { last_day: kernel::Date },
    #[error("answers to open tests may arrive until {until}")]
    TestsOpen { attempts: u64, until: kernel::Timestamp, said: kernel::Text },
    #[error(transparent)]
    Results(#[from] EvaluationError),
    #[error(transparent)]
    Training(#[from] training_plan::TrainingError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Evaluating a training.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    #[error("no such training or result")]
    NoSuchThing,
    #[error("somebody else changed the scheme meanwhile")]
    Stale { version: i64 },
    #[error("a newer version of the program has added the kind of a task")]
    NewKind,
    #[error("results were computed with this scheme")]
    SchemeFixed,
    #[error("the scheme does not add up")]
    Scheme(SchemeGap),
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("the training is under way, or work waits for its review")]
    NotOver { ends_at: kernel::Timestamp, ends_on: kernel::Date, waiting: u64, open_tests: u64 },
    #[error(transparent)]
    OneAtATime(#[from] OneAtATime),
    #[error(transparent)]
    Storage(#[from] StorageError),
}
