//! The provincial office approves a plan, or returns it with its reasons.

use kernel::Ambient;
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::Tx;

use super::note;
use super::save_plan::take;
use crate::access::{Decide, Granted};
use crate::error::PlanError;
use crate::model::plan::PlanDecision;
use crate::store::{self, plans::Plan};

/// A decision, and the version of the plan that was read for it.
pub(crate) struct Ruling<'a> {
    pub read: i64,
    pub decision: PlanDecision,
    pub reasons: &'a str,
}

pub(crate) async fn decide_plan(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    office: &Granted<Decide>,
    Ruling { read, decision, reasons }: Ruling<'_>,
) -> Result<Plan, PlanError> {
    let plan = take(tx, office).await?;
    let state = plan.state.decide(decision)?;
    // A plan that was returned and handed in again meanwhile says something that this office has not read.
    if plan.version != read {
        return Err(PlanError::Stale);
    }
    let (now, by) = (ambient.now(), office.actor.person);
    if store::submissions::submitted_by(tx, plan.id, plan.submission).await? == Some(by) {
        return Err(PlanError::OwnPlan);
    }
    store::submissions::decide(tx, plan.id, plan.submission, decision, reasons, by, now).await?;
    store::plans::set_state(tx, plan.id, state, plan.submission, now).await?;
    let title = plan.content.title.clone();
    let happened = match decision {
        PlanDecision::Approved => Happened::PlanApproved { training: title },
        PlanDecision::Returned => Happened::PlanReturned { training: title },
    };
    let notice = Notice::new(happened, format!("/office/trainings/{}/plan", office.training));
    let leads = store::people::leads(tx, office.training).await?;
    notification::notify_all(tx, ambient, hub, leads, &notice).await?;
    let detail = json!({ "decision": decision, "submission": plan.submission });
    note(tx, ambient, office.training, by, "training_plan.decide_plan", plan.id.to_string(), detail).await?;
    Ok(Plan { state, version: plan.version + 1, updated_at: now, ..plan })
}
