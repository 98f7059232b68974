//! Evaluation schemes.

use kernel::Timestamp;
use kernel::id::{PersonId, TrainingId};
use storage::{Conn, Json, StorageError, Tx, sql};

use super::papers::json;
use crate::model::scheme::Scheme;

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct SchemeRow {
        pub scheme: Json<Scheme>, pub version: i64, pub evaluated_at: Option<Timestamp>,
    }
}

/// The training's scheme; version 0 is the default, which nobody has saved.
pub(crate) async fn find(conn: &mut Conn, training: TrainingId) -> Result<SchemeRow, StorageError> {
    let row: Option<SchemeRow> =
        sql("select scheme, version, evaluated_at from evaluation_schemes where training_id = $1")
            .bind(training)
            .opt(conn)
            .await?;
    Ok(row.unwrap_or_else(|| SchemeRow { scheme: Json(Scheme::default()), version: 0, evaluated_at: None }))
}

/// Saves over this version (0: nobody saved before); false when another is there, or results were computed.
pub(crate) async fn save(
    tx: &mut Tx,
    training: TrainingId,
    version: i64,
    scheme: &Scheme,
    by: PersonId,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let text = match version {
        0 => {
            "insert into evaluation_schemes (training_id, scheme, version, updated_by, updated_at) \
             values ($1, $3, $2 + 1, $4, $5) on conflict (training_id) do nothing"
        }
        _ => {
            "update evaluation_schemes set scheme = $3, version = version + 1, updated_by = $4, updated_at = $5 \
             where training_id = $1 and version = $2 and evaluated_at is null"
        }
    };
    let saved =
        sql(text).bind(training).bind(version).bind(json(scheme)?).bind(by).bind(now).exec(tx).await?;
    Ok(saved == 1)
}

/// Fixes the scheme and takes it for this transaction, so that two who compute stand in line. The default that nobody has saved stays
/// version 0: it is what was read.
pub(crate) async fn fix(
    tx: &mut Tx,
    training: TrainingId,
    default: &Scheme,
    now: Timestamp,
) -> Result<SchemeRow, StorageError> {
    sql("insert into evaluation_schemes (training_id, scheme, version, updated_at, evaluated_at) \
         values ($1, $2, 0, $3, $3) on conflict (training_id) do update \
         set evaluated_at = coalesce(evaluation_schemes.evaluated_at, excluded.evaluated_at) \
         returning scheme, version, evaluated_at")
    .bind(training)
    .bind(json(default)?)
    .bind(now)
    .one(tx)
    .await
}
