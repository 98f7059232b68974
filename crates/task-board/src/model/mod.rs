//! The rules of the week, without I/O.

pub mod task_kind;
pub mod week;

pub use task_kind::TaskKind;
pub use week::{Phase, WeekClock};
