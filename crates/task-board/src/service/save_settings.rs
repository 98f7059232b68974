//! The lead says how long late work is taken, and how long work that was sent back.

use kernel::Ambient;
use storage::Tx;
use training_plan::access::{Granted, Manage};

use super::relied;
use crate::error::BoardError;
use crate::store::settings::{self, SettingsRow};

pub(crate) async fn save_settings(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &Granted<Manage>,
    version: i64,
    days: (u16, u16),
) -> Result<SettingsRow, BoardError> {
    // Until when work is taken does not change under the lead who ends the training.
    relied(tx, lead.training).await?;
    let by = lead.actor.person;
    if !settings::save(tx, lead.training, version, days, by, ambient.now()).await? {
        let there = settings::find(tx, lead.training).await?;
        return Err(BoardError::Stale { version: there.map_or(0, |settings| settings.version) });
    }
    let saved = settings::find(tx, lead.training).await?.ok_or(BoardError::NoSuchList)?;
    let detail = serde_json::json!({ "grace_days": saved.grace_days, "revision_days": saved.revision_days });
    let object = lead.training.to_string();
    super::note(tx, ambient, lead.training, by, "task_board.save_settings", object, detail).await?;
    Ok(saved)
}
