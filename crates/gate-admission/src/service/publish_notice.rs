//! The lead makes the notice public.

use kernel::Ambient;
use serde_json::json;
use storage::Tx;
use training_plan::access::{Granted, Manage};

use super::note;
use super::save_notice::held;
use crate::error::NoticeError;
use crate::store::{self, notices::Notice};

/// Publishing again changes nothing.
pub(crate) async fn publish_notice(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &Granted<Manage>,
    read: i64,
) -> Result<Notice, NoticeError> {
    held(tx, lead).await?;
    let (training, now) = (lead.training, ambient.now());
    let notice = store::notices::find(tx, training).await?.ok_or(NoticeError::NoSuchNotice)?;
    if notice.published_at.is_some() {
        return Ok(notice);
    }
    if notice.version != read {
        return Err(NoticeError::Stale);
    }
    store::notices::publish(tx, training, now).await?;
    let (by, object) = (lead.actor.person, notice.id.to_string());
    note(tx, ambient, training, by, "gate_admission.publish_notice", object, json!({})).await?;
    Ok(Notice { version: notice.version + 1, published_at: Some(now), ..notice })
}
