//! What can be wrong with a request to go live, for the reader.

use http_kit::Problem;

use crate::tickets::TicketError;

const TOO_MANY_REQUESTS: axum::http::StatusCode = axum::http::StatusCode::TOO_MANY_REQUESTS;

pub(super) fn ticket_refused() -> Problem {
    Problem::new(
        axum::http::StatusCode::UNAUTHORIZED,
        "live.ticket_refused",
        "连接凭据已失效，请重新获取。",
        "This ticket is no longer good; please ask for a new one.",
    )
}

pub(super) fn signed_out() -> Problem {
    Problem::new(
        axum::http::StatusCode::UNAUTHORIZED,
        "sign_in.expired",
        "登录已过期，请重新登录。",
        "Your sign-in is over; please sign in again.",
    )
}

pub(super) fn wrong_origin() -> Problem {
    Problem::forbidden(
        "live.wrong_origin",
        "只能从本站的页面建立实时连接。",
        "Live connections are made from pages of this site only.",
    )
}

pub(super) fn not_a_socket() -> Problem {
    Problem::bad_request(
        "live.not_a_socket",
        "这个地址只用于 WebSocket 连接。",
        "This address is for WebSocket connections only.",
    )
}

pub(super) fn stopping() -> Problem {
    busy(
        "live.stopping",
        "服务器正在重启，请稍后再连接。",
        "The server is restarting; please connect again shortly.",
    )
}

pub(super) fn too_many_polls() -> Problem {
    busy(
        "live.too_many_polls",
        "等待的人太多了，请稍后再试。",
        "Too many are waiting; please try again shortly.",
    )
}

/// Sockets, tickets or waiting polls of one person.
pub(super) fn too_many_of_one() -> Problem {
    Problem::new(
        TOO_MANY_REQUESTS,
        "live.too_many_sockets",
        "您打开的页面太多了，请先关掉几个。",
        "You have too many pages open; please close some first.",
    )
    .retry_after(30)
}

impl From<TicketError> for Problem {
    fn from(error: TicketError) -> Self {
        match error {
            TicketError::TooMany => busy(
                "live.too_many_tickets",
                "连接的人太多了，请稍后再试。",
                "Too many are connecting; please try again shortly.",
            ),
            TicketError::TooManyOfOne => too_many_of_one(),
            TicketError::Storage(error) => error.into(),
        }
    }
}

fn busy(code: &'static str, zh: &str, en: &str) -> Problem {
    Problem::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, code, zh, en).retry_after(2)
}
