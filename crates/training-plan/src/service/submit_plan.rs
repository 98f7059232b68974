//! The lead hands the plan in: complete, and kept word for word.

use kernel::Ambient;
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::Tx;

use super::note;
use super::save_plan::take;
use crate::access::{Granted, Manage};
use crate::error::PlanError;
use crate::store::{self, plans::Plan};

pub(crate) async fn submit_plan(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    lead: &Granted<Manage>,
    read: i64,
) -> Result<Plan, PlanError> {
    let plan = take(tx, lead).await?;
    let state = plan.state.submit()?;
    // Handed in is what the lead had before them.
    if plan.version != read {
        return Err(PlanError::Stale);
    }
    let gaps = plan.content.gaps();
    if !gaps.is_empty() {
        return Err(PlanError::Gaps(gaps));
    }
    let (number, now, by) = (plan.submission + 1, ambient.now(), lead.actor.person);
    let content = serde_json::to_value(&plan.content)?;
    store::submissions::insert(tx, plan.id, number, content, by, now).await?;
    store::plans::set_state(tx, plan.id, state, number, now).await?;
    let waiting = Happened::PlanSubmitted { training: plan.content.title.clone() };
    let notice = Notice::new(waiting, format!("/office/trainings/{}/plan", lead.training));
    let offices = store::people::offices_over(tx, lead.training).await?;
    notification::notify_all(tx, ambient, hub, offices, &notice).await?;
    let detail = json!({ "submission": number });
    note(tx, ambient, lead.training, by, "training_plan.submit_plan", plan.id.to_string(), detail).await?;
    Ok(Plan { state, submission: number, version: plan.version + 1, updated_at: now, ..plan })
}
