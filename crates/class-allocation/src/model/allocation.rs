//! The way of an allocation: drafted again and again, locked, published once.

use storage::words;

words! {
    /// Where an allocation is on its way.
    pub enum AllocationState {
        /// Run again and changed by hand.
        Draft = "draft",
        /// Nobody is moved any more; staff may still be assigned.
        Locked = "locked",
        /// Everybody knows their class.
        Published = "published",
    }
}

words! {
    /// As what somebody leads a class.
    pub enum StaffRole {
        Assistant = "assistant",
        Expert = "expert",
    }
}

impl StaffRole {
    pub const fn role(self) -> kernel::Role {
        match self {
            Self::Assistant => kernel::Role::Assistant,
            Self::Expert => kernel::Role::Expert,
        }
    }

    /// How many classes of a training one person leads at most.
    pub const fn most_classes(self) -> usize {
        match self {
            Self::Assistant => 1,
            Self::Expert => 2,
        }
    }
}

/// A step that the state of an allocation does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    #[error("an allocation that is {0:?} does not allow this")]
    WrongState(AllocationState),
    #[error("it is locked already")]
    AlreadyLocked,
    #[error("only a locked allocation is published")]
    NotLocked,
}

impl AllocationState {
    /// Running it again, moving people.
    pub fn change(self) -> Result<(), StepError> {
        if self == Self::Draft { Ok(()) } else { Err(StepError::WrongState(self)) }
    }

    pub fn lock(self) -> Result<Self, StepError> {
        match self {
            Self::Draft => Ok(Self::Locked),
            Self::Locked => Err(StepError::AlreadyLocked),
            Self::Published => Err(StepError::WrongState(self)),
        }
    }

    pub fn unlock(self) -> Result<Self, StepError> {
        if self == Self::Locked { Ok(Self::Draft) } else { Err(StepError::WrongState(self)) }
    }

    pub fn publish(self) -> Result<Self, StepError> {
        match self {
            Self::Locked => Ok(Self::Published),
            Self::Draft => Err(StepError::NotLocked),
            Self::Published => Err(StepError::WrongState(self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AllocationState::{Draft, Locked, Published};
    use super::StepError;

    #[test]
    fn it_is_locked_and_then_published_once() {
        assert_eq!(Draft.lock().expect("a draft is locked"), Locked);
        assert_eq!(Locked.publish().expect("a locked one is published"), Published);
        assert_eq!(Locked.unlock().expect("a locked one is unlocked"), Draft);
        assert!(Draft.publish().is_err() && Published.publish().is_err());
        assert!(Published.unlock().is_err() && Published.lock().is_err());
        // Whoever wants it locked is not told to unlock it first.
        assert_eq!(Locked.lock(), Err(StepError::AlreadyLocked));
        assert!(Locked.change().is_err() && Published.change().is_err() && Draft.change().is_ok());
    }
}
