//! What can go wrong with trainings, plans and staff, in the words of the domain.

use storage::StorageError;

use crate::model::invitation;
use crate::model::plan::{self, Gap};
use crate::model::training::{Closed, TrainingState};

/// A training cannot be made, opened or closed.
#[derive(Debug, thiserror::Error)]
pub enum TrainingError {
    #[error("no such training")]
    NoSuchTraining,
    #[error("the caller leads no such unit")]
    NotYourUnit,
    #[error("the plan is not approved")]
    PlanNotApproved,
    #[error("a training that is {0:?} does not allow this")]
    WrongState(TrainingState),
    #[error("not a time zone")]
    NotAZone,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A plan cannot be changed, handed in or decided.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    #[error("no such plan")]
    NoSuchPlan,
    #[error("somebody else changed the plan")]
    Stale,
    #[error(transparent)]
    Refused(#[from] plan::Refused),
    #[error("the person who handed a plan in does not decide it")]
    OwnPlan,
    #[error("the plan is not complete")]
    Gaps(Vec<Gap>),
    #[error("not a time zone")]
    NotAZone,
    #[error("unreadable plan")]
    Unreadable(#[from] serde_json::Error),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Somebody cannot be named as lead of a training, or their part not ended.
#[derive(Debug, thiserror::Error)]
pub enum LeadError {
    #[error("no such training")]
    NoSuchTraining,
    #[error("no such lead")]
    NoSuchLead,
    #[error("no such person")]
    NoSuchPerson,
    #[error("this person leads no unit that the training lies in")]
    NotOfThisUnit,
    #[error("this person leads the training already")]
    AlreadyLeads,
    #[error("this person learns in the training")]
    IsLearner,
    #[error("the training has named as many leads as it may")]
    TooManyLeads,
    #[error("this part has ended")]
    HasEnded,
    #[error("nobody else leads the training")]
    LastLead,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Somebody cannot be invited, or an invitation not answered.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    #[error("no such invitation")]
    NoSuchInvitation,
    #[error("no such person")]
    NoSuchPerson,
    #[error("the plan is not approved")]
    PlanNotApproved,
    #[error("this person is invited already")]
    AlreadyInvited,
    #[error("the training has as many invitations as it may")]
    TooManyInvitations,
    #[error("this person learns in the training")]
    IsLearner,
    #[error(transparent)]
    Refused(#[from] invitation::Refused),
    #[error("the invitation has changed since it was read")]
    Stale,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error(transparent)]
    Storage(#[from] StorageError),
}
