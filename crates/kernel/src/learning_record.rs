//! What happened in learning, in xAPI's terms (IEEE 9274.1.1): actor, verb, object, result, time.

use serde::{Deserialize, Serialize};

use crate::id::{ClassId, PersonId, TrainingId};
use crate::time::Timestamp;

/// The verbs that we record. Each has an IRI of the xAPI vocabulary for export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    Registered,
    /// Stopped taking part.
    Unregistered,
    Launched,
    Progressed,
    Completed,
    Answered,
    Submitted,
    Scored,
    Passed,
    Failed,
    Commented,
    Earned,
}

impl Verb {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Unregistered => "unregistered",
            Self::Launched => "launched",
            Self::Progressed => "progressed",
            Self::Completed => "completed",
            Self::Answered => "answered",
            Self::Submitted => "submitted",
            Self::Scored => "scored",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Commented => "commented",
            Self::Earned => "earned",
        }
    }
}

/// One thing that a learner did. Written in the transaction of the action itself.
#[derive(Debug, Clone)]
pub struct LearningRecord {
    pub actor: PersonId,
    pub verb: Verb,
    /// What kind of thing was acted on, as the id's prefix names it (`tsk`, `pap`, `crt`).
    pub object_kind: &'static str,
    pub object: uuid::Uuid,
    pub training: Option<TrainingId>,
    pub class: Option<ClassId>,
    /// Figures of the result; a JSON object.
    pub result: serde_json::Value,
    pub at: Timestamp,
}
