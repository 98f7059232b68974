//! How a training's board behaves.

use axum::extract::State;
use garde::Validate;
use http_kit::{IfMatch, Input, Problem, Versioned};
use kernel::id::TrainingId;
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Manage, Read};
use utoipa::ToSchema;

use super::Shared;
use crate::model::week::DEFAULT_GRACE_DAYS;
use crate::service::save_settings::save_settings;
use crate::store::settings;

#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct BoardSettings {
    /// Days after a week's end in which late work is taken, with a mark.
    #[garde(range(max = 60))]
    grace_days: u16,
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/board-settings", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = BoardSettings)), tag = "task-board")]
pub(super) async fn get_board_settings(
    State(shared): State<Shared>,
    reader: Granted<Read>,
) -> Result<Versioned<BoardSettings>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let found = settings::find(&mut conn, reader.training).await?;
    let (version, grace_days) = found.map_or((0, DEFAULT_GRACE_DAYS), |s| (s.version, s.grace_days));
    Ok(Versioned(version, BoardSettings { grace_days }))
}

#[utoipa::path(put, path = "/api/v1/trainings/{training_id}/board-settings",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = BoardSettings, responses((status = 200, body = BoardSettings)), tag = "task-board")]
pub(super) async fn save_board_settings(
    State(shared): State<Shared>,
    lead: Granted<Manage>,
    IfMatch(version): IfMatch,
    Input(body): Input<BoardSettings>,
) -> Result<Versioned<BoardSettings>, Problem> {
    let mut tx = shared.platform.begin(&lead.actor).await?;
    let saved = save_settings(&mut tx, &shared.platform.ambient, &lead, version, body.grace_days).await?;
    tx.commit().await?;
    Ok(Versioned(saved.version, BoardSettings { grace_days: saved.grace_days }))
}
