//! The rules of the week, without I/O.

pub mod class_matrix;
pub mod correction;
pub mod deadline;
pub mod deed;
pub mod falling_behind;
pub mod list_state;
pub mod next_step;
pub mod ranges;
pub mod task_kind;
pub mod task_state;
pub mod watching;
pub mod week;

pub use correction::CorrectionKind;
pub use deadline::{Calendar, Deadline, ExtensionReason, Phase, deadline};
pub use deed::Deed;
pub use list_state::ListState;
pub use ranges::Ranges;
pub use task_kind::TaskKind;
pub use task_state::{TaskState, TestResult, Work};

/// How often one work is handed in at most. Every handing in is kept for good, with its file.
pub const MOST_HAND_INS: i64 = 20;
