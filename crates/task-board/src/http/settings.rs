//! How a training's board behaves.

use axum::extract::State;
use garde::Validate;
use http_kit::{IfMatch, Input, Problem, Versioned};
use kernel::id::TrainingId;
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Manage, Read};
use utoipa::ToSchema;

use super::Shared;
use crate::model::deadline::{DEFAULT_GRACE_DAYS, DEFAULT_REVISION_DAYS};
use crate::service::save_settings::save_settings;
use crate::store::settings::{self, SettingsRow};

#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct BoardSettings {
    /// Days after a week's end in which late work is taken, with a mark.
    #[garde(range(max = 60))]
    grace_days: u16,
    /// Days that a learner has for work that was sent back, until the end of the last of them.
    #[garde(range(min = 1, max = 60))]
    revision_days: u16,
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/board-settings", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = BoardSettings)), tag = "task-board")]
pub(super) async fn get_board_settings(
    State(shared): State<Shared>,
    reader: Granted<Read>,
) -> Result<Versioned<BoardSettings>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let found = settings::find(&mut conn, reader.training).await?;
    let default =
        SettingsRow { grace_days: DEFAULT_GRACE_DAYS, revision_days: DEFAULT_REVISION_DAYS, version: 0 };
    Ok(view(found.unwrap_or(default)))
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
    let days = (body.grace_days, body.revision_days);
    let saved = save_settings(&mut tx, &shared.platform.ambient, &lead, version, days).await?;
    tx.commit().await?;
    Ok(view(saved))
}

fn view(settings: SettingsRow) -> Versioned<BoardSettings> {
    let SettingsRow { grace_days, revision_days, version } = settings;
    Versioned(version, BoardSettings { grace_days, revision_days })
}
