//! What somebody did for a task.

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, TaskId, TrainingId};

use super::task_state::TestResult;

/// The post, the attempt or the work that a task asked for. Whether they might do it is proved before.
#[derive(Debug, Clone)]
pub struct Deed {
    pub task: TaskId,
    pub person: PersonId,
    /// Where they sat when they did it.
    pub class: ClassId,
    /// Where they had claimed the task's list before it: what they claimed goes along with it. None when they did not claim it.
    pub claimed_in: Option<ClassId>,
    pub training: TrainingId,
    pub at: Timestamp,
    /// The task's week was over.
    pub late: bool,
    /// What was done is judged by somebody, and waits for that from now on.
    pub awaits_review: bool,
    /// What came of it, for a test.
    pub test: Option<TestResult>,
    /// The figures of it; a JSON object.
    pub result: serde_json::Value,
}
