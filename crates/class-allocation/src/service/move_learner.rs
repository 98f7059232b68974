//! Placing and moving people by hand, and what a move would do.

use kernel::Ambient;
use kernel::id::{ClassId, PersonId, PlacementId, TrainingId};
use realtime::Hub;
use storage::{StorageError, Tx};
use training_plan::training;

use super::roster::Roster;
use super::welcome::Welcome;
use super::{held, note};
use crate::error::{AllocationError, Seating};
use crate::model::allocation::AllocationState;
use crate::model::board_change::BoardChangeKind;
use crate::model::effect::{Change, Effect, judge};
use crate::model::seats::free_seat;
use crate::store::changes::{self, NewChange};
use crate::store::placements::{self, PlacementRow};
use crate::store::{classes, people};

/// Gives somebody who was admitted late a seat in a class of the board that was read, also after it was published.
pub async fn place(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    training: TrainingId,
    by: PersonId,
    read: i64,
    (person, class): (PersonId, ClassId),
) -> Result<PlacementId, AllocationError> {
    let now = ambient.now();
    let allocation =
        held::take_open::<AllocationError>(tx, training).await?.ok_or(AllocationError::NothingAllocated)?;
    held::as_read::<AllocationError>(tx, training, &allocation, read).await?;
    let found = classes::find(tx, training, class).await?.ok_or(AllocationError::NotFound)?;
    if !people::is_admitted(tx, training, person).await? {
        return Err(AllocationError::NotAdmitted);
    }
    let row = PlacementRow {
        id: ambient.new_id(),
        class_id: class,
        training_id: training,
        person_id: person,
        seat_no: free_seat(&placements::taken_seats(tx, class).await?),
    };
    // Whether there is a seat is decided by the constraint behind this insert.
    placements::insert(tx, &row, by, now).await.map_err(refused_seat(Seating::Placing))?;
    if allocation.state == AllocationState::Published {
        let title = training::find(tx, training).await?.ok_or(AllocationError::NotFound)?.title;
        let welcome = Welcome { training, title: &title, class, name: &found.name, by };
        welcome.learner(tx, ambient, person).await?;
        notification::notify(tx, ambient, hub, person, &welcome.to_learner()).await?;
    }
    let kind = BoardChangeKind::Placed;
    let placed = NewChange {
        whom: Some(person),
        to_class: &found.name,
        ..NewChange::of_board(training, allocation.version, kind, by)
    };
    changes::keep(tx, placed, now).await?;
    let detail = serde_json::json!({ "class": class, "seat_no": row.seat_no });
    note(tx, ambient, training, by, "class_allocation.place", row.id.to_string(), detail).await?;
    Ok(row.id)
}

/// Moves somebody to another class of the board that was read, or lets two people change places.
pub async fn move_to(
    tx: &mut Tx,
    ambient: &Ambient,
    by: PersonId,
    read: i64,
    row: &PlacementRow,
    (to, exchange_with): (ClassId, Option<PlacementId>),
) -> Result<(), AllocationError> {
    let (now, training) = (ambient.now(), row.training_id);
    let allocation =
        held::take_open::<AllocationError>(tx, training).await?.ok_or(AllocationError::NothingAllocated)?;
    allocation.state.change()?;
    held::as_read::<AllocationError>(tx, training, &allocation, read).await?;
    // Read again behind the allocation's row: it was found before that was held.
    let row = placements::find(tx, row.id).await?.ok_or(AllocationError::NotFound)?;
    let class = classes::find(tx, training, to).await?.ok_or(AllocationError::NotFound)?;
    if class.id == row.class_id {
        return Err(AllocationError::SameClass);
    }
    let left = classes::find(tx, training, row.class_id).await?.ok_or(AllocationError::NotFound)?;
    let moved = NewChange {
        whom: Some(row.person_id),
        from_class: &left.name,
        to_class: &class.name,
        ..NewChange::of_board(training, allocation.version, BoardChangeKind::Moved, by)
    };
    let change = match exchange_with {
        None => {
            let seat = free_seat(&placements::taken_seats(tx, to).await?);
            let reseated = placements::reseat(tx, row.id, to, seat, by, now).await;
            reseated.map_err(refused_seat(Seating::Moving))?;
            moved
        }
        Some(other) => {
            let other = placements::find(tx, other).await?.filter(|other| other.class_id == to);
            let other = other.ok_or(AllocationError::NotInThatClass)?;
            // Both seats are taken and each seat is unique, so one of the two stands up first.
            placements::delete(tx, row.id).await?;
            placements::reseat(tx, other.id, row.class_id, row.seat_no, by, now).await?;
            let reseated = PlacementRow { class_id: to, seat_no: other.seat_no, ..row.clone() };
            placements::insert(tx, &reseated, by, now).await?;
            NewChange { kind: BoardChangeKind::Exchanged, other: Some(other.person_id), ..moved }
        }
    };
    changes::keep(tx, change, now).await?;
    let detail = serde_json::json!({ "from": row.class_id, "to": to, "exchange_with": exchange_with });
    note(tx, ambient, training, by, "class_allocation.move", row.id.to_string(), detail).await?;
    Ok(())
}

/// What a move would do to the mix, without making it.
pub fn effect(
    roster: &Roster,
    row: &PlacementRow,
    to: ClassId,
    exchange_with: Option<PlacementId>,
) -> Result<Effect, AllocationError> {
    let index = |class: ClassId| roster.classes.iter().position(|known| known.id == class);
    let (Some(from), Some(to_index)) = (index(row.class_id), index(to)) else {
        return Err(AllocationError::NotFound);
    };
    if from == to_index {
        return Err(AllocationError::SameClass);
    }
    let before = roster.seats();
    let mut after = before.clone();
    after[from].retain(|person| *person != row.person_id);
    after[to_index].push(row.person_id);
    if let Some(other) = exchange_with {
        let other = roster.of_class(to).find(|seated| seated.place.is_some_and(|(id, _)| id == other));
        let other = other.ok_or(AllocationError::NotInThatClass)?.person;
        after[to_index].retain(|person| *person != other);
        after[from].push(other);
    }
    Ok(judge(&Change {
        cost_before: roster.cost(&before),
        cost_after: roster.cost(&after),
        before: roster.faces(&before),
        after: roster.faces(&after),
    }))
}

/// What the database says about a seat, in our words.
pub(crate) fn refused_seat(tried: Seating) -> impl Fn(StorageError) -> AllocationError {
    move |error| {
        if error.breaks("placements_seat_no_check") || error.breaks("placements_class_id_seat_no_key") {
            AllocationError::ClassFull(tried)
        } else if error.breaks("placements_training_id_person_id_key") {
            AllocationError::AlreadyPlaced
        } else {
            error.into()
        }
    }
}
