//! The layer that gives every error answer its language and request id, and turns the framework's own into problems.

use std::sync::Arc;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{StatusCode, header};
use kernel::Lang;

use crate::problem::{Problem, REQUEST_ID, not_found};

pub(crate) async fn render_problems(request: Request, next: Next) -> Response {
    let lang = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .map_or(Lang::Zh, Lang::from_accept_language);
    let request_id = request.headers().get(&REQUEST_ID).cloned();
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = match response.extensions().get::<Arc<Problem>>() {
        Some(problem) => Arc::clone(problem),
        None => Arc::new(of_status(status)),
    };
    let mut rendered = problem.render(lang, request_id.as_ref().and_then(|id| id.to_str().ok()));
    // What the refusal itself said in headers (Allow, cookies to forget, ranges) stays.
    for (name, value) in response.headers() {
        if name != header::CONTENT_TYPE
            && name != header::CONTENT_LENGTH
            && !rendered.headers().contains_key(name)
        {
            rendered.headers_mut().append(name.clone(), value.clone());
        }
    }
    rendered
}

fn of_status(status: StatusCode) -> Problem {
    let (code, zh, en) = match status {
        StatusCode::NOT_FOUND => return not_found(),
        StatusCode::METHOD_NOT_ALLOWED => {
            ("request.method", "这个地址不支持这种操作。", "This address does not take this method.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("request.too_large", "上传的内容太大了。", "What you sent is too large.")
        }
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => {
            ("request.timeout", "处理超时，请稍后再试。", "This took too long; please try again.")
        }
        StatusCode::FORBIDDEN => (
            "request.cross_site",
            "这个请求来自别的网站，已被拒绝。",
            "This request came from another site and was refused.",
        ),
        StatusCode::RANGE_NOT_SATISFIABLE => {
            ("request.range", "请求的片段不存在。", "The requested range does not exist.")
        }
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UPGRADE_REQUIRED => {
            ("request.malformed", "请求的格式不对。", "The request is malformed.")
        }
        _ => return Problem { status, ..Problem::unexplained() },
    };
    Problem::new(status, code, zh, en)
}
