//! Facts: what happened, written in the transaction of the action, for others to react to.

use kernel::Ambient;
use kernel::id::FactId;
use serde::Serialize;

use crate::conn::Tx;
use crate::error::StorageError;
use crate::query::sql;

/// Writes a fact. Kinds are `area.what_happened`, such as `forum.question_asked`; the payload is an object.
pub async fn announce(
    tx: &mut Tx,
    ambient: &Ambient,
    kind: &str,
    payload: &impl Serialize,
) -> Result<(), StorageError> {
    let id: FactId = ambient.new_id();
    let payload = serde_json::to_value(payload).map_err(|e| StorageError::Decode(e.to_string()))?;
    sql("insert into facts (id, kind, payload, at, dispatched_at) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(kind)
        .bind(payload)
        .bind(ambient.now())
        .bind(None::<kernel::Timestamp>)
        .exec(tx)
        .await?;
    Ok(())
}
