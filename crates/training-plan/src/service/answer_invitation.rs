//! The invited person says yes or no; a yes gives the grant on the training.

use kernel::id::StaffInvitationId;
use kernel::{Actor, Ambient, Grant, Scope};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::Tx;

use super::note;
use crate::error::StaffError;
use crate::model::invitation::{Answer, InvitationState};
use crate::store::{self, invitations::Invitation};
use crate::training;

/// An answer, and the version of the invitation that was read for it.
pub(crate) struct Reply<'a> {
    pub read: i64,
    pub answer: Answer,
    pub reason: &'a str,
}

/// The invitation, held for this transaction behind its training: an admission of the same person stands in line with it.
pub(crate) async fn take(tx: &mut Tx, id: StaffInvitationId) -> Result<Option<Invitation>, StaffError> {
    let Some(known) = store::invitations::find(tx, id).await? else { return Ok(None) };
    training::hold(tx, known.training_id).await?;
    store::invitations::take(tx, id).await?;
    Ok(store::invitations::find(tx, id).await?)
}

/// To everybody but the invited person the invitation does not exist.
pub(crate) async fn answer_invitation(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &Actor,
    id: StaffInvitationId,
    Reply { read, answer, reason }: Reply<'_>,
) -> Result<Invitation, StaffError> {
    let invitation = take(tx, id)
        .await?
        .filter(|invitation| invitation.person_id == actor.person)
        .filter(|invitation| invitation.state != InvitationState::Withdrawn)
        .ok_or(StaffError::NoSuchInvitation)?;
    let state = invitation.state.take(answer)?;
    if invitation.version != read {
        return Err(StaffError::Stale);
    }
    let (training, now) = (invitation.training_id, ambient.now());
    if state == InvitationState::Accepted {
        may_lead_along(tx, &invitation).await?;
        let grant = Grant { role: invitation.role.role(), scope: Scope::Training(training) };
        identity::grants::give(tx, ambient, actor.person, grant, None).await?;
    }
    store::invitations::set_state(tx, id, state, reason, now).await?;
    tell_leads(tx, ambient, hub, &invitation, state).await?;
    let detail = json!({ "state": state, "role": invitation.role });
    note(tx, ambient, training, actor.person, "training_plan.answer_invitation", id.to_string(), detail)
        .await?;
    let version = invitation.version + 1;
    Ok(Invitation { state, version, reason: Some(reason.to_owned()), answered_at: Some(now), ..invitation })
}

async fn tell_leads(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    invitation: &Invitation,
    state: InvitationState,
) -> Result<(), StaffError> {
    let Some(found) = training::find(tx, invitation.training_id).await? else { return Ok(()) };
    let (training, person) = (found.title, invitation.person_name.clone());
    let happened = if state == InvitationState::Accepted {
        Happened::InvitationAccepted { training, person }
    } else {
        Happened::InvitationDeclined { training, person }
    };
    let notice = Notice::new(happened, format!("/office/trainings/{}/staff", invitation.training_id));
    let leads = store::people::leads(tx, invitation.training_id).await?;
    Ok(notification::notify_all(tx, ambient, hub, leads, &notice).await?)
}

/// Much may have happened since the invitation was written.
async fn may_lead_along(tx: &mut Tx, invitation: &Invitation) -> Result<(), StaffError> {
    if store::people::learns_in(tx, invitation.person_id, invitation.training_id).await? {
        return Err(StaffError::IsLearner);
    }
    let training = training::find(tx, invitation.training_id).await?.ok_or(StaffError::NoSuchInvitation)?;
    Ok(training.not_over()?)
}
