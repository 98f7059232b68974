//! The office, or an administrator, ends somebody's part as lead, and names the next one where nobody else is left.

use kernel::id::{PersonId, TrainingLeadId};
use kernel::{Ambient, Grant, Role, Scope};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::{Conn, Tx};

use super::name_lead::{may_be_named, name};
use super::note;
use crate::access::{Granted, Supervise};
use crate::error::LeadError;
use crate::store::{self, leads::Lead};
use crate::training;

/// Why, and who leads in their place.
pub(crate) struct Ending<'a> {
    /// Both sides read it.
    pub reason: &'a str,
    pub next: Option<PersonId>,
}

/// Every right of the lead is gone with this transaction, what they decided stays.
///
/// Invariant: a training has a lead who can sign in, unless somebody disabled the last one.
pub(crate) async fn end_lead(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: &Granted<Supervise>,
    id: TrainingLeadId,
    Ending { reason, next }: Ending<'_>,
) -> Result<Lead, LeadError> {
    let known = store::leads::find(tx, id).await?.ok_or(LeadError::NoSuchLead)?;
    // Nobody's sessions wait for what will not be done. What is found here is asked again below.
    weigh(tx, &known, next).await?;
    identity::grants::still(tx, known.person_id).await?;
    let training = training::hold(tx, by.training).await?.ok_or(LeadError::NoSuchTraining)?;
    let lead = store::leads::find(tx, id).await?.ok_or(LeadError::NoSuchLead)?;
    weigh(tx, &lead, next).await?;
    let (person, actor) = (lead.person_id, by.actor.person);
    identity::grants::hold(tx, next.into_iter().chain([person]).collect()).await?;
    // First, so that there is room for the next one.
    store::leads::end(tx, id, actor, reason, ambient.now()).await?;
    if let Some(next) = next {
        name(tx, ambient, hub, actor, &training, next).await?;
    }
    if store::leads::others(tx, training.id, person).await? == 0 {
        return Err(LeadError::LastLead);
    }
    let grant = Grant { role: Role::TrainingLead, scope: Scope::Training(training.id) };
    identity::grants::take(tx, hub, person, grant).await?;
    let detail = json!({ "person": person, "reason": reason, "next": next });
    note(tx, ambient, training.id, actor, "training_plan.end_lead", id.to_string(), detail).await?;
    if person != actor {
        let ended = Happened::LeadEnded { training: training.title, reason: reason.to_owned() };
        let ended = Notice::new(ended, "/office/trainings");
        notification::notify(tx, ambient, hub, person, &ended).await?;
    }
    store::leads::find(tx, id).await?.ok_or(LeadError::NoSuchLead)
}

/// Whether a part can end, and this one follow.
async fn weigh(conn: &mut Conn, lead: &Lead, next: Option<PersonId>) -> Result<(), LeadError> {
    if lead.ended_at.is_some() {
        return Err(LeadError::HasEnded);
    }
    if next == Some(lead.person_id) {
        return Err(LeadError::AlreadyLeads);
    }
    if let Some(next) = next {
        return may_be_named(conn, lead.training_id, next).await;
    }
    if store::leads::others(conn, lead.training_id, lead.person_id).await? == 0 {
        return Err(LeadError::LastLead);
    }
    Ok(())
}
