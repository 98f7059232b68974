//! What can go wrong on the board.

use storage::StorageError;
use training_plan::training::Closed;

use crate::references::Unusable;

#[derive(Debug, thiserror::Error)]
pub enum BoardError {
    #[error("no such list, or not one of theirs")]
    NoSuchList,
    #[error("no such task, or not one of theirs")]
    NoSuchTask,
    #[error("the training has no such week")]
    NoSuchWeek { weeks: u16 },
    #[error("the week has a list already")]
    WeekTaken,
    #[error("somebody else changed it meanwhile")]
    Stale { version: i64 },
    #[error("a list without goal or tasks is not ready")]
    Unfinished,
    #[error("the list is not ready")]
    NotReady,
    #[error("the list is published: this no longer changes")]
    Published,
    #[error("a correction of a published list says why")]
    CorrectionUnsaid,
    #[error("the task is withdrawn")]
    Withdrawn,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("learners could not do some of the tasks")]
    Undoable(Vec<(usize, Unusable)>),
    #[error("the class has the list already")]
    PublishedBefore,
    #[error("the class is not published")]
    ClassNotPublished,
    #[error("the order names other tasks than the list has")]
    OtherTasks,
    #[error("the task names nothing that its kind works with")]
    WrongReference,
    #[error("the task does not say what to read or do")]
    Unsaid,
    #[error("a newer version of the program has added the kind of the task")]
    NewKind,
    #[error("the task names something that its kind does not work with")]
    NeedlessReference,
    #[error("a list has at most {most} tasks")]
    TooManyTasks { most: usize },
    #[error("a list keeps at most {most} tasks, with those that were withdrawn")]
    TooManyKept { most: usize },
    #[error("the text was not opened before")]
    NotOpened,
    #[error("the reflection was handed in as often as it may be")]
    NoHandInLeft,
    #[error("the reflection was graded")]
    ReflectionClosed,
    #[error("the reflection was changed on another device")]
    ReflectionChanged { version: i64, draft: String },
    #[error("the text has {chars} characters of at least {least}")]
    TooShort { least: i64, chars: i64 },
    #[error("the text has {chars} characters of at most {most}")]
    TooLong { most: i64, chars: i64 },
    #[error("no such playback of theirs")]
    NoSuchPlayback,
    #[error(transparent)]
    Storage(#[from] StorageError),
}
