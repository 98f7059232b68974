//! A lead starts a training: the training, its draft plan, the lead's grant.

use kernel::id::{OrgUnitId, PlanId};
use kernel::{Actor, Ambient, Date, Role, Scope, TimeZone};
use serde_json::json;
use storage::Tx;

use super::{name_lead, note};
use crate::error::TrainingError;
use crate::model::plan::PlanState;
use crate::model::training::{Training, TrainingState};
use crate::store;

/// What a training starts with; the rest is written in its plan.
pub(crate) struct NewTraining {
    pub org_unit: OrgUnitId,
    pub title: String,
    pub title_en: String,
    pub time_zone: String,
    pub starts_on: Date,
    pub weeks: u16,
}

/// Makes a training with a draft plan; whoever makes it leads it.
pub(crate) async fn create_training(
    tx: &mut Tx,
    ambient: &Ambient,
    actor: &Actor,
    new: NewTraining,
) -> Result<Training, TrainingError> {
    may_lead(tx, actor, new.org_unit).await?;
    let training = Training {
        id: ambient.new_id(),
        org_unit: new.org_unit,
        title: new.title,
        title_en: new.title_en,
        time_zone: TimeZone::parse(&new.time_zone).ok_or(TrainingError::NotAZone)?,
        starts_on: new.starts_on,
        weeks: new.weeks,
        state: TrainingState::Preparing,
        plan_state: PlanState::Draft,
    };
    let plan: PlanId = ambient.new_id();
    store::trainings::insert(tx, &training, actor.person, ambient.now()).await?;
    store::plans::insert_draft(tx, plan, training.id, actor.person, ambient.now()).await?;
    identity::grants::place_scope(tx, Scope::Training(training.id), training.org_unit).await?;
    name_lead::appoint(tx, ambient, training.id, actor.person, actor.person).await?;
    let detail = json!({ "title": training.title, "starts_on": training.starts_on, "weeks": training.weeks });
    let object = training.id.to_string();
    note(tx, ambient, training.id, actor.person, "training_plan.create_training", object, detail).await?;
    Ok(training)
}

/// A lead of the unit or of one above it; an administrator everywhere.
async fn may_lead(tx: &mut Tx, actor: &Actor, unit: OrgUnitId) -> Result<(), TrainingError> {
    let allowed = if actor.is_administrator() {
        store::trainings::unit_exists(tx, unit).await?
    } else {
        let units: Vec<OrgUnitId> = actor
            .scopes(Role::TrainingLead)
            .filter_map(|scope| if let Scope::OrgUnit(unit) = scope { Some(unit) } else { None })
            .collect();
        store::trainings::unit_is_below(tx, unit, &units).await?
    };
    if allowed { Ok(()) } else { Err(TrainingError::NotYourUnit) }
}
