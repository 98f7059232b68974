//! Putting a draft in the place of the one before: classes, who sits in them, who leads them.

use kernel::Ambient;
use kernel::id::{PersonId, TrainingId};
use storage::Tx;

use super::move_learner::refused_seat;
use super::{held, note};
use crate::error::{AllocationError, Seating};
use crate::model::allocation::StaffRole;
use crate::model::board_change::BoardChangeKind;
use crate::store::changes::{self, NewChange};
use crate::store::placements::PlacementRow;
use crate::store::staff::AssignmentRow;
use crate::store::{allocations, classes, people, placements, staff};

/// Classes as they are to be, made by the solver or by hand.
#[derive(Debug, Clone)]
pub struct Draft {
    pub seed: u32,
    pub most_local_percent: u8,
    pub classes: Vec<DraftClass>,
}

#[derive(Debug, Clone)]
pub struct DraftClass {
    pub name: String,
    /// In the order of their seats.
    pub learners: Vec<PersonId>,
    pub leaders: Vec<(PersonId, StaffRole)>,
}

/// Lays a draft down over the board that was read (version 0 when there was none); refused once the allocation is locked. The caller may manage the training.
pub async fn lay(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    by: PersonId,
    read: i64,
    draft: &Draft,
) -> Result<(), AllocationError> {
    let now = ambient.now();
    training_plan::training::hold(tx, training).await?.ok_or(AllocationError::NotFound)?.not_over()?;
    let row = allocations::take_or_make(tx, training, now).await?;
    row.state.change()?;
    held::as_read::<AllocationError>(tx, training, &row, read).await?;
    classes::clear(tx, training).await?;
    // Who stopped leading along while the draft was worked out leads no class of it.
    let agreed = people::staff(tx, training).await?;
    let agreed = |(person, role): &&(PersonId, StaffRole)| {
        agreed.iter().any(|row| row.person_id == *person && row.role == *role)
    };
    for (class, number) in draft.classes.iter().zip(1_u16..) {
        let id = ambient.new_id();
        classes::insert(tx, id, training, number, &class.name, now).await?;
        for (person, seat_no) in class.learners.iter().zip(1_u8..) {
            let row = PlacementRow {
                id: ambient.new_id(),
                class_id: id,
                training_id: training,
                person_id: *person,
                seat_no,
            };
            let seated = placements::insert(tx, &row, by, now).await;
            seated.map_err(refused_seat(Seating::Drafting))?;
        }
        for (person, role) in class.leaders.iter().filter(agreed) {
            let row = AssignmentRow {
                id: ambient.new_id(),
                class_id: id,
                training_id: training,
                person_id: *person,
                role: *role,
            };
            staff::insert(tx, &row, by, now).await?;
        }
    }
    let drafted = NewChange::of_board(training, row.version, BoardChangeKind::Drafted, by);
    changes::keep(tx, drafted, now).await?;
    allocations::note_draft(tx, training, draft.seed, draft.most_local_percent, by, now).await?;
    let detail = serde_json::json!({
        "seed": draft.seed,
        "sizes": draft.classes.iter().map(|class| class.learners.len()).collect::<Vec<_>>(),
    });
    note(tx, ambient, training, by, "class_allocation.draft", training.to_string(), detail).await?;
    Ok(())
}
