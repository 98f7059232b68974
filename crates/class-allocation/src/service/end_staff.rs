//! Somebody stops leading along in a training: with the invitation every class that they led is without them, at once.

use kernel::id::ClassId;
use kernel::{Actor, Ambient, Grant, Scope};
use realtime::Hub;
use storage::Tx;
use training_plan::staff::{self as team, Ending};

use super::{held, missing, note};
use crate::error::EndStaffError;
use crate::model::allocation::StaffRole;
use crate::model::board_change::BoardChangeKind;
use crate::store::changes::{self, NewChange};
use crate::store::{classes, staff};

/// A class that somebody led, and whether it now needs somebody else in this role.
#[derive(Debug, Clone)]
pub struct Released {
    pub class: ClassId,
    pub name: String,
    pub role: StaffRole,
    pub needs_another: bool,
}

/// Unlike a dismissal from one class this also takes the last assistant or expert of a published class: a right that has ended is not
/// kept because nobody has been found yet. What is missing is told.
pub async fn end(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: &Actor,
    ending: Ending<'_>,
) -> Result<Vec<Released>, EndStaffError> {
    let ended = team::end(tx, ambient, hub, by, ending).await?;
    let training = ended.training;
    // The board that others have before them is no longer what it was.
    if let Some(board) = held::take(tx, training).await? {
        let left = NewChange {
            whom: Some(ended.person),
            ..NewChange::of_board(training, board.version, BoardChangeKind::LeaderLeft, by.person)
        };
        changes::keep(tx, left, ambient.now()).await?;
    }
    let mut mine = staff::of_training(tx, training).await?;
    mine.retain(|row| row.person_id == ended.person);
    let others = staff::leading(tx, training).await?;
    let mut released = Vec::new();
    for row in mine {
        staff::delete(tx, row.id).await?;
        let grant = Grant { role: row.role.role(), scope: Scope::Class(row.class_id) };
        identity::grants::take(tx, hub, ended.person, grant).await?;
        let (name, published) = classes::find(tx, training, row.class_id)
            .await?
            .map_or_else(Default::default, |class| (class.name, class.published));
        let needs_another =
            !others.iter().any(|other| other.class_id == row.class_id && other.role == row.role);
        let one = Released { class: row.class_id, name, role: row.role, needs_another };
        // Of a draft the board says what is missing before anybody enters a class.
        if published && needs_another {
            missing::tell(tx, ambient, hub, training, &one.name, one.role).await?;
        }
        released.push(one);
    }
    if !released.is_empty() {
        let of: Vec<_> = released.iter().map(|one| one.class).collect();
        let detail = serde_json::json!({ "person": ended.person, "classes": of });
        let object = ending.invitation.to_string();
        note(tx, ambient, training, by.person, "class_allocation.release", object, detail).await?;
    }
    Ok(released)
}
