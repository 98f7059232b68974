//! POST /api/v1/live/ticket: what opens a socket, once.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use http_kit::{Problem, SignedIn};
use kernel::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::hub::Hub;

/// Opens one socket at `/api/v1/live?ticket=…` within 30 seconds.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TicketView {
    ticket: String,
    expires_at: Timestamp,
}

/// Asks for a ticket for the live socket. Each call gives a new one.
#[utoipa::path(
    post,
    path = "/api/v1/live/ticket",
    tag = "live",
    extensions(("x-repeatable" = json!(true))),
    responses((status = CREATED, body = TicketView, description = "A ticket for one socket"))
)]
pub(super) async fn issue_ticket(
    State(hub): State<Hub>,
    actor: SignedIn,
) -> Result<(StatusCode, Json<TicketView>), Problem> {
    let (ticket, expires_at) = hub.0.tickets.issue(&hub.0.db, &hub.0.ambient, actor.0).await?;
    Ok((StatusCode::CREATED, Json(TicketView { ticket, expires_at })))
}
