//! A learner stops taking part: with the admission the seat in the class ends, at once; what they did stays.

use gate_admission::admission::{self, Applicant, Ending};
use kernel::id::ClassId;
use kernel::{Actor, Ambient, Grant, Role, Scope};
use realtime::Hub;
use storage::Tx;

use super::{held, note};
use crate::error::EndLearnerError;
use crate::model::board_change::BoardChangeKind;
use crate::store::changes::{self, NewChange};
use crate::store::departures::{self, Departure};
use crate::store::{classes, placements};

/// The class that the learner sat in, or none when they had no seat yet.
pub async fn end(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: &Actor,
    ending: Ending<'_>,
) -> Result<Option<ClassId>, EndLearnerError> {
    let Applicant { training, person } = admission::end(tx, ambient, hub, by, ending).await?;
    // The board that others have before them is no longer what it was.
    if let Some(board) = held::take(tx, training).await? {
        let left = NewChange {
            whom: Some(person),
            ..NewChange::of_board(training, board.version, BoardChangeKind::LearnerLeft, by.person)
        };
        changes::keep(tx, left, ambient.now()).await?;
    }
    let Some(seat) = placements::of_person(tx, training, person).await? else { return Ok(None) };
    placements::delete(tx, seat.id).await?;
    let grant = Grant { role: Role::Learner, scope: Scope::Class(seat.class_id) };
    identity::grants::take(tx, hub, person, grant).await?;
    // Of a draft nobody knew.
    let is_published = classes::find(tx, training, seat.class_id).await?.is_some_and(|class| class.published);
    if is_published {
        let departure =
            Departure { training, person, class: seat.class_id, by: by.person, reason: ending.reason };
        departures::keep(tx, &departure, ambient.now()).await?;
    }
    let detail = serde_json::json!({ "person": person, "class": seat.class_id, "seat_no": seat.seat_no });
    let object = ending.application.to_string();
    note(tx, ambient, training, by.person, "class_allocation.unseat", object, detail).await?;
    Ok(Some(seat.class_id))
}
