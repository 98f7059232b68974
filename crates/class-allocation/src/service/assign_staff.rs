//! Giving a class its assistants and experts, and taking them away.

use kernel::id::{ClassId, PersonId, StaffAssignmentId, TrainingId};
use kernel::{Ambient, Grant, Scope, Text};
use notification::{Happened, Notice};
use realtime::Hub;
use storage::{Conn, Tx};
use training_plan::training;

use super::welcome::Welcome;
use super::{held, note};
use crate::error::StaffError;
use crate::model::allocation::StaffRole;
use crate::model::board_change::BoardChangeKind;
use crate::store::changes::{self, NewChange};
use crate::store::classes::{self, ClassRow};
use crate::store::dismissals::{self, Dismissal};
use crate::store::people;
use crate::store::staff::{self, AssignmentRow};

/// Assigns somebody who agreed to lead along, in the role they agreed to, by the board that was read. In a published class they may act at
/// once.
pub async fn assign(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    training: TrainingId,
    by: PersonId,
    read: i64,
    (class, person, role): (ClassId, PersonId, StaffRole),
) -> Result<StaffAssignmentId, StaffError> {
    let allocation = held::take_open::<StaffError>(tx, training).await?.ok_or(StaffError::NotFound)?;
    held::as_read::<StaffError>(tx, training, &allocation, read).await?;
    let found = classes::find(tx, training, class).await?.ok_or(StaffError::NotFound)?;
    if !people::agreed_to_lead(tx, training, person, role).await? {
        return Err(StaffError::NotStaff);
    }
    let leads = staff::of_training(tx, training).await?;
    if leads.iter().any(|row| row.person_id == person && row.class_id == class) {
        return Err(StaffError::AlreadyAssigned);
    }
    if leads.iter().filter(|row| row.person_id == person).count() >= role.most_classes() {
        return Err(StaffError::TooManyClasses(role.most_classes()));
    }
    let row = AssignmentRow {
        id: ambient.new_id(),
        class_id: class,
        training_id: training,
        person_id: person,
        role,
    };
    staff::insert(tx, &row, by, ambient.now()).await?;
    if found.published {
        let title = training::find(tx, training).await?.ok_or(StaffError::NotFound)?.title;
        let welcome = Welcome { training, title: &title, class, name: &found.name, by };
        welcome.leader(tx, ambient, person, role).await?;
        notification::notify(tx, ambient, hub, person, &welcome.to_leader()).await?;
    }
    let assigned = NewChange {
        whom: Some(person),
        to_class: &found.name,
        ..NewChange::of_board(training, allocation.version, BoardChangeKind::Assigned, by)
    };
    changes::keep(tx, assigned, ambient.now()).await?;
    let detail = serde_json::json!({ "class": class, "person": person, "role": role });
    note(tx, ambient, training, by, "class_allocation.assign", row.id.to_string(), detail).await?;
    Ok(row.id)
}

/// Takes somebody from a class and says why. The last assistant and the last expert of a published class stay until another one comes.
pub async fn dismiss(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: PersonId,
    read: i64,
    (training, assignment, reason): (TrainingId, StaffAssignmentId, &str),
) -> Result<AssignmentRow, StaffError> {
    let known = staff::find(tx, assignment).await?.ok_or(StaffError::NotFound)?;
    // Nobody's sessions wait for what will not be done. All of it is asked again below.
    let allocation = held::look_open::<StaffError>(tx, training).await?.ok_or(StaffError::NotFound)?;
    held::is_as_read::<StaffError>(tx, training, allocation.version, read).await?;
    may_go(tx, training, &known).await?;
    identity::grants::still(tx, known.person_id).await?;
    let allocation = held::take_open::<StaffError>(tx, training).await?.ok_or(StaffError::NotFound)?;
    held::as_read::<StaffError>(tx, training, &allocation, read).await?;
    let row = staff::find(tx, assignment).await?.ok_or(StaffError::NotFound)?;
    let class = may_go(tx, training, &row).await?;
    staff::delete(tx, row.id).await?;
    let dismissed = NewChange {
        whom: Some(row.person_id),
        from_class: &class.name,
        ..NewChange::of_board(training, allocation.version, BoardChangeKind::Dismissed, by)
    };
    changes::keep(tx, dismissed, ambient.now()).await?;
    // Of a draft nobody knew.
    if class.published {
        dismissals::keep(tx, &Dismissal { of: &row, by, reason }, ambient.now()).await?;
        let grant = Grant { role: row.role.role(), scope: Scope::Class(row.class_id) };
        identity::grants::take(tx, hub, row.person_id, grant).await?;
        if row.person_id != by {
            let title = training::find(tx, training).await?.ok_or(StaffError::NotFound)?.title;
            let reason = reason.to_owned();
            let dismissed = Happened::ClassDismissed { training: title, class: class.name, reason };
            notification::notify(tx, ambient, hub, row.person_id, &Notice::new(dismissed, "/teach/classes"))
                .await?;
        }
    }
    let detail = serde_json::json!({
        "class": row.class_id, "person": row.person_id, "role": row.role, "reason": reason,
    });
    note(tx, ambient, training, by, "class_allocation.dismiss", row.id.to_string(), detail).await?;
    Ok(row)
}

/// The class that somebody can be taken from.
async fn may_go(conn: &mut Conn, training: TrainingId, row: &AssignmentRow) -> Result<ClassRow, StaffError> {
    let class = classes::find(conn, training, row.class_id).await?.ok_or(StaffError::NotFound)?;
    let mut leads = staff::leading(conn, training).await?;
    leads.retain(|other| other.class_id == row.class_id && other.role == row.role);
    // Who does not lead any more, while their account is disabled, is not missed.
    if class.published && leads.len() == 1 && leads[0].id == row.id {
        return Err(StaffError::LastOfClass(last_of_class(row.role)));
    }
    Ok(class)
}

fn last_of_class(role: StaffRole) -> Text {
    match role {
        StaffRole::Assistant => Text::new(
            "这是本班唯一的助教，请先安排另一名助教。",
            "This is the only assistant of the class; assign another one first.",
        ),
        StaffRole::Expert => Text::new(
            "这是本班唯一的专家，请先安排另一名专家。",
            "This is the only expert of the class; assign another one first.",
        ),
    }
}
