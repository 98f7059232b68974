//! Who leads along in a training, as later areas meet them: the end of it.

use kernel::id::{PersonId, StaffInvitationId, TrainingId};
use kernel::{Actor, Ambient, Grant, Role, Scope};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::{Conn, StorageError, Tx};

use crate::error::StaffError;
use crate::service::answer_invitation::take;
use crate::service::note;
use crate::store::invitations::Invitation;
use crate::{store, training};

/// Somebody who was asked to lead along.
#[derive(Debug, Clone, Copy)]
pub struct Invited {
    pub training: TrainingId,
    pub person: PersonId,
    pub role: Role,
}

/// The end of an accepted invitation, as the person or the lead asks for it.
#[derive(Debug, Clone, Copy)]
pub struct Ending<'a> {
    pub invitation: StaffInvitationId,
    /// The version that was read.
    pub read: i64,
    /// Both sides read it.
    pub reason: &'a str,
}

/// Who leads the training.
pub async fn leads(conn: &mut Conn, training: TrainingId) -> Result<Vec<PersonId>, StorageError> {
    store::people::leads(conn, training).await
}

pub async fn invited(
    conn: &mut Conn,
    invitation: StaffInvitationId,
) -> Result<Option<Invited>, StorageError> {
    let found = store::invitations::find(conn, invitation).await?;
    Ok(found.map(|row| Invited { training: row.training_id, person: row.person_id, role: row.role.role() }))
}

/// Ends it: the grant on the training is gone with this transaction, what the person made stays. Holds the training, so that a later
/// area can take what it gave itself in the same transaction. Who may ask is the caller's rule.
pub async fn end(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: &Actor,
    ending: Ending<'_>,
) -> Result<Invited, StaffError> {
    let Ending { invitation: id, read, reason } = ending;
    let known = store::invitations::find(tx, id).await?.ok_or(StaffError::NoSuchInvitation)?;
    // Nobody's sessions wait for what will not be done.
    may_end(&known, read)?;
    identity::grants::still(tx, known.person_id).await?;
    let row = take(tx, id).await?.ok_or(StaffError::NoSuchInvitation)?;
    may_end(&row, read)?;
    let (training, person, role) = (row.training_id, row.person_id, row.role.role());
    store::invitations::end(tx, id, by.person, reason, ambient.now()).await?;
    identity::grants::take(tx, hub, person, Grant { role, scope: Scope::Training(training) }).await?;
    let detail = json!({ "person": person, "role": row.role, "reason": reason });
    note(tx, ambient, training, by.person, "training_plan.end_invitation", id.to_string(), detail).await?;
    tell(tx, ambient, hub, by.person, (person, row.person_name), training).await?;
    Ok(Invited { training, person, role })
}

fn may_end(row: &Invitation, read: i64) -> Result<(), StaffError> {
    row.state.end()?;
    if row.version == read { Ok(()) } else { Err(StaffError::Stale) }
}

/// The leads hear who left, the person hears that the lead has ended it; nobody is told what they did themselves.
async fn tell(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: PersonId,
    (person, name): (PersonId, String),
    training: TrainingId,
) -> Result<(), StorageError> {
    let Some(found) = training::find(tx, training).await? else { return Ok(()) };
    let left = Happened::StaffLeft { training: found.title.clone(), person: name };
    let left = Notice::new(left, format!("/office/trainings/{training}/allocation"));
    let leads = leads(tx, training).await?;
    let others = leads.into_iter().filter(|lead| *lead != by && *lead != person);
    notification::notify_all(tx, ambient, hub, others, &left).await?;
    if person != by {
        let ended = Notice::new(Happened::StaffEnded { training: found.title }, "/my/invitations");
        notification::notify(tx, ambient, hub, person, &ended).await?;
    }
    Ok(())
}
