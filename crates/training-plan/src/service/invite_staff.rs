//! The lead asks somebody to lead along as assistant or expert, or takes the question back.

use kernel::Ambient;
use kernel::id::{PersonId, StaffInvitationId};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::Tx;

use super::answer_invitation::take;
use super::note;
use crate::access::{Granted, Manage};
use crate::error::StaffError;
use crate::model::invitation::{Answer, MOST_INVITATIONS, StaffRole};
use crate::model::plan::PlanState;
use crate::store::{
    self,
    invitations::{Invitation, NewInvitation},
};
use crate::training;

/// At most one invitation at a time for a person; who learns in the training does not lead it.
pub(crate) async fn invite_staff(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    lead: &Granted<Manage>,
    person: PersonId,
    role: StaffRole,
    message: &str,
) -> Result<Invitation, StaffError> {
    let training = training::hold(tx, lead.training).await?.ok_or(StaffError::NoSuchInvitation)?;
    training.not_over()?;
    if training.plan_state != PlanState::Approved {
        return Err(StaffError::PlanNotApproved);
    }
    if !store::people::is_active(tx, person).await? {
        return Err(StaffError::NoSuchPerson);
    }
    if store::people::learns_in(tx, person, lead.training).await? {
        return Err(StaffError::IsLearner);
    }
    if store::invitations::count(tx, lead.training).await? >= MOST_INVITATIONS {
        return Err(StaffError::TooManyInvitations);
    }
    let (id, by): (StaffInvitationId, _) = (ambient.new_id(), lead.actor.person);
    // Two leads who invite at once are decided by the unique index.
    let new = NewInvitation { id, training: lead.training, person, role, message, by };
    store::invitations::insert(tx, new, ambient.now()).await.map_err(|error| {
        if error.breaks("staff_invitations_training_id_person_id_key") {
            StaffError::AlreadyInvited
        } else {
            error.into()
        }
    })?;
    let notice = Notice::new(Happened::StaffInvited { training: training.title }, "/my/invitations");
    notification::notify(tx, ambient, hub, person, &notice).await?;
    let detail = json!({ "person": person, "role": role });
    note(tx, ambient, lead.training, by, "training_plan.invite_staff", id.to_string(), detail).await?;
    store::invitations::find(tx, id).await?.ok_or(StaffError::NoSuchInvitation)
}

/// Takes back what was not answered yet.
pub(crate) async fn withdraw_invitation(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &Granted<Manage>,
    id: StaffInvitationId,
    read: i64,
) -> Result<Invitation, StaffError> {
    let invitation = take(tx, id).await?.ok_or(StaffError::NoSuchInvitation)?;
    let state = invitation.state.take(Answer::Withdraw)?;
    if invitation.version != read {
        return Err(StaffError::Stale);
    }
    store::invitations::set_state(tx, id, state, "", ambient.now()).await?;
    let by = lead.actor.person;
    note(tx, ambient, lead.training, by, "training_plan.withdraw_invitation", id.to_string(), json!({}))
        .await?;
    let version = invitation.version + 1;
    Ok(Invitation { state, version, answered_at: Some(ambient.now()), ..invitation })
}
