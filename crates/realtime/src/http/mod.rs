//! The hub's face to clients: a ticket, the socket, and the same events by long poll.

mod events;
mod live;
mod problems;
mod ticket;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::hub::Hub;

/// The routes under `/api/v1/live`.
pub fn router(hub: Hub) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(ticket::issue_ticket))
        .routes(routes!(live::open_socket))
        .routes(routes!(events::poll_events))
        .with_state(hub)
}
