//! What is handed in and reviewed: a submission for an assignment, or a reflection.

use kernel::id::{ReflectionId, SubmissionId};
use uuid::Uuid;

use storage::words;

words! {
    /// What kind of work a rubric or a review is for.
    pub enum WorkKind {
        Assignment = "assignment",
        Reflection = "reflection",
    }
}

words! {
    /// Where a submission is in its life.
    pub enum SubmissionState {
        /// Being written.
        Draft = "draft",
        /// Handed in; may be handed in again.
        Submitted = "submitted",
        /// Sent back for revision.
        Returned = "returned",
        Graded = "graded",
    }
}

words! {
    /// Where a review is in its life.
    pub enum ReviewState {
        Draft = "draft",
        /// The work is graded.
        Finished = "finished",
        /// The work was sent back for revision.
        Returned = "returned",
        /// Somebody else decided first; what was begun is kept for its author.
        Overtaken = "overtaken",
    }
}

/// One work by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkId {
    Submission(SubmissionId),
    Reflection(ReflectionId),
}

impl WorkId {
    pub fn kind(self) -> WorkKind {
        match self {
            Self::Submission(_) => WorkKind::Assignment,
            Self::Reflection(_) => WorkKind::Reflection,
        }
    }
    pub fn uuid(self) -> Uuid {
        match self {
            Self::Submission(id) => id.uuid(),
            Self::Reflection(id) => id.uuid(),
        }
    }
    pub fn of(kind: WorkKind, id: Uuid) -> Self {
        match kind {
            WorkKind::Assignment => Self::Submission(SubmissionId::from_uuid(id)),
            WorkKind::Reflection => Self::Reflection(ReflectionId::from_uuid(id)),
        }
    }
}

impl std::fmt::Display for WorkId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Submission(id) => id.fmt(f),
            Self::Reflection(id) => id.fmt(f),
        }
    }
}
