//! The rules of the week, without I/O.

pub mod falling_behind;
pub mod next_step;
pub mod ranges;
pub mod task_kind;
pub mod watching;
pub mod week;

pub use ranges::Ranges;
pub use task_kind::TaskKind;
pub use week::{Phase, WeekClock};
