//! Working out a draft from the admitted and the staff.

use super::draft::{Draft, DraftClass};
use super::roster::Roster;
use crate::error::AllocationError;
use crate::model::{leading, solver};

/// Pure and possibly long: call it outside any transaction, on a blocking thread.
pub fn work_out(roster: &Roster, seed: u32, most_local_percent: u8) -> Result<Draft, AllocationError> {
    if let Some(allocation) = &roster.allocation {
        allocation.state.change()?;
    }
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
