//! The lead changes the plan, as long as it is theirs to change.

use kernel::Ambient;
use serde_json::json;
use storage::Tx;

use super::note;
use crate::access::{Granted, Manage};
use crate::error::PlanError;
use crate::model::plan::{PlanContent, Refused};
use crate::store::{self, plans::Plan};

/// Writes the whole plan over the version that the lead had read.
pub(crate) async fn save_plan(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &Granted<Manage>,
    version: i64,
    content: PlanContent,
) -> Result<Plan, PlanError> {
    let plan = take(tx, lead).await?;
    if plan.version != version {
        return Err(PlanError::Stale);
    }
    if !plan.state.may_be_edited() {
        return Err(Refused::NotEditable(plan.state).into());
    }
    content.zone().ok_or(PlanError::NotAZone)?;
    let contradictions = content.contradictions();
    if !contradictions.is_empty() {
        return Err(PlanError::Gaps(contradictions));
    }
    store::plans::save(tx, ambient, plan.id, &content, lead.actor.person).await?;
    store::trainings::update(tx, lead.training, &content).await?;
    let detail = json!({ "version": plan.version + 1 });
    let object = plan.id.to_string();
    note(tx, ambient, lead.training, lead.actor.person, "training_plan.save_plan", object, detail).await?;
    Ok(Plan { version: plan.version + 1, updated_at: ambient.now(), content, ..plan })
}

/// The plan, held for this transaction.
pub(super) async fn take<A>(tx: &mut Tx, granted: &Granted<A>) -> Result<Plan, PlanError> {
    if !store::plans::take(tx, granted.training).await? {
        return Err(PlanError::NoSuchPlan);
    }
    store::plans::find(tx, granted.training).await?.ok_or(PlanError::NoSuchPlan)
}
