//! Working out a draft from the admitted and the staff.

use storage::Conn;

use super::draft::{Draft, DraftClass};
use super::held;
use super::roster::Roster;
use crate::error::AllocationError;
use crate::model::{leading, solver};

/// Whether a draft may take the place of the board that was read (version 0 when there was none), as far as can be told before it is laid.
pub async fn may_be_run(conn: &mut Conn, roster: &Roster, read: i64) -> Result<(), AllocationError> {
    roster.training.not_over()?;
    if let Some(allocation) = &roster.allocation {
        allocation.state.change()?;
    }
    let version = roster.allocation.as_ref().map_or(0, |allocation| allocation.version);
    held::is_as_read(conn, roster.training.id, version, read).await
}

/// Pure and possibly long: call it outside any transaction, on a blocking thread, in turn.
pub fn work_out(roster: &Roster, seed: u32, most_local_percent: u8) -> Result<Draft, AllocationError> {
    let classes = solver::allocate(&roster.problem(seed)).classes;
    if classes.is_empty() {
        return Err(AllocationError::NobodyAdmitted);
    }
    let leaders = leading::assign(&roster.needs(&classes), &roster.leaders(), most_local_percent);
    let classes = classes
        .into_iter()
        .zip(leaders)
        .zip(1..)
        .map(|((learners, leaders), number)| DraftClass { name: format!("{number}班"), learners, leaders })
        .collect();
    Ok(Draft { seed, most_local_percent, classes })
}
