//! The office, or an administrator, names somebody who leads the training from now on.

use kernel::id::{PersonId, TrainingId, TrainingLeadId};
use kernel::{Ambient, Grant, Role, Scope};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::{Conn, StorageError, Tx};

use super::note;
use crate::access::{Granted, Supervise};
use crate::error::LeadError;
use crate::model::training::{MOST_LEADS, Training};
use crate::store::{
    self,
    leads::{Lead, NewLead},
};
use crate::training;

/// Also when the training is over: its certificates are still proposed by a lead.
pub(crate) async fn name_lead(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: &Granted<Supervise>,
    person: PersonId,
) -> Result<Lead, LeadError> {
    let training = training::hold(tx, by.training).await?.ok_or(LeadError::NoSuchTraining)?;
    // Nobody is held by the name alone.
    may_be_named(tx, training.id, person).await?;
    identity::grants::hold(tx, vec![person]).await?;
    name(tx, ambient, hub, by.actor.person, &training, person).await
}

/// Whether somebody may lead a training, and does not yet.
pub(super) async fn may_be_named(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<(), LeadError> {
    if !store::people::is_active(conn, person).await? {
        return Err(LeadError::NoSuchPerson);
    }
    if !store::people::may_lead(conn, person, training).await? {
        return Err(LeadError::NotOfThisUnit);
    }
    if store::people::learns_in(conn, person, training).await? {
        return Err(LeadError::IsLearner);
    }
    let leads = store::leads::of_training(conn, training).await?;
    if leads.iter().any(|lead| lead.person_id == person && lead.ended_at.is_none()) {
        return Err(LeadError::AlreadyLeads);
    }
    Ok(())
}

/// Names somebody, where the training and the person are held.
pub(super) async fn name(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: PersonId,
    training: &Training,
    person: PersonId,
) -> Result<Lead, LeadError> {
    may_be_named(tx, training.id, person).await?;
    if store::leads::count(tx, training.id).await? >= MOST_LEADS {
        return Err(LeadError::TooManyLeads);
    }
    let id = appoint(tx, ambient, training.id, person, by).await.map_err(|error| {
        if error.breaks("training_leads_training_id_person_id_key") {
            LeadError::AlreadyLeads
        } else {
            error.into()
        }
    })?;
    if person != by {
        let named = Happened::LeadNamed { training: training.title.clone() };
        let named = Notice::new(named, format!("/office/trainings/{}", training.id));
        notification::notify(tx, ambient, hub, person, &named).await?;
    }
    let detail = json!({ "person": person });
    note(tx, ambient, training.id, by, "training_plan.name_lead", id.to_string(), detail).await?;
    store::leads::find(tx, id).await?.ok_or(LeadError::NoSuchLead)
}

/// The part and the grant, which go together.
pub(super) async fn appoint(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    person: PersonId,
    by: PersonId,
) -> Result<TrainingLeadId, StorageError> {
    let id = ambient.new_id();
    store::leads::insert(tx, &NewLead { id, training, person, by }, ambient.now()).await?;
    let grant = Grant { role: Role::TrainingLead, scope: Scope::Training(training) };
    identity::grants::give(tx, ambient, person, grant, Some(by)).await?;
    Ok(id)
}
