//! The lead writes the recruitment notice and the rules of the gate.

use http_kit::markdown::to_safe_html;
use kernel::{Ambient, Timestamp};
use serde_json::json;
use storage::Tx;
use training_plan::access::{Granted, Manage};
use training_plan::model::plan::PlanState;
use training_plan::training;

use super::note;
use crate::error::NoticeError;
use crate::model::rules::Rules;
use crate::store::{
    self,
    notices::{Notice, StoredRules},
};

/// What the lead writes.
pub(crate) struct NoticeContent {
    pub title: String,
    pub body_markdown: String,
    pub opens_at: Timestamp,
    pub closes_at: Timestamp,
    pub capacity: u16,
    pub rules: Rules,
}

/// Writes the notice over the version that was read; version 0 makes it.
pub(crate) async fn save_notice(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &Granted<Manage>,
    version: i64,
    content: NoticeContent,
) -> Result<Notice, NoticeError> {
    // Behind the training, so that capacity and rules do not change under a decision or a hand-in.
    held(tx, lead).await?;
    if content.closes_at <= content.opens_at {
        return Err(NoticeError::Window);
    }
    let faults = content.rules.faults();
    if !faults.is_empty() {
        return Err(NoticeError::Rules(faults));
    }
    let (training, now, by) = (lead.training, ambient.now(), lead.actor.person);
    let before = store::notices::find(tx, training).await?;
    if before.as_ref().map_or(0, |notice| notice.version) != version {
        return Err(NoticeError::Stale);
    }
    if let Some(before) = &before {
        may_change(tx, before, &content).await?;
    }
    let notice = Notice {
        id: before.as_ref().map_or_else(|| ambient.new_id(), |before| before.id),
        training,
        version: version + 1,
        body_html: to_safe_html(&content.body_markdown),
        title: content.title,
        body_markdown: content.body_markdown,
        opens_at: content.opens_at,
        closes_at: content.closes_at,
        capacity: content.capacity,
        rules: content.rules,
        published_at: before.as_ref().and_then(|before| before.published_at),
        updated_at: now,
    };
    let rules = StoredRules::of(&notice.rules)?;
    if before.is_some() {
        store::notices::update(tx, &notice, rules, by).await?;
    } else if !store::notices::insert(tx, &notice, rules, by).await? {
        return Err(NoticeError::Stale);
    }
    let detail = json!({ "version": notice.version, "capacity": notice.capacity });
    note(tx, ambient, training, by, "gate_admission.save_notice", notice.id.to_string(), detail).await?;
    Ok(notice)
}

/// Holds the training. Nothing at the gate before its plan is approved, nor when it is over.
pub(super) async fn held(tx: &mut Tx, lead: &Granted<Manage>) -> Result<(), NoticeError> {
    let found = training::hold(tx, lead.training).await?.ok_or(NoticeError::NoSuchNotice)?;
    found.not_over()?;
    if found.plan_state == PlanState::Approved { Ok(()) } else { Err(NoticeError::PlanNotApproved) }
}

/// Who handed in did so under these rules; who has a seat keeps it.
async fn may_change(tx: &mut Tx, before: &Notice, content: &NoticeContent) -> Result<(), NoticeError> {
    if before.rules != content.rules && store::applications::any_submitted(tx, before.training).await? {
        return Err(NoticeError::RulesFixed);
    }
    let admitted = store::admissions::taken_seats(tx, before.training).await?.len();
    if admitted > usize::from(content.capacity) {
        return Err(NoticeError::CapacityBelowAdmitted { admitted: admitted.try_into().unwrap_or(i64::MAX) });
    }
    Ok(())
}
