//! How a training's board behaves.

use kernel::Timestamp;
use kernel::id::{PersonId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

storage::from_row! {
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct SettingsRow { pub grace_days: u16, pub revision_days: u16, pub version: i64 }
}

pub(crate) async fn find(conn: &mut Conn, training: TrainingId) -> Result<Option<SettingsRow>, StorageError> {
    sql("select grace_days, revision_days, version from board_settings where training_id = $1")
        .bind(training)
        .opt(conn)
        .await
}

/// Makes the first settings, or changes those of this version (0: there are none yet). False when the version is another.
pub(crate) async fn save(
    tx: &mut Tx,
    training: TrainingId,
    version: i64,
    (grace_days, revision_days): (u16, u16),
    by: PersonId,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let text = match version {
        0 => {
            "insert into board_settings (training_id, grace_days, revision_days, version, updated_by, updated_at) \
             values ($1, $2, $6, $5 + 1, $3, $4) on conflict (training_id) do nothing"
        }
        _ => {
            "update board_settings set grace_days = $2, revision_days = $6, version = version + 1, updated_by = $3, updated_at = $4 \
             where training_id = $1 and version = $5"
        }
    };
    let saved = sql(text)
        .bind(training)
        .bind(grace_days)
        .bind(by)
        .bind(at)
        .bind(version)
        .bind(revision_days)
        .exec(tx)
        .await?;
    Ok(saved == 1)
}
