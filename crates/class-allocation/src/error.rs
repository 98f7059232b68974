//! What can go wrong with classes, in the words of the domain.

use kernel::Text;
use storage::StorageError;
use training_plan::TrainingError;
use training_plan::training::Closed;

use crate::model::allocation::StepError;
use crate::model::board_change::BoardChange;
use crate::model::opening::Opening;

/// Somebody else changed the board after it was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the board has changed since it was read")]
pub struct Stale {
    /// What was done since, the latest first, as far as it is told.
    pub since: Vec<BoardChange>,
    /// How much was done since.
    pub all: usize,
}

/// What was tried with a class that has no seat left: it decides what is left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seating {
    /// Somebody without a seat was to get one: there is nobody to change places with.
    Placing,
    /// Somebody was to come from another class.
    Moving,
    /// A whole draft was laid down.
    Drafting,
}

/// An allocation cannot be drafted, changed, locked or published.
#[derive(Debug, thiserror::Error)]
pub enum AllocationError {
    #[error("no such training, class or person here")]
    NotFound,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("nothing is allocated yet")]
    NothingAllocated,
    #[error("nobody is admitted")]
    NobodyAdmitted,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    Step(#[from] StepError),
    #[error("the class is full")]
    ClassFull(Seating),
    #[error("this person sits in a class already")]
    AlreadyPlaced,
    #[error("this person is not admitted")]
    NotAdmitted,
    #[error("these two sit in the same class")]
    SameClass,
    #[error("the other person does not sit in that class")]
    NotInThatClass,
    #[error("the training cannot open")]
    CannotOpen(Box<Opening>),
    #[error("the training is not being prepared any more")]
    NotPreparing,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A class cannot be renamed.
#[derive(Debug, thiserror::Error)]
pub enum ClassError {
    #[error("no such class")]
    NotFound,
    #[error("somebody else renamed it meanwhile")]
    Stale,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Somebody cannot be assigned to a class, or taken from it.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    #[error("no such class, person or assignment here")]
    NotFound,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("this person did not agree to lead along in this role")]
    NotStaff,
    #[error("this person leads that class already")]
    AlreadyAssigned,
    #[error("this person leads as many classes as one may")]
    TooManyClasses(usize),
    #[error("the last one of a published class stays")]
    LastOfClass(Text),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Somebody's part in a training cannot be ended.
#[derive(Debug, thiserror::Error)]
pub enum EndStaffError {
    #[error(transparent)]
    Team(#[from] training_plan::StaffError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Somebody's place in a training cannot be ended.
#[derive(Debug, thiserror::Error)]
pub enum EndLearnerError {
    #[error(transparent)]
    Gate(#[from] gate_admission::ApplicationError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A charter cannot be proposed to, settled or signed.
#[derive(Debug, thiserror::Error)]
pub enum CharterError {
    #[error("no charter here")]
    NotFound,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("somebody else settled it meanwhile")]
    Stale,
    #[error("a charter needs a vision and at least one clause")]
    Empty,
    #[error("this person has many open proposals")]
    TooManyProposals,
    #[error("the class has as many proposals as it may")]
    TooManyClauses,
    #[error("the text is not settled")]
    NotSettled,
    #[error("another version was read")]
    OtherVersion,
    #[error("only members sign")]
    NotMember,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<TrainingError> for AllocationError {
    fn from(error: TrainingError) -> Self {
        match error {
            TrainingError::Storage(error) => Self::Storage(error),
            TrainingError::NoSuchTraining => Self::NotFound,
            // The plan's approval is one of the opening rules, checked before in the same transaction.
            _ => Self::NotPreparing,
        }
    }
}
