//! GET /api/v1/live: the WebSocket.

use axum::extract::rejection::QueryRejection;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Query, State, WebSocketUpgrade};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use http_kit::Problem;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::problems;
use crate::hub::Hub;
use crate::socket;

/// The default of 128 KiB a connection would be most of what a connection costs.
const READ_BUFFER: usize = 4096;
const WRITE_BUFFER: usize = 16 * 1024;
/// Most bytes of a client's message.
const MESSAGE_LIMIT: usize = 64 * 1024;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OpenSocket {
    /// From `POST /api/v1/live/ticket`.
    ticket: String,
}

/// Opens the live socket. JSON messages, one a frame:
/// the client says `subscribe` (channel, and `after` and `epoch` when it remembers them), `unsubscribe` (channel) or `ping`;
/// the server says `recovered` or `resync` (channel, epoch, number), `event` (channel, number, kind, data), `refused`
/// (channel, code) or `pong`. Closes with 1001 (resume elsewhere), 1008 (not understood), 1013 (try again later), 4401
/// (signed out) or 4429 (too many messages: at most 120 at once, then five a second).
#[utoipa::path(
    get,
    path = "/api/v1/live",
    tags = ["live", "public"],
    params(OpenSocket),
    responses((status = SWITCHING_PROTOCOLS, description = "The socket is open"))
)]
pub(super) async fn open_socket(
    State(hub): State<Hub>,
    headers: HeaderMap,
    ticket: Result<Query<OpenSocket>, QueryRejection>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let upgrade = upgrade.map_err(|_| problems::not_a_socket())?;
    let Query(OpenSocket { ticket }) = ticket.map_err(|_| problems::ticket_refused())?;
    if !is_from_here(&headers) {
        return Err(problems::wrong_origin());
    }
    if hub.0.stop.is_cancelled() {
        return Err(problems::stopping());
    }
    let inner = &hub.0;
    let actor = inner.tickets.take(&inner.db, inner.ambient.now(), &ticket).await?;
    let actor = actor.ok_or_else(problems::ticket_refused)?;
    let registration = inner.sockets.register(&actor).ok_or_else(problems::too_many_of_one)?;
    let doubt = inner.doubt.subscribe();
    // Asked once it can be closed: of a session that ends meanwhile, either this or the closing hears.
    if !hub.is_signed_in(&actor).await {
        return Err(problems::ticket_refused());
    }
    let task = inner.tasks.token();
    let hub = hub.clone();
    Ok(upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_message_size(MESSAGE_LIMIT)
        .max_frame_size(MESSAGE_LIMIT)
        .on_upgrade(async move |socket| {
            socket::serve(hub, actor, socket, registration, doubt).await;
            drop(task);
        }))
}

/// A browser always says where its page is from, and pages of other sites may not go live here. Other programs
/// say nothing; what lets them in is the ticket.
fn is_from_here(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let text = |value: &axum::http::HeaderValue| value.to_str().unwrap_or_default().to_ascii_lowercase();
    let origin = text(origin);
    let host = headers.get(header::HOST).map(text).unwrap_or_default();
    let (site, usual_port) = match origin.split_once("://") {
        Some(("https", site)) => (site, ":443"),
        Some(("http", site)) => (site, ":80"),
        _ => return false,
    };
    let bare = |name: &str| name.strip_suffix(usual_port).unwrap_or(name).to_owned();
    !host.is_empty() && bare(site) == bare(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_site_go_live() {
        for (origin, host, expected) in [
            (None, "lingxue.cn", true),
            (Some("https://lingxue.cn"), "lingxue.cn", true),
            (Some("https://Lingxue.cn"), "lingxue.cn:443", true),
            (Some("http://127.0.0.1:8080"), "127.0.0.1:8080", true),
            (Some("http://127.0.0.1:8081"), "127.0.0.1:8080", false),
            (Some("https://lingxue.cn.evil.example"), "lingxue.cn", false),
            (Some("https://evil.example"), "lingxue.cn", false),
            (Some("null"), "lingxue.cn", false),
            (Some("https://"), "", false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().expect("a header value"));
            }
            headers.insert(header::HOST, host.parse().expect("a header value"));
            assert_eq!(is_from_here(&headers), expected, "{origin:?} at {host}");
        }
    }
}
