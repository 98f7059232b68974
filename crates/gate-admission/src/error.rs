//! What can go wrong at the gate, in the words of the domain.

use storage::StorageError;
use training_plan::training::Closed;

use crate::model::answers::Unmet;
use crate::model::application::Refused;
use crate::model::rules::RulesFault;

/// A notice cannot be written or published.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    #[error("no such notice")]
    NoSuchNotice,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("the plan is not approved")]
    PlanNotApproved,
    #[error("somebody else changed the notice")]
    Stale,
    #[error("it closes before it opens")]
    Window,
    #[error("the rules do not fit together")]
    Rules(Vec<RulesFault>),
    #[error("somebody has handed in under the old rules")]
    RulesFixed,
    #[error("{admitted} are admitted already")]
    CapacityBelowAdmitted { admitted: i64 },
    #[error("unreadable notice")]
    Unreadable(#[from] serde_json::Error),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// An application cannot be written, handed in, taken back or recommended.
#[derive(Debug, thiserror::Error)]
pub enum ApplicationError {
    #[error("no such application")]
    NoSuchApplication,
    #[error("applications are not taken now")]
    NotOpen,
    #[error("the application was changed elsewhere")]
    Stale,
    #[error("the rules of the gate are not met")]
    Unmet(Vec<Unmet>),
    #[error("the applicant leads or assists in this training")]
    IsStaff,
    #[error("the training has begun")]
    TrainingBegan,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("nobody recommends their own application")]
    OwnApplication,
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("unreadable answers")]
    Unreadable(#[from] serde_json::Error),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// An application cannot be decided like this.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    #[error("no such application")]
    NoSuchApplication,
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("all {capacity} seats are taken")]
    Full {
        capacity: u16,
        /// The applicant is on the waitlist already.
        waits: bool,
    },
    #[error("admitted elsewhere in the same weeks")]
    Overlap { title: String },
    #[error("the application has changed since it was read")]
    Stale,
    #[error("who recommended an application does not decide it")]
    OwnRecommendation,
    #[error("the applicant leads or assists in this training")]
    IsStaff,
    #[error("somebody waits longer")]
    WaitlistOrder {
        /// The applicant is on the waitlist already.
        waits: bool,
    },
    #[error("nobody waits")]
    NobodyWaits,
    #[error(transparent)]
    TrainingClosed(#[from] Closed),
    #[error("nobody decides about their own application")]
    OwnApplication,
    #[error(transparent)]
    Storage(#[from] StorageError),
}
